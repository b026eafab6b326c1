// The observer finds an execution that left a due plan as it was, and excuses each one that could not help it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Execution } from './evidence.ts';
import { HandMade, minute, start } from './hand-made.ts';

let record: HandMade;

beforeEach(() => {
  record = new HandMade();
});

const planned = { status: 'Planned', decision: 'window', reason_code: 'in-window', reason: 'In the window.' };

/** An execution that ran for a second, this long after the interval began. */
function run(afterMs: number, more: Partial<Execution> = {}): Execution {
  return {
    name: 'execute-1',
    begin: start + afterMs,
    end: start + afterMs + 1_000,
    problems: [],
    ...more,
  };
}

/** What the observer says about executions. Nothing else in these records breaks a promise before their end. */
function passedOver(...executions: Execution[]): string[] {
  return record.broken(false, undefined, executions);
}

const violation =
  '3 i-1 execute-1 passed it over at 2026-12-01T18:01:00.000Z: its interval had begun, and its row says neither a restart nor a reason';

describe('promise 3 is broken', () => {
  it('by an execution in the interval that wrote nothing', () => {
    record.intend(planned);
    record.pass(10 * minute);
    expect(passedOver(run(minute))).toEqual([violation]);
  });

  it('once, by the first of several executions', () => {
    record.intend(planned);
    expect(passedOver(run(minute), run(2 * minute), run(3 * minute))).toEqual([violation]);
  });

  it('by an execution after a person’s edit was answered with the same words', () => {
    record.intend(planned);
    record.edit({ note: 'the team knows' });
    record.row(planned);
    expect(passedOver(run(minute))).toEqual([violation]);
  });

  it('by an execution that reported a problem with another instance or another region', () => {
    record.intend(planned);
    const problems = [{ regionId: 'cn-hangzhou', instanceId: 'i-2' }, { regionId: 'cn-shanghai' }];
    expect(passedOver(run(minute, { problems }))).toEqual([violation]);
  });
});

describe('promise 3 is kept', () => {
  it('where the row changed while the execution ran', () => {
    record.intend(planned);
    record.pass(minute + 500);
    record.row({ status: 'Preparing' });
    expect(passedOver(run(minute))).toEqual([]);
  });

  it('where the row says what the plan waits for', () => {
    record.intend({ ...planned, reason_code: 'waits-for-region' });
    expect(passedOver(run(minute))).toEqual([]);
  });

  it('where the execution began before the interval or before wait_until', () => {
    record.intend({ ...planned, wait_until: '2026-12-01T18:05:00Z' });
    expect(passedOver(run(-minute), run(4 * minute))).toEqual([]);
  });

  it('where the execution ended after the interval', () => {
    record.intend({ ...planned, latest_start: '2026-12-01T18:02:00Z' });
    expect(passedOver(run(minute, { end: start + 3 * minute }))).toEqual([]);
  });

  it('where the execution reported a problem with the instance or the whole region', () => {
    record.intend(planned);
    const ofInstance = [{ regionId: 'cn-hangzhou', instanceId: 'i-1' }];
    const ofRegion = [{ regionId: 'cn-hangzhou' }];
    expect(passedOver(run(minute, { problems: ofInstance }), run(minute, { problems: ofRegion }))).toEqual(
      [],
    );
  });

  it('where a person wrote the row last', () => {
    record.intend(planned);
    record.edit({ hold: 'true' });
    expect(passedOver(run(minute))).toEqual([]);
  });

  it('where the plan waits for no window', () => {
    record.intend({ ...planned, decision: 'last-resort', reason_code: 'last-resort' });
    expect(passedOver(run(minute))).toEqual([]);
  });
});
