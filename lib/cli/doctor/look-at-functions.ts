// What Function Compute says of the functions, and what they say of themselves.
import type { FcAnswer, FunctionCompute } from '../../alibaba/fc/api.ts';
import { judgeFunctions } from './checks/functions.ts';
import { judgeAsync, judgeConcurrency, type InvocationReading } from './checks/invocations.ts';
import { checkEvent, judgeOwnKey, judgePermissions, sayLog } from './checks/permissions.ts';
import type { RunsReading } from './checks/runs.ts';
import { judgeLeftOver, judgeStartRoom, judgeTriggers, type LeftOverReading } from './checks/triggers.ts';
import type { Finding } from './finding.ts';
import type { DoctorPorts } from './ports.ts';

/** Takes findings. */
export type Add = (findings: readonly Finding[]) => void;

/** When each function was created, in ISO 8601, as far as it is known. */
export type Created = RunsReading['created'];

/** Asks Function Compute about each function, and the functions about themselves. Returns when each was created. */
export async function lookAtFunctions(
  { expected, ownRights }: DoctorPorts,
  fc: FunctionCompute,
  { add, wishes }: { add: Add; wishes: readonly string[] },
): Promise<Created> {
  const readings = await Promise.all(
    expected.map(async (one) => {
      const [answer, triggers] = await Promise.all([
        fc.functionOf(one.functionName),
        fc.triggersOf(one.functionName),
      ]);
      return { expected: one, answer, triggers };
    }),
  );
  add(judgeFunctions(readings));
  add(judgeTriggers(readings.map(({ expected: one, triggers }) => ({ expected: one, answer: triggers }))));
  add(
    judgeLeftOver(
      await leftOver(
        fc,
        expected.map(({ functionName }) => functionName),
      ),
    ),
  );
  const execute = readings.find(({ expected: { kind } }) => kind === 'execute');
  if (execute !== undefined) {
    add(judgeStartRoom({ deployed: execute.answer, triggers: execute.triggers }));
  }
  // What is not there has no settings, and another check says so.
  const there = readings.filter(({ answer }) => answer.kind !== 'none').map((one) => one.expected);
  const each = async <T>(ask: (name: string) => Promise<FcAnswer<T>>): Promise<InvocationReading<T>[]> =>
    Promise.all(
      there.map(async ({ kind, functionName }) => ({ kind, functionName, answer: await ask(functionName) })),
    );
  add(judgeAsync(await each((name) => fc.asyncConfigOf(name))));
  add(judgeConcurrency(await each((name) => fc.concurrencyOf(name))));
  const checks = await Promise.all(
    there.map(async (one) => ({ expected: one, answer: await fc.invoke(one.functionName, checkEvent) })),
  );
  add([...judgePermissions(checks, wishes), sayLog()]);
  const isAsked = checks.length === expected.length && checks.every(({ answer }) => answer.kind === 'found');
  if (!isAsked) add(judgeOwnKey(await ownRights()));
  return Object.fromEntries(
    readings.flatMap(({ expected: { kind }, answer }) =>
      answer.kind === 'found' && answer.value.createdTime !== undefined
        ? [[kind, answer.value.createdTime]]
        : [],
    ),
  );
}

/** Functions of the common beginning of our names, beside ours. */
async function leftOver(
  fc: FunctionCompute,
  names: readonly string[],
): Promise<FcAnswer<readonly LeftOverReading[]>> {
  const prefix = commonBeginning(names);
  if (prefix.length < shortestPrefix) return { kind: 'none' };
  const found = await fc.functionNames(prefix);
  if (found.kind !== 'found') return found;
  const others = found.value.filter((name) => !names.includes(name));
  const value = await Promise.all(
    others.map(async (functionName) => ({ functionName, answer: await fc.triggersOf(functionName) })),
  );
  return { kind: 'found', value };
}

/** A shorter beginning would name functions of others. */
const shortestPrefix = 6;

function commonBeginning([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  while (length > 0 && !others.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
