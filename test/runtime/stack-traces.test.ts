// Stacks of unusual errors, and of many errors: reading them neither throws nor takes long.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readableStack, withReadableStack } from '../../lib/runtime/stack-traces.ts';

it('an error whose stack cannot be set stays as it is', () => {
  const frozen = Object.freeze(new Error('first'));
  expect(withReadableStack(frozen)).toBe(frozen);
  expect(frozen.stack).toMatch(/^Error: first\n/);
});

it('an error whose stack is not a text is shown as its name and message', () => {
  const odd = Object.assign(new RangeError('too far'), { stack: { frames: [] } as unknown as string });
  expect(readableStack(odd)).toBe('RangeError: too far');
  expect(withReadableStack(odd)).toBe(odd);
});

it('a frame without a name is mapped as Function Compute prints it: at (/code/index.js:L:C)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bundle = join(folder, 'index.js');
  const map = { version: 3, sources: ['../../lib/job.ts'], names: [], mappings: 'AAAA' };
  writeFileSync(`${bundle}.map`, JSON.stringify(map));
  const stack = [
    'Error: no row',
    `    at (${bundle}:1:1)`,
    `    at async (${bundle}:1:1)`,
    `    at async work (${bundle}:1:1)`,
    `    at ${bundle}:1:1`,
    '    at (node:internal/process/task_queues:95:5)',
  ].join('\n');
  expect(readableStack(Object.assign(new Error('no row'), { stack })).split('\n')).toEqual([
    'Error: no row',
    '    at (lib/job.ts:1:1)',
    '    at async (lib/job.ts:1:1)',
    '    at async work (lib/job.ts:1:1)',
    '    at lib/job.ts:1:1',
    '    at (node:internal/process/task_queues:95:5)',
  ]);
});

it('the map of a bundle is read only once, even for many errors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stack-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const bundle = join(folder, 'index.js');
  const error = Object.assign(new Error('again'), { stack: `Error: again\n    at work (${bundle}:1:1)` });
  const map = { version: 3, sources: ['../../lib/job.ts'], names: [], mappings: 'AAAA' };
  writeFileSync(`${bundle}.map`, JSON.stringify(map));
  expect(readableStack(error)).toBe('Error: again\n    at work (lib/job.ts:1:1)');
  rmSync(`${bundle}.map`);
  expect(readableStack(error)).toBe('Error: again\n    at work (lib/job.ts:1:1)');
});
