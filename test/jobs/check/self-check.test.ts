// The self-check of a function, with answers that a test gives: what it reports, and what it leaves open. It is 18:00 in Shanghai,
// and the invocation ends two minutes later.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../lib/failures.ts';
import { checkRights, configurationFaults, type SelfCheck } from '../../../lib/jobs/check/self-check.ts';
import type { RightShown } from '../../../lib/plan/right.ts';
import type { Probe } from '../../../lib/ports.ts';
import { at } from '../../plan/samples.ts';

const start = at('2026-12-01T10:00:00Z');
const denied: RightShown = { kind: 'denied', message: 'You are not allowed.' };

function probe(right: string, outcome: RightShown, changes: Partial<Probe> = {}): Probe {
  return { right, where: 'in cn-hangzhou', ask: () => Promise.resolve(outcome), ...changes };
}

interface Asked {
  role?: string | undefined;
  now?: () => string;
}

async function check(
  probes: readonly Probe[],
  asked: Asked = {},
): Promise<SelfCheck & { askedRole: number }> {
  let askedRole = 0;
  const { role = 'planner-execute', now = () => '2026-12-01T10:00:00Z' } = asked;
  const checked = await checkRights(
    {
      clock: { now: () => at(now()), sleep: () => Promise.resolve() },
      deadline: start.add({ seconds: 120 }),
      functionName: 'reboot-planner-execute',
      roleName: () => {
        askedRole += 1;
        return Promise.resolve('role' in asked ? asked.role : role);
      },
    },
    probes,
  );
  return { ...checked, askedRole };
}

it('a role that has every right is well, and nobody asks for its name', async () => {
  const all = [probe('ecs:RebootInstance', { kind: 'granted' }), probe('ots:GetRow', { kind: 'granted' })];
  expect(await check(all)).toEqual({ ok: true, faults: [], notChecked: [], askedRole: 0 });
});

describe('a right that is missing', () => {
  it('is one fault, whatever the number of places, with what to do', async () => {
    const checked = await check([
      probe('ecs:RebootInstance', { kind: 'granted' }),
      probe('ots:GetRow', denied, { where: 'on the table reboot_plans' }),
      probe('ecs:DescribeDisks', denied),
      probe('ots:GetRow', { kind: 'denied', message: 'Another word.' }, { where: 'on the table history' }),
    ]);
    expect(checked).toEqual({
      ok: false,
      faults: [
        {
          permission: 'ots:GetRow',
          problem:
            'The role planner-execute of reboot-planner-execute may not call ots:GetRow on the table reboot_plans, on the table history (You are not allowed).',
          mend: 'Give the role planner-execute the right ots:GetRow: `npm run setup` prints its policy.',
        },
        {
          permission: 'ecs:DescribeDisks',
          problem:
            'The role planner-execute of reboot-planner-execute may not call ecs:DescribeDisks in cn-hangzhou (You are not allowed).',
          mend: 'Give the role planner-execute the right ecs:DescribeDisks: `npm run setup` prints its policy.',
        },
      ],
      notChecked: [],
      askedRole: 1,
    });
  });

  it('is a fault, too, where nobody knows the name of the role', async () => {
    const checked = await check([probe('ots:GetRow', denied)], { role: undefined });
    expect(checked.faults).toMatchObject([
      { problem: expect.stringMatching(/^The role of reboot-planner-execute may not/) as string },
    ]);
  });

  it('and that only a tag may need is named, and no fault', async () => {
    const only = { isOnlyForTags: true };
    expect(
      await check([
        probe('ecs:CreateSnapshot', denied, only),
        probe('ecs:CreateSnapshot', denied, only),
        probe('ecs:RunCommand', { kind: 'granted' }, only),
        probe('ecs:InvokeCommand', { kind: 'unclear', why: 'no command' }, only),
      ]),
    ).toEqual({ ok: true, faults: [], notChecked: [], onlyForTags: ['ecs:CreateSnapshot'], askedRole: 0 });
    expect(await check([probe('ecs:CreateSnapshot', denied, { isOnlyForTags: false })])).toMatchObject({
      ok: false,
    });
  });
});

it('a question that fails is one fault for each cause, in the words of the service', async () => {
  const failed = (message: string, mend = 'Check the endpoint.'): RightShown => ({
    kind: 'failed',
    message,
    mend,
  });
  const checked = await check([
    probe('a:A', failed('Nobody answers at x.')),
    probe('a:B', failed('Nobody answers at x.')),
    probe('a:C', failed('Nobody answers at x.', 'Check the network.')),
    probe('a:D', failed('Odd answer')),
  ]);
  expect(checked).toMatchObject({
    ok: false,
    faults: [
      { problem: 'Nobody answers at x.', mend: 'Check the endpoint.' },
      { problem: 'Nobody answers at x.', mend: 'Check the network.' },
      { problem: 'Odd answer.', mend: 'Check the endpoint.' },
    ],
  });
  expect(checked.faults[0]).not.toHaveProperty('permission');
});

it('what is not clear is not checked: that is no fault, and not well either', async () => {
  expect(await check([probe('a:A', { kind: 'unclear', why: 'ECS was busy' })])).toEqual({
    ok: false,
    faults: [],
    notChecked: [{ permission: 'a:A', why: 'ECS was busy' }],
    askedRole: 0,
  });
});

describe('the time of the invocation', () => {
  const unasked = (now: string): Promise<SelfCheck> => {
    const never = (): Promise<RightShown> => Promise.resolve({ kind: 'granted' });
    return check([probe('a:A', denied, { ask: never })], { now: () => now });
  };

  it('leaves forty seconds for the last question', async () => {
    expect((await unasked('2026-12-01T10:01:20Z')).ok).toBe(true);
    expect(await unasked('2026-12-01T10:01:20.001Z')).toMatchObject({
      ok: false,
      faults: [],
      notChecked: [
        {
          permission: 'a:A',
          why: 'The check ran out of time. Check again, or raise the timeout of the function.',
        },
      ],
    });
  });

  it('is saved by asking six questions at once, and no more', async () => {
    let [open, most] = [0, 0];
    const ask = async (): Promise<RightShown> => {
      open += 1;
      most = Math.max(most, open);
      // The others begin meanwhile.
      await setImmediate();
      open -= 1;
      return { kind: 'granted' };
    };
    const checked = await check(
      Array.from({ length: 20 }, (_, index) => probe(`a:${index}`, denied, { ask })),
    );
    expect([checked.ok, most]).toEqual([true, 6]);
  });
});

describe('a configuration that cannot be read', () => {
  it('is a fault for each setting', () => {
    const faults = [
      { what: 'SLOT', value: 'soon', expected: 'a duration' },
      { what: 'MODE', value: 'on', expected: 'auto' },
    ];
    const checked = configurationFaults(new ConfigurationError(faults));
    expect(checked).toMatchObject({ ok: false, notChecked: [] });
    expect(checked.faults).toHaveLength(2);
    expect(checked.faults[0]?.problem).toContain('SLOT');
    expect(checked.faults[0]?.mend).toContain('npm run settings');
  });

  it('is none where something else was thrown', () => {
    const slip = new TypeError('x');
    expect(() => configurationFaults(slip)).toThrow(slip);
  });
});
