// The emergency stop: whose it is, and what it says.
import { describe, expect, it } from 'vitest';
import { isRegionForm, saysStopped, stopOf, type Stop } from '../../lib/plan/stop.ts';
import { at } from './samples.ts';

const all: Stop = { why: 'a fire', faults: [] };
const here: Stop = { regionId: 'cn-hangzhou', why: 'a flood', faults: [] };
const elsewhere: Stop = { regionId: 'cn-shanghai', why: 'a storm', faults: [] };

describe('a region is stopped', () => {
  it.each<[string, Stop[], object]>([
    ['by the stop of all, before its own', [here, all], { kind: 'set', stop: all }],
    ['by its own', [elsewhere, here], { kind: 'set', stop: here }],
    ['not by that of another region', [elsewhere], { kind: 'none' }],
    ['not where there is none', [], { kind: 'none' }],
  ])('%s', (_, stops, seen) => {
    expect(stopOf(stops, 'cn-hangzhou')).toEqual(seen);
  });
});

describe('what is said of a stop', () => {
  const told = { by: 'operator:li', at: at('2026-12-01T10:00:00Z') };

  it.each<[string, Parameters<typeof saysStopped>[0], object | undefined]>([
    ['is nothing where none is set', { kind: 'none' }, undefined],
    [
      'is that nobody knows, where it cannot be read',
      { kind: 'unread', message: 'down' },
      { code: 'stop-unreadable', values: { message: 'down' } },
    ],
    [
      'is who stopped what, when and why',
      { kind: 'set', stop: { ...here, ...told } },
      {
        code: 'stopped',
        values: {
          regionId: 'cn-hangzhou',
          why: 'a flood',
          by: 'operator:li',
          at: '2026-12-01T10:00:00Z',
          timeZone: 'UTC',
          faults: [],
        },
      },
    ],
    [
      'is no more than is known',
      { kind: 'set', stop: all },
      { code: 'stopped', values: { why: 'a fire', timeZone: 'UTC', faults: [] } },
    ],
  ])('%s', (_, seen, statement) => {
    expect(saysStopped(seen, 'UTC')).toEqual(statement);
  });
});

it.each([
  ['cn-hangzhou', true],
  ['ap-southeast-1', true],
  ['cn-hangzhou-finance-1', true],
  ['hangzhou', false],
  ['c-hangzhou', false],
  ['CN-hangzhou', false],
  ['cn-', false],
  ['cn-hang zhou', false],
  [' cn-hangzhou', false],
  ['cn-hangzhou ', false],
  ['*', false],
])('“%s” has the form of a region: %s', (text, has) => {
  expect(isRegionForm(text)).toBe(has);
});
