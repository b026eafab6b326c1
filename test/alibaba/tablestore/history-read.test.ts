// Reading the history of many instances: what each call asks for, and that no row of an instance is missed.
import { describe, expect, it } from 'vitest';
import { infMax, infMin, type KeyBound, type Row } from '../../../lib/alibaba/tablestore/api.ts';
import { readHistory } from '../../../lib/alibaba/tablestore/history-read.ts';
import { decodePast } from '../../../lib/alibaba/tablestore/past-row.ts';
import { readRegions } from '../../../lib/alibaba/tablestore/regions-read.ts';

const row = (instanceId: string, planId: string): Row => ({
  key: { instance_id: instanceId, plan_id: planId },
  cells: {},
});

/** A history with these rows, which gives pages of two rows, and records where each page begins. */
function historyOf(rows: readonly Row[]) {
  const begins: KeyBound[] = [];
  const isFrom = ({ key }: Row, from: KeyBound): boolean =>
    String(key['instance_id']) > String(from['instance_id']) ||
    (key['instance_id'] === from['instance_id'] &&
      (from['plan_id'] === infMin || String(key['plan_id']) >= String(from['plan_id'])));
  return {
    begins,
    getRange: ({ from, to }: { from: KeyBound; to: KeyBound }): Promise<{ rows: Row[]; next?: KeyBound }> => {
      begins.push(from);
      const left = rows.filter(
        (one) => isFrom(one, from) && String(one.key['instance_id']) <= String(to['instance_id']),
      );
      const next = left[2]?.key;
      return Promise.resolve({ rows: left.slice(0, 2), ...(next === undefined ? {} : { next }) });
    },
  };
}

const planIds = (rows: readonly Row[]): unknown[] => rows.map(({ key }) => key['plan_id']);

/** Tablestore answers each page with no rows and this next key; a read that stands still is stopped after ten calls. */
function standingStill(next: KeyBound) {
  let calls = 0;
  return {
    getRange: (): Promise<{ rows: Row[]; next: KeyBound }> =>
      (calls += 1) > 10
        ? Promise.reject(new Error('the read never ends'))
        : Promise.resolve({ rows: [], next }),
  };
}

describe('a page whose next key is its own start', () => {
  it.each([
    [
      'the history of an instance',
      () => readHistory(standingStill({ instance_id: 'i-1', plan_id: 'e-1' }), 'history', ['i-1']),
    ],
    [
      'the regions that have rows',
      () => readRegions(standingStill({ region_id: 'cn-hangzhou', instance_id: 'i-1' }), 'plans'),
    ],
  ])('ends the read of %s', async (_, read) => {
    await expect(read()).rejects.toThrow('does not move on from its start key');
  });
});

describe('the history of some instances', () => {
  it('is one call where none of them has a row, however many they are', async () => {
    const history = historyOf([row('i-000', 'e-0'), row('i-999', 'e-9')]);
    const ids = Array.from({ length: 300 }, (_, index) => `i-${index + 100}`);
    expect(await readHistory(history, 'history', ids)).toEqual([]);
    expect(history.begins).toEqual([{ instance_id: 'i-100', plan_id: infMin }]);
  });

  it('has every plan of an instance, over several pages', async () => {
    const history = historyOf([1, 2, 3, 4, 5].map((number) => row('i-1', `e-${number}`)));
    expect(planIds(await readHistory(history, 'history', ['i-1']))).toEqual([
      'e-1',
      'e-2',
      'e-3',
      'e-4',
      'e-5',
    ]);
    expect(history.begins.slice(1)).toEqual([
      { instance_id: 'i-1', plan_id: 'e-3' },
      { instance_id: 'i-1', plan_id: 'e-5' },
    ]);
  });

  it('passes over instances that nobody asks for, and asks for each instance once', async () => {
    const others = [2, 3, 4, 5, 6].map((number) => row(`i-${number}`, 'e-other'));
    const history = historyOf([row('i-1', 'e-1'), ...others, row('i-7', 'e-7'), row('i-8', 'e-8')]);
    expect(planIds(await readHistory(history, 'history', ['i-8', 'i-1', 'i-7', 'i-1']))).toEqual([
      'e-1',
      'e-7',
      'e-8',
    ]);
    expect(history.begins).toEqual([
      { instance_id: 'i-1', plan_id: infMin },
      { instance_id: 'i-7', plan_id: infMin },
    ]);
  });

  it('ends at the last instance that is asked for', async () => {
    let end: KeyBound | undefined;
    const getRange = ({ to }: { to: KeyBound }): Promise<{ rows: Row[] }> => {
      end = to;
      return Promise.resolve({ rows: [] });
    };
    await readHistory({ getRange }, 'history', ['i-2', 'i-10']);
    // The order of bytes, not of numbers.
    expect(end).toEqual({ instance_id: 'i-2', plan_id: infMax });
  });

  it('of no instance is no call', async () => {
    const history = historyOf([]);
    expect(await readHistory(history, 'history', [])).toEqual([]);
    expect(history.begins).toEqual([]);
  });
});

describe('a row of the history', () => {
  const past = (cells: Row['cells'], planId = 'e-1'): ReturnType<typeof decodePast> =>
    decodePast({ key: { instance_id: 'i-1', plan_id: planId }, cells });

  const intent = { intent_at: '2026-12-01T18:30:00Z' };

  it.each<[string, Row['cells'], string[]]>([
    ['a restart may have been sent', { ...intent, cause: 'refused', event_ids: '["e-2"]' }, ['e-2', 'e-1']],
    ['it is still Verifying there', { status: 'Verifying', event_ids: '["e-1"]' }, ['e-1']],
    [
      'a person ended it',
      { status: 'Skipped', cause: 'operator', event_ids: '["e-1","e-2"]' },
      ['e-1', 'e-2'],
    ],
    ['a person ended it and the row has no cause', { status: 'Skipped', event_ids: '["e-1"]' }, ['e-1']],
    [
      'its cause is unknown',
      { status: 'Skipped', cause: 'of a newer version', event_ids: '["e-1"]' },
      ['e-1'],
    ],
    [
      'its lists cannot be read',
      { ...intent, event_ids: 'e-4 and e-5', sent_event_ids: 7n },
      ['e-4', 'and', 'e-5', 'e-1'],
    ],
    ['its lists are gone: the id of the plan names the first', { ...intent }, ['e-1']],
  ])('closes its events where %s', (_, cells, closed) => {
    expect(past(cells).closedEventIds).toEqual(closed);
  });

  it.each([
    'tag',
    'policy',
    'observe',
    'inquiring',
    'other-event',
    'region-gone',
    'odd-event',
    'unknown-instance',
    'gone',
    'too-late',
  ])('closes only the events before it where the planner ended it, and nothing was sent: %s', (cause) => {
    expect(past({ cause, event_ids: '["e-1"]', former_event_ids: '["e-0"]' }).closedEventIds).toEqual([
      'e-0',
    ]);
  });

  it('says when it was sent, its status and its version', () => {
    expect(past({ ...intent, status: 'Escalated', version: 12n }, 'e-1.8')).toMatchObject({
      planId: 'e-1.8',
      status: 'Escalated',
      version: 12,
    });
    expect(String(past(intent).sentAt)).toBe('2026-12-01T18:30:00Z');
  });

  it('is read as far as possible where its cells are of other types', () => {
    expect(past({ intent_at: 5n, status: 7n, version: 'three', event_ids: false })).toEqual({
      planId: 'e-1',
      status: 'unknown',
      version: 0,
      closedEventIds: ['e-1'],
    });
  });
});
