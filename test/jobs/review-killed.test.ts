// A review that is killed at each of its calls, before the call arrives or after it was answered, and then run again: no number and no
// row of the history differ from those of a review that nobody disturbed. What is expected was worked out by hand.
import { describe, expect, it } from 'vitest';
import { reviewEvents } from '../../lib/jobs/review/review-events.ts';
import type { ReviewReport } from '../../lib/jobs/review/review-ports.ts';
import { plus } from '../../lib/plan/calendar/instant.ts';
import type { Channel } from '../../lib/ports.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { straightToEcs } from '../in-process/ecs-api.ts';
import { day, question, reviewPortsOf } from './review-stage.ts';
import { Account, hour, minute, settingsOf, start } from './stage.ts';

const timed = settingsOf({
  PLAN_TIMER: '0 */15 * * * *',
  EXECUTE_TIMER: '0 * * * * *',
  REVIEW_TIMER: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1',
});

/** 230 host failures make three pages of events in cn-hangzhou, and two batches of rows. */
const failures = 230;

/** It is 1 December, 18:30 in UTC. The planner restarted i-1 and proved it. */
async function filled(): Promise<Account> {
  const account = new Account();
  account.affected('1');
  await account.plan();
  await account.execute();
  account.pass(5 * minute);
  await account.execute();
  for (let index = 0; index < failures; index += 1) {
    const at = start - 3 * day;
    account.affected(`f${index}`, {
      type: 'SystemFailure.Reboot',
      status: 'Executed',
      publishAt: at,
      notBefore: at,
      finishTime: at + 2 * minute,
    });
  }
  const over = { publishAt: start - 2 * day, notBefore: start - day, finishTime: start - day + minute };
  account.affected('s1', { ...over, status: 'Executed' }, { regionId: 'cn-shanghai' });
  account.affected(
    's2',
    { ...over, status: 'Avoided', finishTime: start - 30 * hour },
    { regionId: 'cn-shanghai' },
  );
  account.affected('s3', {}, { regionId: 'cn-shanghai' });
  return account;
}

/** A process dies at its call of this number, before it arrives or after it was answered. Nothing of it goes on after that. */
interface Blow {
  at: number;
  isAnswered: boolean;
}

interface Run {
  /** Undefined where the process died. */
  report: ReviewReport | undefined;
  calls: string[];
}

async function run(account: Account, told: string[], blow?: Blow): Promise<Run> {
  const calls: string[] = [];
  const straight = new Account().carry;
  let die = (): void => undefined;
  const death = new Promise<undefined>((resolve) => {
    die = () => resolve(undefined);
  });
  const never = new Promise<never>(() => undefined);
  const carried = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const number = calls.push(name);
    if (blow === undefined || number < blow.at) return work();
    if (number === blow.at && blow.isAnswered) await work();
    die();
    return never;
  };
  const direct = straightToEcs(account.ecs, account.faults);
  account.carry = (operation, work) => carried(operation, () => straight(operation, work));
  const ports = reviewPortsOf(account, (request, regionId) =>
    carried(request.action, () => direct(request, regionId)),
  );
  const channel: Channel = {
    name: 'webhook-1',
    tell: (notice) =>
      carried('tell', () => {
        told.push(notice.type);
        return Promise.resolve({ kind: 'told' });
      }),
  };
  const deadline = plus(account.clock.now(), 120_000);
  const telling = { channels: [channel], language: 'en', timeZone: 'UTC', deadline } as const;
  const report = await Promise.race([
    reviewEvents({ ...ports, telling, timers: timed.timers }, question),
    death,
  ]);
  account.carry = straight;
  return { report, calls };
}

/** i-1 was Avoided by us. Of cn-shanghai, ECS carried out one reboot, its owner avoided one, and one is open. */
const expected: ReviewReport = { events: 234, avoided: 2, executed: 231, unannounced: 230, problems: [] };

/** What is kept, but for the many failures: by their keys, with some of their columns. */
const kept = {
  'cn-hangzhou': [['2026-12-01T18:30:35.000Z e-1', 'SystemMaintenance.Reboot', 'Avoided']],
  'cn-shanghai': [
    ['2026-11-30T12:30:00.000Z e-s2', 'SystemMaintenance.Reboot', 'Avoided'],
    ['2026-11-30T18:31:00.000Z e-s1', 'SystemMaintenance.Reboot', 'Executed'],
  ],
};

type Rows = Record<string, Record<string, ColumnValue>>;

function rowsIn(account: Account, place: string): Rows {
  return Object.fromEntries(account.history(place).map((id) => [id, account.past(place, id)]));
}

/** All rows that a review leaves, but for the times of its runs. */
function leftBy(account: Account): Rows[] {
  return ['(events) cn-hangzhou', '(events) cn-shanghai', '(reviews)', 'i-1'].map((place) =>
    rowsIn(account, place),
  );
}

const told: string[] = [];
const account = await filled();
const undisturbed = await run(account, told);
const left = leftBy(account);

describe('a review that nobody disturbs', () => {
  it('counts what was worked out by hand, and keeps each event that is over once', () => {
    expect(undisturbed.report).toEqual(expected);
    expect(told).toEqual(['review.digest']);
    const [hangzhou = {}, shanghai = {}] = left;
    const shown = (rows: Rows): unknown[] =>
      Object.entries(rows)
        .filter(([, { event_type: type }]) => type !== 'SystemFailure.Reboot')
        .map(([id, { event_type: type, event_status: status }]) => [id, type, status]);
    expect({ 'cn-hangzhou': shown(hangzhou), 'cn-shanghai': shown(shanghai) }).toEqual(kept);
    expect(Object.keys(hangzhou)).toHaveLength(failures + 1);
  });

  it('calls everything that a kill should hit', () => {
    expect([...new Set(undisturbed.calls)].sort()).toEqual([
      'BatchGetRow',
      'BatchWriteRow',
      'DescribeInstanceHistoryEvents',
      'DescribeInstances',
      'GetRange',
      'tell',
    ]);
    const writes = undisturbed.calls.filter((call) => call === 'BatchWriteRow');
    // Two batches of cn-hangzhou, one of cn-shanghai, who was told, and the end of the run.
    expect(writes).toHaveLength(5);
  });
});

const blows = undisturbed.calls.flatMap((call, index) =>
  [false, true].map((isAnswered): [string, number, string, Blow] => [
    isAnswered ? 'after' : 'before',
    index + 1,
    call,
    { at: index + 1, isAnswered },
  ]),
);

describe('a review that is killed', () => {
  it.each(blows)(
    '%s its call %d, %s, and run again changes no number and no row',
    async (_when, _number, _call, blow) => {
      const heard: string[] = [];
      const struck = await filled();
      const killed = await run(struck, heard, blow);
      expect(killed.report).toBeUndefined();
      const again = await run(struck, heard);
      expect(again.report).toEqual(expected);
      expect(leftBy(struck)).toEqual(left);
      // Who was told stands in the row only after the answer: a kill in between tells twice, and none tells never.
      expect([1, 2]).toContain(heard.length);
      expect((await run(struck, heard)).report).toEqual(expected);
      expect(leftBy(struck)).toEqual(left);
    },
  );
});
