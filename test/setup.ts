// Runs before each file. A worker has many files, and what is imported here is loaded once.
import './instant-equality.ts';
