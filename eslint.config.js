// Lint rules that use types. The most important ones hold the promises: no promise is left without a handler, and the domain
// (lib/plan) has no clock, no randomness and no I/O. The import borders are in .dependency-cruiser.cjs.
import js from '@eslint/js';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = dirname(fileURLToPath(import.meta.url));

const noAmbientTime = [
  { name: 'setTimeout', message: 'Wait with the Clock port.' },
  { name: 'setInterval', message: 'Wait with the Clock port.' },
  { name: 'setImmediate', message: 'Wait with the Clock port.' },
  { name: 'performance', message: 'The instant is an argument.' },
  { name: 'crypto', message: 'Randomness comes in through a port.' },
  { name: 'process', message: 'Only lib/settings reads the configuration.' },
  { name: 'console', message: 'The log is a port.' },
  { name: 'fetch', message: 'I/O uses a port.' },
];

/** A Date of an instant that is given writes times fast. Any other use of Date asks the clock, or the zone of the machine. */
const noAmbientDate = [
  'NewExpression[callee.name="Date"][arguments.length!=1]',
  'CallExpression[callee.name="Date"]',
  'MemberExpression[object.name="Date"]',
].map((selector) => ({
  selector,
  message: 'The instant is an argument: the domain and the jobs have no clock.',
}));

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
        projectService: {
          allowDefaultProject: ['eslint.config.js', '.dependency-cruiser.cjs', 'lib/cli/reboot-plans.js'],
        },
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
    // test/structure.test.ts checks the median length of the files.
    files: ['lib/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 260, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: false, skipComments: false }],
      'max-params': ['error', { max: 4 }],
    },
  },
  {
    files: ['lib/plan/**', 'lib/jobs/**'],
    rules: {
      'no-restricted-globals': ['error', ...noAmbientTime],
      'no-restricted-properties': ['error', ...noAmbientCalls],
      'no-restricted-syntax': ['error', ...noAmbientDate],
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
