// What comes after the restart: the health of the instance and the post-command, over ticks, refusals and lost answers. The
// event is Avoided 50 seconds after RebootInstance.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Commands } from '../../lib/ports.ts';
import type { Nature } from '../cloud/ecs/core/nature.ts';
import { ticks as ticksOf } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';

const settings = settingsOf({ POST_COMMAND: 'c-check' });
let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

const ticks = (count: number): Promise<void> => ticksOf(account, count, settings);

/** The verdict of the events, and the post-command, as reasons hold them. */
const avoided = { code: 'avoided', values: { eventIds: ['e-1'] } };
const check = { step: 'post-command', commandId: 'c-check' };

/** ECS's words for a command that ends with another exit code than 0. */
const nonZero = 'ExitCodeNonzero: The command execution exit code is not zero.';

/** A post-command that takes this long and ends with this exit code. */
function checkThat(ms: number, exitCode: number, output = ''): void {
  account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms, exitCode, output }] });
}

function healthBecomes(healthStatus: string): void {
  const now = account.clock.now().epochMilliseconds;
  account.ecs.schedule(now, { kind: 'instance-health', instanceId: 'i-1', healthStatus });
  account.pass(1);
}

describe('a post-command', () => {
  it('that ends with 0 makes the plan Avoided', async () => {
    checkThat(second, 0, 'ok');
    await account.plan({ settings });
    await ticks(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that fails escalates the plan although the event is Avoided', async () => {
    checkThat(second, 1, 'port closed\n  by its owner\n');
    await account.plan({ settings });
    await ticks(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: avoided,
        why: {
          code: 'command-failed',
          values: {
            ...check,
            status: 'Failed',
            exitCode: 1,
            error: nonZero,
            output: 'port closed\n  by its owner\n',
          },
        },
      },
    });
    expect(account.sent).toBe(1);
  });

  it('that takes longer than a tick is looked at again, not run again', async () => {
    checkThat(4 * minute, 0);
    await account.plan({ settings });
    await ticks(3);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    await ticks(3);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.sent).toBe(1);
  });

  it('that fails after some ticks escalates the plan, with its exit code and the end of its output', async () => {
    checkThat(3 * minute, 7, 'port 443 closed');
    await account.plan({ settings });
    await ticks(6);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: avoided,
        why: {
          code: 'command-failed',
          values: { ...check, status: 'Failed', exitCode: 7, error: nonZero, output: 'port 443 closed' },
        },
      },
    });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that does not end within its time limit escalates the plan', async () => {
    checkThat(2 * hour, 0);
    await account.plan({ settings });
    await ticks(9);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: avoided,
        why: {
          code: 'command-failed',
          values: {
            ...check,
            status: 'Timeout',
            error: 'ExecutionTimeout: The command execution has been timeout.',
            output: '',
          },
        },
      },
    });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that ECS does not know escalates the plan, and the row keeps the restart', async () => {
    await account.plan({ settings });
    await ticks(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated', intent_outcome: 'accepted' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: avoided,
        why: {
          code: 'command-refused',
          values: {
            ...check,
            errorCode: 'InvalidCmdId.NotFound',
            // The words of ECS.
            message: expect.any(String) as string,
            isTriedAgain: false,
          },
        },
      },
    });
    expect(account.sent).toBe(1);
  });

  it('that ECS refuses for the moment is tried again', async () => {
    checkThat(second, 0);
    await account.plan({ settings });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'InvokeCommand', times: 2, fault });
    await ticks(4);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it.each(['before', 'after'] as const)(
    'whose call is lost %s it took effect runs once, because the token stays the same',
    async (when) => {
      checkThat(second, 0);
      await account.plan({ settings });
      account.faults.add({ operation: 'InvokeCommand', fault: { kind: 'reset', when } });
      await ticks(3);
      expect(account.ecs.invocations()).toHaveLength(1);
      expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    },
  );

  it('whose result cannot be read for a while is looked at again', async () => {
    checkThat(second, 0);
    await account.plan({ settings });
    const fault = { kind: 'error', status: 503, code: 'ServiceUnavailable' } as const;
    account.faults.add({ operation: 'DescribeInvocationResults', times: 8, fault });
    await ticks(8);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('also runs where ECS canceled the event after our restart', async () => {
    checkThat(second, 1, 'no answer');
    await account.plan({ settings });
    account.ecs.schedule(start + 20 * second, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    await ticks(3);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: { code: 'events-canceled', values: { eventIds: ['e-1'], sent: 'accepted' } },
        why: {
          code: 'command-failed',
          values: { ...check, status: 'Failed', exitCode: 1, error: nonZero, output: 'no answer' },
        },
      },
    });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('runs once while executions overlap', async () => {
    checkThat(90 * second, 0);
    await account.plan({ settings });
    await account.execute({ settings, timeoutMs: 45 * second });
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.pass(minute);
    await Promise.all(['a', 'b', 'c'].map((owner) => account.execute({ settings, owner })));
    account.pass(minute);
    await ticks(3);
    expect(account.ecs.invocations()).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('does not run where nothing shows that the restart answered the event', async () => {
    checkThat(second, 0);
    await account.plan({ settings });
    account.ecs.schedule(start + 20 * second, { kind: 'event-ended', eventId: 'e-1', status: 'Failed' });
    await ticks(3);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.ecs.invocations()).toHaveLength(0);
  });
});

describe('a post-command that the agent of Cloud Assistant does not receive', () => {
  const commandsRun = (): string[] => account.ecs.invocations().map(({ status }) => status);

  function natureBecomes(nature: Nature): void {
    account.ecs.schedule(0, { kind: 'instance-nature', instanceId: 'i-1', nature });
  }

  it.each([
    [2, ['Aborted', 'Success']],
    [3, ['Aborted', 'Aborted', 'Success']],
    [5, ['Aborted', 'Aborted', 'Aborted', 'Success']],
  ])('is tried again until the agent is ready, %i minutes after the instance', async (minutes, runs) => {
    natureBecomes({ agentReadyAfterMs: minutes * minute });
    checkThat(second, 0);
    await account.plan({ settings });
    await ticks(9);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(commandsRun()).toEqual(runs);
    expect(account.sent).toBe(1);
  });

  it('is called with a new token each time', async () => {
    natureBecomes({ agentReadyAfterMs: 5 * minute });
    checkThat(second, 0);
    await account.plan({ settings });
    const tokens: string[] = [];
    const commands = (real: Commands): Commands => ({
      ...real,
      invoke: (regionId, request) => {
        tokens.push(request.clientToken);
        return real.invoke(regionId, request);
      },
    });
    for (let tick = 0; tick < 9; tick += 1) {
      await account.execute({ settings, commands });
      account.pass(minute);
    }
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.length).toBe(account.ecs.invocations().length);
  });

  it('is named in the reason while it is tried again, and after that', async () => {
    natureBecomes({ undeliverable: 'ClientNotResponse' });
    checkThat(second, 0);
    await account.plan({ settings });
    for (let tick = 0; tick < 12; tick += 1) {
      await ticks(1);
      if (tick < 3) continue;
      expect(account.reason('i-1')).toEqual({
        code: 'proof-pending',
        values: {
          verdict: avoided,
          why: {
            code: 'command-undelivered',
            values: {
              ...check,
              errorCode: 'ClientNotResponse',
              isTriedAgain: true,
              since: { at: '2026-12-01T18:30:50Z', timeZone: 'Asia/Shanghai' },
            },
          },
        },
      });
    }
    await ticks(20);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'post-command-failed',
      values: {
        verdict: avoided,
        why: {
          code: 'command-undelivered',
          values: { ...check, errorCode: 'ClientNotResponse', isTriedAgain: false },
        },
      },
    });
    expect(account.row('i-1')['reason']).toContain(
      'The agent of Cloud Assistant did not receive the post-command c-check (ClientNotResponse). Look',
    );
  });

  it('is tried until VERIFY_TIMEOUT is over, and the timeline says so once', async () => {
    natureBecomes({ agentReadyAfterMs: 10 * hour });
    checkThat(second, 0);
    await account.plan({ settings });
    await ticks(2);
    // RebootInstance was sent at 02:30:00, and VERIFY_TIMEOUT is 30 minutes.
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', verify_until: '2026-12-01T19:00:00Z' });
    let escalatedAt = 0;
    while (account.row('i-1')['status'] !== 'Escalated') {
      escalatedAt = account.clock.now().epochMilliseconds;
      await ticks(1);
    }
    expect(escalatedAt).toBeGreaterThan(start + 29 * minute);
    expect(escalatedAt).toBeLessThan(start + 33 * minute);
    const last = account.ecs.invocations().at(-1)?.creationTime ?? 0;
    expect(last).toBeGreaterThan(start + 28 * minute);
    expect(last).toBeLessThan(start + 31 * minute);
    expect(account.ecs.invocations().length).toBeGreaterThan(10);
    expect(account.story('i-1').filter((code) => code.startsWith('command-'))).toEqual([
      'command-begins',
      'command-runs',
      'command-undelivered',
    ]);
  });

  it('is not tried again where it had begun when somebody restarted the instance', async () => {
    checkThat(10 * minute, 0);
    await account.plan({ settings });
    await ticks(2);
    expect(commandsRun()).toEqual(['Running']);
    account.ecs.schedule(0, { kind: 'instance-restarted', instanceId: 'i-1', through: 'guest' });
    await ticks(3);
    expect(commandsRun()).toEqual(['Error']);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toMatchObject({
      code: 'post-command-failed',
      values: { why: { code: 'command-failed', values: { status: 'Error' } } },
    });
  });

  it('is tried again where somebody restarted the instance before it arrived', async () => {
    natureBecomes({ agentReadyAfterMs: 80 * second });
    checkThat(second, 0);
    await account.plan({ settings });
    account.ecs.schedule(start + 65 * second, {
      kind: 'instance-restarted',
      instanceId: 'i-1',
      through: 'guest',
    });
    await ticks(7);
    const [first] = account.ecs.invocations();
    expect(first).toMatchObject({ status: 'Aborted', errorCode: 'InstanceNotRunning' });
    expect(commandsRun().filter((status) => status === 'Success')).toHaveLength(1);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('begins with the token of its row where the execution dies between the record and the call', async () => {
    natureBecomes({ agentReadyAfterMs: 2 * minute });
    checkThat(second, 0);
    await account.plan({ settings });
    const tokens: string[] = [];
    const commands = (real: Commands): Commands => ({
      ...real,
      invoke: async (regionId, request) => {
        tokens.push(request.clientToken);
        const outcome = await real.invoke(regionId, request);
        if (tokens.length === 2) throw new Error('The process is gone.');
        return outcome;
      },
    });
    for (let tick = 0; tick < 6; tick += 1) {
      await account.execute({ settings, commands });
      account.pass(minute);
    }
    expect(tokens[2]).toBe(tokens[1]);
    expect(commandsRun()).toEqual(['Aborted', 'Success']);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });
});

describe('post-commands of several instances', () => {
  it('delay no other proof: what a look found is written before the next command runs', async () => {
    const tags = { 'reboot-planner:post-command': 'none' };
    account.affected('2', {}, { tags });
    account.affected('3');
    const together = settingsOf({ POST_COMMAND: 'c-check', MAX_CONCURRENT_REBOOTS: '3' });
    await account.plan({ settings: together });
    const statuses: unknown[][] = [];
    await account.execute({
      settings: together,
      commands: (real) => ({
        ...real,
        invoke: (...asked) => {
          statuses.push(['i-1', 'i-2', 'i-3'].map((id) => account.row(id)['status']));
          return real.invoke(...asked);
        },
      }),
    });
    // ECS does not know the command.
    expect(statuses).toEqual([
      ['Verifying', 'Avoided', 'Verifying'],
      ['Escalated', 'Avoided', 'Verifying'],
    ]);
  });
});

describe('the health', () => {
  it('that was as bad before the restart is no failed proof, and the reason says so', async () => {
    healthBecomes('Impaired');
    await account.plan();
    await ticksOf(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided', health_before: 'Impaired' });
    expect(account.reason('i-1')).toEqual({
      code: 'avoided',
      values: {
        eventIds: ['e-1'],
        also: [{ code: 'health-as-before', values: { health: 'Impaired', before: 'Impaired' } }],
      },
    });
  });

  it('that does not come back after the restart escalates the plan when VERIFY_TIMEOUT is over', async () => {
    account.ecs.schedule(account.clock.now().epochMilliseconds + 5 * second, {
      kind: 'instance-health',
      instanceId: 'i-1',
      healthStatus: 'Impaired',
    });
    await account.plan();
    await ticksOf(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    await ticksOf(account, 31);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'proof-missing',
      values: {
        verdict: avoided,
        why: { code: 'unwell', values: { health: 'Impaired', before: 'Warning' } },
      },
    });
  });

  it('that turns bad while the post-command runs is watched until VERIFY_TIMEOUT is over', async () => {
    checkThat(90 * second, 0);
    await account.plan({ settings });
    await ticks(1);
    healthBecomes('Impaired');
    await ticks(8);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    await ticks(20);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'proof-missing',
      values: {
        verdict: avoided,
        why: { code: 'unwell', values: { health: 'Impaired', before: 'Warning' } },
      },
    });
  });

  it('that recovers lets the post-command decide', async () => {
    checkThat(90 * second, 0);
    await account.plan({ settings });
    await ticks(1);
    healthBecomes('Impaired');
    await ticks(3);
    healthBecomes('OK');
    await ticks(2);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  it('that cannot be read is no proof, and is read again', async () => {
    checkThat(second, 0);
    await account.plan({ settings });
    const fault = { kind: 'error', status: 403, code: 'Forbidden.RAM' } as const;
    account.faults.add({ operation: 'DescribeInstancesFullStatus', times: 3, fault });
    await ticks(5);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  /** From `from` to `to` after 02:30, these fields stand in the answer about the full status of i-1. */
  function fullStatusHas(override: Record<string, unknown>, from: number, to = 10 * hour): void {
    account.ecs.schedule(start + from, { kind: 'full-status-overridden', instanceId: 'i-1', override });
    account.ecs.schedule(start + to, { kind: 'full-status-overridden', instanceId: 'i-1', override: {} });
  }

  it.each<[string, unknown, object]>([
    ['is null', null, { value: 'null' }],
    ['is absent', undefined, {}],
    ['has no name', { Code: 0 }, {}],
    ['is a text', 'Ok', { value: '"Ok"' }],
  ])('that %s after the restart is no proof, and escalates the plan in the end', async (_, odd, value) => {
    fullStatusHas({ HealthStatus: odd }, 5 * second);
    await account.plan();
    await ticksOf(account, 3);
    const fault = { what: 'HealthStatus.Name of i-1', ...value, expected: 'a health as in Ok or Impaired' };
    const values = { verdict: avoided, why: { code: 'no-health', values: { faults: [fault] } } };
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', health_before: 'Warning' });
    expect(account.reason('i-1')).toEqual({ code: 'proof-pending', values });
    await ticksOf(account, 31);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({ code: 'proof-missing', values });
    expect(account.sent).toBe(1);
  });

  it('of an instance that the answer leaves out is no proof, and escalates the plan in the end', async () => {
    fullStatusHas({ InstanceId: null }, 5 * second);
    await account.plan();
    await ticksOf(account, 34);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'proof-missing',
      values: { verdict: avoided, why: { code: 'no-health', values: { faults: [] } } },
    });
  });

  it('that is null for some minutes after the restart is waited for', async () => {
    fullStatusHas({ HealthStatus: null }, 5 * second, 20 * minute);
    await account.plan();
    await ticksOf(account, 5);
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    await ticksOf(account, 20);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.sent).toBe(1);
  });

  it('that an open event without an id stands beside is explained by the other open event', async () => {
    const odd = [{ EventId: 'e-9' }, { EventId: null }];
    const override = {
      HealthStatus: { Name: 'Maintaining' },
      ScheduledSystemEventSet: { ScheduledSystemEventType: odd },
    };
    fullStatusHas(override, 5 * second);
    await account.plan();
    await ticksOf(account, 3);
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.reason('i-1')).toEqual({
      code: 'avoided',
      values: {
        eventIds: ['e-1'],
        also: [{ code: 'health-explained', values: { health: 'Maintaining', eventIds: ['e-9'] } }],
      },
    });
  });

  it('that can never be read escalates the plan, because nothing is proven', async () => {
    checkThat(second, 0);
    await account.plan({ settings });
    const fault = { kind: 'error', status: 403, code: 'Forbidden.RAM' } as const;
    account.faults.add({ operation: 'DescribeInstancesFullStatus', times: 1000, fault });
    await ticks(33);
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-1')).toEqual({
      code: 'proof-missing',
      values: {
        verdict: avoided,
        why: {
          code: 'health-unreadable',
          // The words of ECS.
          values: { message: expect.stringContaining('Forbidden.RAM') as string },
        },
      },
    });
    expect(account.ecs.invocations()).toHaveLength(0);
  });
});

describe('a status that ECS has not changed yet', () => {
  /** ECS accepts the restart, shows the event as Avoided at once, and the instance Running as before. */
  async function executeLagging(): Promise<void> {
    await account.execute({
      settings,
      ecs: (real) =>
        replacing(real, {
          reboot: () => {
            const now = account.clock.now().epochMilliseconds;
            account.ecs.schedule(now, { kind: 'event-ended', eventId: 'e-1', status: 'Avoided' });
            return Promise.resolve({ kind: 'accepted' } as const);
          },
        }),
    });
  }

  beforeEach(async () => {
    account.ecs.addCommand({ id: 'c-check', outcomes: [{ ms: second, exitCode: 0, output: '' }] });
    await account.plan({ settings });
  });

  it('is no proof, and no post-command runs on an instance that is about to go down', async () => {
    const down = {
      kind: 'instance-overridden',
      instanceId: 'i-1',
      override: { Status: 'Starting' },
    } as const;
    account.ecs.schedule(start + 20 * second, down);
    await executeLagging();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    expect(account.row('i-1')).toHaveProperty('seen_down_at');
    expect(account.row('i-1')).not.toHaveProperty('avoided_seen_at');
    expect(account.ecs.invocations()).toHaveLength(0);
    account.ecs.schedule(0, { kind: 'instance-overridden', instanceId: 'i-1', override: {} });
    account.pass(minute);
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
  });

  it('is a proof only where it stays so for a minute', async () => {
    await executeLagging();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying', reason_code: 'restart-unseen' });
    expect(account.row('i-1')).toHaveProperty('avoided_seen_at');
    expect(account.ecs.invocations()).toHaveLength(0);
    account.pass(minute);
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings });
    expect(account.row('i-1')).toMatchObject({ status: 'Avoided' });
    expect(account.ecs.invocations()).toHaveLength(1);
  });
});
