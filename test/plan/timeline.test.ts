// The timeline: what happened to a plan, each thing once, and never too long for a cell of Tablestore.
import { describe, expect, it } from 'vitest';
import { state, type Statement } from '../../lib/plan/statement.ts';
import { withEntry, type TimelineEntry } from '../../lib/plan/timeline.ts';
import { at, plain } from './samples.ts';

const stopped = state('instance-not-running', { status: 'Stopped' });

function entry(time: string, by: string, what: Statement, requestId?: string): TimelineEntry {
  const instant = at(`2026-12-01T${time}:00Z`);
  return { at: instant, by, what, ...(requestId === undefined ? {} : { requestId }) };
}

const look = (count: number): Statement => state('out-of-time', { plans: count });

/** The first entry, and then `count` looks. */
function afterLooks(count: number): readonly TimelineEntry[] {
  let timeline: readonly TimelineEntry[] = [
    entry('10:00', 'plan', state('announced', { eventIds: ['e-1'] })),
  ];
  for (let number = 1; number <= count; number += 1) {
    timeline = withEntry(timeline, entry('18:00', 'execute', look(number)));
  }
  return timeline;
}

describe('a statement that is said again', () => {
  it('by the same author moves the time of its entry only', () => {
    let timeline = withEntry([], entry('18:02', 'execute', stopped));
    timeline = withEntry(timeline, entry('18:04', 'execute', stopped));
    timeline = withEntry(timeline, entry('18:06', 'execute', stopped));
    expect(plain(timeline)).toEqual([
      {
        at: '2026-12-01T18:06:00Z',
        by: 'execute',
        what: { code: 'instance-not-running', values: { status: 'Stopped' } },
      },
    ]);
  });

  it('with another message of ECS is the same statement, and the newest message stays', () => {
    const refused = (message: string): Statement => state('refused', { errorCode: 'Throttling', message });
    const first = withEntry([], entry('18:02', 'execute', refused('Request AAAA.'), 'AAAA'));
    const again = withEntry(first, entry('18:03', 'execute', refused('Request BBBB.'), 'BBBB'));
    expect(plain(again)).toEqual([
      {
        at: '2026-12-01T18:03:00Z',
        by: 'execute',
        what: { code: 'refused', values: { errorCode: 'Throttling', message: 'Request BBBB.' } },
        requestId: 'BBBB',
      },
    ]);
  });

  it('with another value is another entry', () => {
    const first = withEntry([], entry('18:02', 'execute', stopped));
    const starting = state('instance-not-running', { status: 'Starting' });
    expect(withEntry(first, entry('18:03', 'execute', starting))).toHaveLength(2);
  });

  it('by another author, or after something else, is another entry', () => {
    let timeline = withEntry([], entry('18:02', 'execute', stopped));
    timeline = withEntry(timeline, entry('18:03', 'plan', stopped));
    timeline = withEntry(timeline, entry('18:04', 'operator:li', state('edited', {})));
    timeline = withEntry(timeline, entry('18:05', 'plan', stopped));
    expect(timeline.map(({ by, what }) => `${by}: ${what.code}`)).toEqual([
      'execute: instance-not-running',
      'plan: instance-not-running',
      'operator:li: edited',
      'plan: instance-not-running',
    ]);
  });
});

describe('a long timeline', () => {
  it('keeps the first entry and the newest 199', () => {
    const timeline = afterLooks(500);
    expect(timeline).toHaveLength(200);
    expect(timeline[0]?.what.code).toBe('announced');
    expect(timeline[1]?.what).toEqual({ code: 'out-of-time', values: { plans: 302 } });
    expect(timeline.at(-1)?.what).toEqual({ code: 'out-of-time', values: { plans: 500 } });
  });

  it('of 200 entries loses none', () => {
    const timeline = afterLooks(199);
    expect(timeline).toHaveLength(200);
    expect(timeline[1]?.what).toEqual({ code: 'out-of-time', values: { plans: 1 } });
  });

  it('of 200 entries still moves the time of the last one if it is said again', () => {
    const timeline = withEntry(afterLooks(199), entry('18:30', 'execute', look(199)));
    expect(timeline).toHaveLength(200);
    expect(timeline[1]?.what).toEqual({ code: 'out-of-time', values: { plans: 1 } });
    expect(plain(timeline.at(-1))).toMatchObject({ at: '2026-12-01T18:30:00Z' });
  });
});
