// A plan whose interval has not passed keeps it, whatever else happens: under each policy, with little room left, and
// beside a neighbour that runs late. Windows are daily 02:00-05:00 in Shanghai, 18:00 to 21:00 UTC. A slot is 15 minutes, so
// the last start is at 20:45. One instance of a group may be down.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { NoWindowPolicy } from '../../../lib/plan/rules.ts';
import { afterwards, planRegion, subject, times, type Member } from '../fleet.ts';
import {
  at,
  preparedSettings,
  preparing,
  rulesRecord,
  runbook,
  settings,
  verifying,
  waiting,
} from '../samples.ts';
import { withStartRoom } from './start-room.ts';

const policies: readonly NoWindowPolicy[] = ['last-resort', 'soonest', 'leave'];

const rulesOf = (noWindow: NoWindowPolicy): Plan['rules'] => {
  const { lastResortLead, ...others } = rulesRecord({ noWindow });
  return {
    ...others,
    ...(noWindow === 'last-resort' && lastResortLead !== undefined ? { lastResortLead } : {}),
  };
};

const own = (name: string): Pick<Plan, 'instanceId' | 'instanceName' | 'planId' | 'eventIds' | 'group'> => ({
  instanceId: `i-${name}`,
  instanceName: name,
  planId: `e-${name}`,
  eventIds: [`e-${name}`],
  group: 'web',
});

/** A Planned row of group web that may start until 20:45. */
const standing = (
  name: string,
  executeAt: string,
  policy: NoWindowPolicy,
  changes: Partial<Plan> = {},
): Member => ({
  group: 'web',
  row: waiting({
    ...own(name),
    executeAt: at(executeAt),
    rules: rulesOf(policy) ?? rulesRecord(),
    ...changes,
  }),
});

/** A row of group web that an execution restarted at 18:00 or later, and that is not proven yet. */
const restarted = (
  name: string,
  when: string,
  policy: NoWindowPolicy,
  changes: Partial<Plan> = {},
): Member => ({
  group: 'web',
  row: verifying({
    ...own(name),
    executeAt: at(when),
    intent: { at: at(when), outcome: 'accepted' },
    rules: rulesOf(policy) ?? rulesRecord(),
    ...changes,
  }),
});

function timesOf(
  members: Record<string, Member>,
  noWindow: NoWindowPolicy,
  now: string,
): Record<string, string> {
  const subjects = Object.entries(members).map(([name, member]) => subject(name, member));
  return times(afterwards(subjects, planRegion(subjects, withStartRoom(settings({}, { noWindow })), now)));
}

describe.each(policies)('with NO_WINDOW=%s, a plan in a window', (policy) => {
  it.each([
    '2026-12-01T17:59:59.999Z',
    '2026-12-01T18:00:00Z',
    '2026-12-01T20:41:59.999Z',
    // From here on, a new plan would have too little room.
    '2026-12-01T20:42:00.001Z',
    '2026-12-01T20:44:59.999Z',
    '2026-12-01T20:45:00Z',
  ])('keeps its interval at %s', (now) => {
    const alone = { b: standing('b', '2026-12-01T18:00:00Z', policy) };
    expect(timesOf(alone, policy, now)).toEqual({ 'i-b': '2026-12-01T18:00:00Z' });
  });

  it('keeps a slot whose room is nearly used up', () => {
    const alone = { b: standing('b', '2026-12-01T20:42:00Z', policy) };
    for (const now of ['2026-12-01T20:41:00Z', '2026-12-01T20:43:17.123Z', '2026-12-01T20:45:00Z']) {
      expect(timesOf(alone, policy, now)).toEqual({ 'i-b': '2026-12-01T20:42:00Z' });
    }
  });

  it('keeps the slot that begins while the restart before it lasts longer than its own', () => {
    const both = {
      a: restarted('a', '2026-12-01T18:00:00Z', policy),
      b: standing('b', '2026-12-01T18:15:00Z', policy),
    };
    for (const now of ['2026-12-01T18:14:30Z', '2026-12-01T18:15:30Z', '2026-12-01T18:25:00Z']) {
      expect(timesOf(both, policy, now)).toEqual({ 'i-a': 'Verifying', 'i-b': '2026-12-01T18:15:00Z' });
    }
  });

  it('keeps the last slot of the window while a late neighbour occupies it', () => {
    const both = {
      a: restarted('a', '2026-12-01T20:20:00Z', policy),
      b: standing('b', '2026-12-01T20:35:00Z', policy),
    };
    // No other slot of the group is left in this window. The one of the next night is free.
    for (const now of ['2026-12-01T20:34:40Z', '2026-12-01T20:44:30Z', '2026-12-01T20:45:00Z']) {
      expect(timesOf(both, policy, now)).toEqual({ 'i-a': 'Verifying', 'i-b': '2026-12-01T20:35:00Z' });
    }
  });

  it('keeps the last slot before NotBefore while a late neighbour is Preparing, Rebooting or Verifying', () => {
    // NotBefore is 21:15 of the same night: the last start is at 20:45, and no other night comes.
    const urgent = { notBefore: '2026-12-01T21:15:00Z' };
    const soon = { notBefore: at(urgent.notBefore) };
    const lease = { owner: 'execution-1', until: at('2026-12-01T20:46:00Z') };
    const late: Member[] = [
      restarted('a', '2026-12-01T20:15:00Z', policy, soon),
      restarted('a', '2026-12-01T20:15:00Z', policy, { ...soon, status: 'Rebooting', lease }),
      {
        group: 'web',
        row: preparing({
          ...own('a'),
          executeAt: at('2026-12-01T20:15:00Z'),
          lease,
          ...soon,
          rules: rulesRecord(),
        }),
      },
    ];
    for (const neighbour of late) {
      const both = {
        a: { ...neighbour, ...urgent },
        b: { ...standing('b', '2026-12-01T20:30:00Z', policy, soon), ...urgent },
      };
      const status = neighbour.row?.status;
      for (const now of ['2026-12-01T20:29:30Z', '2026-12-01T20:31:00Z', '2026-12-01T20:44:30Z']) {
        expect(timesOf(both, policy, now)).toEqual({ 'i-a': status, 'i-b': '2026-12-01T20:30:00Z' });
      }
    }
  });

  it('is planned again once its interval has passed', () => {
    const alone = { b: standing('b', '2026-12-01T18:00:00Z', policy) };
    expect(timesOf(alone, policy, '2026-12-01T20:45:00.001Z')).toEqual({ 'i-b': '2026-12-02T18:00:00Z' });
  });
});

describe('a plan outside the windows', () => {
  // NotBefore is 02:00 on Thursday; the window of Wednesday night has passed for a slot that was missed.
  it.each(['last-resort', 'soonest'] as const)(
    'of %s keeps its interval while a late neighbour occupies the lane',
    (decision) => {
      const outside = { decision, latestStart: at('2026-12-03T01:30:00Z') };
      const both = {
        a: restarted('a', '2026-12-03T00:00:00Z', decision, outside),
        b: standing('b', '2026-12-03T00:15:00Z', decision, outside),
      };
      for (const now of ['2026-12-03T00:14:30Z', '2026-12-03T00:20:00Z', '2026-12-03T01:29:59.999Z']) {
        expect(timesOf(both, decision, now)).toEqual({ 'i-a': 'Verifying', 'i-b': '2026-12-03T00:15:00Z' });
      }
    },
  );
});

describe('a plan whose preparation is about to begin', () => {
  /** Its backup begins 15 minutes ahead, at 17:45. */
  const prepared = (): Member => standing('b', '2026-12-01T18:00:00Z', 'last-resort', { runbook: runbook() });
  /** It can start at 18:00 only: NotBefore leaves until 18:12, and its pre-command needs 11 minutes. */
  const urgent: Member = { group: 'web', notBefore: '2026-12-01T18:42:00Z' };

  function prepareTimes(now: string): Record<string, string> {
    const subjects = [subject('b', prepared()), subject('a', urgent)];
    return times(afterwards(subjects, planRegion(subjects, withStartRoom(preparedSettings()), now)));
  }

  it('makes room for a more urgent one while there is time', () => {
    expect(prepareTimes('2026-12-01T17:00:00Z')).toEqual({
      'i-a': '2026-12-01T18:00:00Z',
      'i-b': '2026-12-01T18:15:00Z',
    });
  });

  it.each(['2026-12-01T17:43:00Z', '2026-12-01T17:45:00Z', '2026-12-01T17:58:00Z'])(
    'does not move at %s',
    (now) => {
      expect(prepareTimes(now)).toMatchObject({ 'i-b': '2026-12-01T18:00:00Z' });
    },
  );
});
