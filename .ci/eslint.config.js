// Lint with types. The rules that the promises lean on come first: nothing is swallowed, nothing floats,
// and the domain (lib/plan) sees no clock, no randomness and no I/O. Import borders: .dependency-cruiser.cjs.
import js from '@eslint/js';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const noAmbientTime = [
  {
    name: 'Date',
    message: 'The instant is an argument: the domain and the jobs have no clock of their own.',
  },
  { name: 'setTimeout', message: 'Waiting goes through the Clock port.' },
  { name: 'setInterval', message: 'Waiting goes through the Clock port.' },
  { name: 'setImmediate', message: 'Waiting goes through the Clock port.' },
  { name: 'performance', message: 'The instant is an argument.' },
  { name: 'crypto', message: 'Randomness comes in through a port.' },
  { name: 'process', message: 'Configuration is read in lib/settings only.' },
  { name: 'console', message: 'The log is a port.' },
  { name: 'fetch', message: 'I/O goes through a port.' },
];

const noAmbientCalls = [
  { object: 'Math', property: 'random', message: 'Randomness comes in through a port.' },
  { object: 'Temporal', property: 'Now', message: 'The instant is an argument.' },
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '**/*.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['.ci/*.js', '.dependency-cruiser.cjs'] },
        tsconfigRootDir: root,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['lib/plan/**', 'lib/jobs/**'],
    rules: {
      'no-restricted-globals': ['error', ...noAmbientTime],
      'no-restricted-properties': ['error', ...noAmbientCalls],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: { module: 'writable' } },
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
);
