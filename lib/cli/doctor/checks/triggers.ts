// The timers that start the functions, those that are left over from older names, and START_ROOM against them.
import type { FcAnswer, FcFunction, FcTrigger } from '../../../alibaba/fc/api.ts';
import { parseDuration } from '../../../plan/calendar/duration.ts';
import { shown } from '../../../plan/fault.ts';
import { defaultOf } from '../../../settings/environment-schema.ts';
import { longestGap } from '../../deployment/longest-gap.ts';
import type { ExpectedFunction } from '../expected.ts';
import { fault, notChecked, well, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';
import { lacks } from './functions.ts';

/** A function that should be there, and its triggers. */
export interface TriggerReading {
  expected: ExpectedFunction;
  /** None of a function that is not there: another check says so. */
  answer: FcAnswer<readonly FcTrigger[]>;
}

/** A function of a name that the settings do not have, and its triggers. */
export interface LeftOverReading {
  functionName: string;
  answer: FcAnswer<readonly FcTrigger[]>;
}

const deployAgain = 'Deploy again: `npx s deploy -y`, with -t and your file of settings.';

/** Judges the triggers of the functions. */
export function judgeTriggers(readings: readonly TriggerReading[]): Finding[] {
  return readings.flatMap(({ expected, answer }) => {
    if (answer.kind === 'none') return [];
    if (answer.kind !== 'found') return [unreadTriggers(expected.functionName, answer)];
    const findings = judgeOne(expected, answer.value);
    const words = answer.value.flatMap(({ timer }) => (timer?.isEnabled === true ? [timer.expression] : []));
    return findings.length > 0
      ? findings
      : [well('triggers', `${expected.functionName} runs by ${words.join(', ')}.`)];
  });
}

function unreadTriggers(
  name: string,
  answer: Exclude<FcAnswer<unknown>, { kind: 'found' } | { kind: 'none' }>,
): Finding {
  const why = answer.kind === 'denied' ? lacks(answer.right) : sentence(answer.message);
  return notChecked('triggers', `The triggers of ${name}: ${why}`);
}

function judgeOne(
  { functionName, resource, timers }: ExpectedFunction,
  found: readonly FcTrigger[],
): Finding[] {
  const enabled = found.filter(({ timer }) => timer?.isEnabled === true);
  const byName = new Map(found.map((trigger) => [trigger.name, trigger]));
  const left = new Set(enabled);
  const findings = (timers ?? []).flatMap(({ name, expression }): Finding[] => {
    const named = name === undefined ? undefined : byName.get(name);
    const same = named ?? [...left].find(({ timer }) => timer?.expression.trim() === expression.trim());
    if (same === undefined) {
      const what = `No timer starts ${functionName}: ${name ?? 'one'} with ${shown(expression)} is missing.`;
      return [fault('triggers', what, deployAgain)];
    }
    left.delete(same);
    if (same.timer === undefined) {
      return [
        notChecked('triggers', `The trigger ${same.name} of ${functionName} is no timer that can be read.`),
      ];
    }
    if (!same.timer.isEnabled) {
      const what = `The timer ${same.name} of ${functionName} is switched off: the function does not run.`;
      const mend = 'Switch it on in the console of Function Compute, or deploy again: `npx s deploy -y`.';
      return [fault('triggers', what, mend)];
    }
    if (same.timer.expression.trim() === expression.trim()) return [];
    const what = `The timer ${same.name} of ${functionName} is ${shown(same.timer.expression)}, and the settings say ${shown(expression)}.`;
    return [fault('triggers', what, deployAgain)];
  });
  if (timers === undefined) return findings;
  return [...findings, ...[...left].map((trigger) => leftOver(functionName, trigger, resource))];
}

function leftOver(functionName: string, { name, timer }: FcTrigger, resource: string): Finding {
  return fault(
    'triggers',
    `${functionName} has one more timer, ${name} with ${shown(timer?.expression ?? '')}: the settings do not name it, so it is left over.`,
    `Remove it: \`npx s ${resource} remove trigger --trigger-name ${name}\`, or in the console of Function Compute.`,
  );
}

/** Judges functions whose names begin as ours. A function that was renamed keeps its timer. */
export function judgeLeftOver(readings: FcAnswer<readonly LeftOverReading[]>): Finding[] {
  if (readings.kind === 'none') return [];
  if (readings.kind !== 'found') {
    const why = readings.kind === 'denied' ? lacks(readings.right) : sentence(readings.message);
    return [notChecked('triggers', `Functions of older names: ${why}`)];
  }
  return readings.value.flatMap(({ functionName, answer }): Finding[] => {
    if (answer.kind === 'none') return [];
    if (answer.kind !== 'found') return [unreadTriggers(functionName, answer)];
    return answer.value
      .filter(({ timer }) => timer?.isEnabled === true)
      .map(({ name, timer }) =>
        fault(
          'triggers',
          `The function ${functionName} is not in the settings, and its timer ${name} with ${shown(timer?.expression ?? '')} still starts it.`,
          'If it has an older name, delete it in the console of Function Compute, with its timer.',
        ),
      );
  });
}

/** What START_ROOM is judged by: the execute function as it is deployed. */
export interface StartRoomReading {
  deployed: FcAnswer<FcFunction>;
  triggers: FcAnswer<readonly FcTrigger[]>;
}

/** A tick may be late, or lost. So a promised interval must have room for two, by the timers that really fire. */
export function judgeStartRoom({ deployed, triggers }: StartRoomReading): Finding[] {
  if (deployed.kind !== 'found' || triggers.kind !== 'found') {
    return [notChecked('start-room', 'The execute function and its timer are not known.')];
  }
  const text = deployed.value.environment['START_ROOM'] ?? defaultOf('START_ROOM');
  const room = parseDuration(text.trim());
  const gaps = triggers.value.flatMap(({ timer }) => {
    const gap = timer?.isEnabled === true ? longestGap(timer.expression.trim()) : undefined;
    return gap?.ok === true ? [{ expression: timer?.expression ?? '', ms: gap.value }] : [];
  });
  const [shortest] = gaps.sort((a, b) => a.ms - b.ms);
  if (!room.ok || shortest === undefined) {
    return [notChecked('start-room', `START_ROOM ${shown(text)} or the timer of execute cannot be read.`)];
  }
  const least = (2 * shortest.ms) / 1000;
  if (room.value >= 2 * shortest.ms) {
    return [
      well('start-room', `START_ROOM ${text} has room for two ticks of ${shown(shortest.expression)}.`),
    ];
  }
  return [
    fault(
      'start-room',
      `START_ROOM is ${text}, and the deployed timer of execute, ${shown(shortest.expression)}, needs at least ${least}s: twice the longest time between two ticks.`,
      `Set startRoom to ${least}s or more, or let the timer fire more often, and deploy again.`,
    ),
  ];
}
