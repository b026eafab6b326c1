// Plans of a region that is no longer in REGIONS. The plan of the samples starts by 04:45 on Wednesday in Shanghai at the
// latest, and its NotBefore is Thursday, 10:00.
import { describe, expect, it } from 'vitest';
import { planUnserved } from '../../../lib/plan/planning/unserved.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { at, stamp, waiting as plan } from '../samples.ts';

const intent = { at: at('2026-12-01T18:05:00Z') };
/** 04:45 and 10:00 in Shanghai, and an hour more. */
const afterStart = '2026-12-01T21:45:00Z';
const afterNotBefore = '2026-12-03T03:00:00Z';

function statusAt(row: Plan, now: string): string {
  return planUnserved(row, stamp(now))?.status ?? 'as it is';
}

const later = (text: string): string => at(text).add({ seconds: 1 }).toString();

describe('a plan for which nothing was sent', () => {
  it.each<[string, Partial<Plan>]>([
    ['Planned', {}],
    ['AwaitingApproval', { approval: 'required' }],
    ['Preparing', {}],
  ])('%s ends as Skipped, but not within an hour after its latest start', (status, more) => {
    const row = plan({ status: status as Plan['status'], latestStart: at('2026-12-01T20:45:00Z'), ...more });
    expect(statusAt(row, afterStart)).toBe('as it is');
    expect(planUnserved(row, stamp(later(afterStart)))).toMatchObject({
      status: 'Skipped',
      cause: 'region-gone',
      reason: { code: 'region-gone', values: {} },
    });
  });

  it('counts from NotBefore where it has no interval', () => {
    const row = plan();
    delete row.latestStart;
    expect(statusAt(row, afterNotBefore)).toBe('as it is');
    expect(statusAt(row, later(afterNotBefore))).toBe('Skipped');
  });

  it('is left to the execution that holds it', () => {
    const row = plan({
      status: 'Preparing',
      latestStart: at('2026-12-01T20:45:00Z'),
      lease: { owner: 'x', until: at('2026-12-01T21:46:00Z') },
    });
    expect(statusAt(row, later(afterStart))).toBe('as it is');
    expect(statusAt(row, '2026-12-01T22:46:01Z')).toBe('Skipped');
  });
});

describe('a plan for which a restart may have been sent', () => {
  it.each(['Verifying', 'Rebooting'] as const)('%s stays until an hour after NotBefore', (status) => {
    expect(statusAt(plan({ status, intent }), afterNotBefore)).toBe('as it is');
  });

  it('Verifying ends as Escalated then, with its intent', () => {
    const row = plan({ status: 'Verifying', intent: { ...intent, outcome: 'accepted' } });
    expect(planUnserved(row, stamp(later(afterNotBefore)))).toMatchObject({
      status: 'Escalated',
      reason: { code: 'region-gone-sent', values: {} },
      intent: { outcome: 'accepted' },
    });
  });

  it('Verifying stays while the time for its proof is not over', () => {
    const row = plan({ status: 'Verifying', intent, verifyUntil: at('2026-12-04T00:00:00Z') });
    expect(statusAt(row, '2026-12-04T01:00:00Z')).toBe('as it is');
    expect(statusAt(row, '2026-12-04T01:00:01Z')).toBe('Escalated');
  });

  it('Rebooting goes on to Verifying, and never back to due', () => {
    const row = plan({ status: 'Rebooting', intent });
    expect(planUnserved(row, stamp(later(afterNotBefore)))).toMatchObject({
      status: 'Verifying',
      intent: { at: intent.at, outcome: 'unknown' },
      reason: { code: 'sender-vanished' },
    });
  });
});
