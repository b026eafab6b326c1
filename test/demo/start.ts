// `npm start`. The demo needs packages that an installation for a deploy leaves out: this says so, in place of a stack trace.
try {
  await import('./main.ts');
} catch (thrown) {
  const missing = /^Cannot find package '([^']+)'/.exec(thrown instanceof Error ? thrown.message : '')?.[1];
  if (missing === undefined) throw thrown;
  process.stderr.write(
    `npm start needs the package ${missing}, which \`npm ci --omit=dev\` leaves out. Install it: npm ci\n`,
  );
  process.exitCode = 2;
}
