// One bad id among the ids of a read: ECS refuses every call that names instance i-2 or event e-2. That never holds up the
// region: its neighbours i-1 and i-3 are planned, restarted and proven, and the row of i-2 says what is known of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  for (const id of ['1', '2', '3']) account.affected(id);
});

type Operation = keyof typeof parameters;

/** The reads that name ids, and the parameter with the bad one. */
const parameters = {
  DescribeInstances: 'InstanceIds',
  DescribeInstanceHistoryEvents: 'EventId',
  DescribeInstancesFullStatus: 'InstanceId',
  DescribeInstanceMaintenanceAttributes: 'InstanceId',
} as const;

interface Style {
  name: string;
  /** The error about this parameter. */
  errorOf: (parameter: string) => { status: number; code: string; message: string };
  /** What the fault of the event e-2 quotes. */
  quoted: string;
}

/** The two forms of such refusals. The message of a bare InvalidParameter alone says what it is about. */
const styles: readonly Style[] = [
  {
    name: 'a bare InvalidParameter',
    errorOf: (parameter) => ({
      status: 403,
      code: 'InvalidParameter',
      message: `The Parameter "${parameter}" provided is not valid.`,
    }),
    quoted: '"The Parameter \\"EventId\\" provided is not valid."',
  },
  {
    name: 'a code of its own',
    errorOf: (parameter) => ({
      status: 400,
      code: `Invalid${parameter}.Malformed`,
      message: `The specified ${parameter} is malformed.`,
    }),
    quoted: '"The specified EventId is malformed."',
  },
];

const named = styles.map((style) => [style.name, style] as const);

/** ECS refuses these reads if they name i-2 or e-2, from the time on when i-2 was restarted so many times. */
function refuse({ errorOf }: Style, operations: readonly Operation[], afterRestarts = 0): void {
  for (const operation of operations) {
    account.faults.add({
      operation,
      times: 10_000,
      matching: (request) =>
        account.restarts('i-2') >= afterRestarts &&
        Object.values((request as { params: Record<string, string> }).params).some(
          (value) => value === 'i-2' || value === 'e-2' || value.includes('"i-2"'),
        ),
      fault: { kind: 'error', ...errorOf(parameters[operation]) },
    });
  }
}

const everyRead = Object.keys(parameters) as Operation[];
const statuses = (): unknown[] => ['i-1', 'i-2', 'i-3'].map((id) => account.row(id)['status']);
const restarts = (): number[] => ['i-1', 'i-2', 'i-3'].map((id) => account.restarts(id));

describe.each(named)('where ECS refuses one bad id with %s', (_, style) => {
  const fault = { what: "ECS's answer about event e-2", value: style.quoted, expected: 'an event' };

  it('from the start, the others are planned, restarted and proven; the bad one is Escalated as unlisted', async () => {
    refuse(style, everyRead);
    const unknown = { code: 'unknown-instance', instanceId: 'i-2' };
    expect(await account.plan()).toMatchObject({ events: 3, created: 3, problems: [unknown] });
    expect(statuses()).toEqual(['Planned', 'Escalated', 'Planned']);
    expect(account.reason('i-2')).toEqual({ code: 'unknown-instance', values: { eventIds: ['e-2'] } });
    expect(await account.execute()).toEqual({
      due: 2,
      rebooted: 2,
      avoided: 2,
      waiting: 0,
      escalated: 0,
      problems: [],
    });
    expect(statuses()).toEqual(['Avoided', 'Escalated', 'Avoided']);
    expect(restarts()).toEqual([1, 0, 1]);
  });

  it('after the planning, the others are restarted and proven; the bad one waits, and its row quotes ECS', async () => {
    await account.plan();
    refuse(style, everyRead);
    expect(await account.execute()).toMatchObject({
      due: 3,
      rebooted: 2,
      avoided: 2,
      waiting: 1,
      problems: [],
    });
    expect(statuses()).toEqual(['Avoided', 'Planned', 'Avoided']);
    const unconfirmed = { code: 'event-unconfirmed', values: { eventId: 'e-2', faults: [fault] } };
    expect(account.reason('i-2')).toEqual(unconfirmed);
    account.pass(15 * minute);
    expect(await account.plan()).toMatchObject({ problems: [{ code: 'unknown-instance' }] });
    expect(statuses()).toEqual(['Avoided', 'Escalated', 'Avoided']);
    expect(restarts()).toEqual([1, 0, 1]);
  });

  it('after its restart, the others are proven; the bad one is watched until a person must look', async () => {
    await account.plan();
    refuse(style, everyRead, 1);
    expect(await account.execute()).toMatchObject({ rebooted: 3, avoided: 2, waiting: 1, problems: [] });
    expect(statuses()).toEqual(['Avoided', 'Verifying', 'Avoided']);
    expect(account.reason('i-2')).toMatchObject({ code: 'not-proven-yet', values: { faults: [fault] } });
    account.pass(minute);
    await account.execute();
    // Each look gets an answer with another request id, and says the same.
    expect(account.story('i-2').filter((code) => code === 'not-proven-yet')).toHaveLength(1);
    account.pass(hour);
    expect(await account.execute()).toMatchObject({
      escalated: 1,
      problems: [{ code: 'not-proven', instanceId: 'i-2' }],
    });
    expect(statuses()).toEqual(['Avoided', 'Escalated', 'Avoided']);
    expect(account.reason('i-2')).toMatchObject({ code: 'not-proven', values: { faults: [fault] } });
    expect(restarts()).toEqual([1, 1, 1]);
  });

  it('in the read of the health only, the others are proven; the bad one lacks a health', async () => {
    await account.plan();
    refuse(style, ['DescribeInstancesFullStatus']);
    expect(await account.execute()).toMatchObject({ rebooted: 3, avoided: 2, waiting: 1, problems: [] });
    expect(statuses()).toEqual(['Avoided', 'Verifying', 'Avoided']);
    const noHealth = { code: 'no-health', values: { faults: [] } };
    expect(account.reason('i-2')).toMatchObject({ code: 'proof-pending', values: { why: noHealth } });
    account.pass(hour);
    expect(await account.execute()).toMatchObject({ escalated: 1, problems: [{ code: 'proof-missing' }] });
    expect(account.reason('i-2')).toMatchObject({ code: 'proof-missing', values: { why: noHealth } });
    expect(restarts()).toEqual([1, 1, 1]);
  });
});

describe.each(named)('where ECS refuses one bad id with %s in the read of the windows only', (_, style) => {
  const daily = (from: string, to: string): object => ({ maintenanceWindow: { start: from, end: to } });
  const refused: readonly Operation[] = ['DescribeInstanceMaintenanceAttributes'];
  const problem = {
    code: 'ecs-window-faults',
    problem: expect.stringContaining('the maintenance window of instance i-2') as string,
  };

  beforeEach(() => {
    account = new Account();
    // Two days ahead, so that each daily window is open before NotBefore.
    for (const id of ['1', '2', '3'])
      account.affected(id, { notBefore: start + 48 * hour }, daily('04:00:00', '05:00:00'));
  });

  it('the copy of the window in the row of the bad one applies, and nothing is planned again', async () => {
    await account.plan();
    const planned = account.row('i-2');
    // 04:00 in Shanghai.
    expect(planned).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T20:00:00Z' });
    refuse(style, refused);
    account.pass(15 * minute);
    expect(await account.plan()).toMatchObject({ unchanged: 3, updated: 0, problems: [problem] });
    expect(account.row('i-2')).toEqual(planned);
    expect(await account.execute()).toMatchObject({ due: 0, rebooted: 0 });
  });

  it('a new plan of the bad one waits for its windows, the others have their own', async () => {
    refuse(style, refused);
    const unknown = { code: 'windows-unknown', instanceId: 'i-2' };
    expect(await account.plan()).toMatchObject({ created: 3, problems: [problem, unknown] });
    expect(['i-1', 'i-2', 'i-3'].map((id) => account.row(id)['execute_at'])).toEqual([
      '2026-12-01T20:00:00Z',
      '2026-12-02T18:45:00Z',
      '2026-12-01T20:00:00Z',
    ]);
  });
});
