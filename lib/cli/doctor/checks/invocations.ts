// How Function Compute starts a function: a failed run is not repeated where that could do harm, and one runs at a time.
import type { FcAnswer } from '../../../alibaba/fc/api.ts';
import type { FunctionName } from '../../../plan/run-values.ts';
import { fault, notChecked, well, type CheckName, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';
import { lacks } from './functions.ts';

/** A function that is deployed, and one of its settings. `none`: Function Compute has no such setting of it. */
export interface InvocationReading<T> {
  kind: FunctionName;
  functionName: string;
  answer: FcAnswer<T>;
}

const deployAgain = 'Deploy again: `npx s deploy -y`, with -t and your file of settings.';

/** Function Compute repeats a run three times unless it is told otherwise. */
export function judgeAsync(readings: readonly InvocationReading<{ retries?: number }>[]): Finding[] {
  return readings.map(({ kind, functionName, answer }) => {
    const retries = answer.kind === 'found' ? answer.value.retries : undefined;
    const unreadable = unread('async', functionName, answer);
    // Its timer comes once a week, and a repetition changes nothing.
    if (kind === 'review' && unreadable === undefined) {
      return well('async', `A run of ${functionName} that fails is repeated, which changes nothing.`);
    }
    return (
      unreadable ??
      (retries === 0
        ? well('async', `A run of ${functionName} that fails is not repeated.`)
        : fault(
            'async',
            `Function Compute repeats a run of ${functionName} that fails ${retries ?? 3} times: maxAsyncRetryAttempts is ${retries ?? 'not set'}, expected 0.`,
            deployAgain,
          ))
    );
  });
}

/** Overlapping runs are harmless, but they waste calls, and rows are lost to each other. */
export function judgeConcurrency(readings: readonly InvocationReading<{ reserved?: number }>[]): Finding[] {
  return readings.map(({ functionName, answer }) => {
    const reserved = answer.kind === 'found' ? answer.value.reserved : undefined;
    return (
      unread('concurrency', functionName, answer) ??
      (reserved === 1
        ? well('concurrency', `${functionName} has one instance for itself.`)
        : fault(
            'concurrency',
            `The reservedConcurrency of ${functionName} is ${reserved ?? 'not set'}, expected 1: its runs may overlap.`,
            deployAgain,
          ))
    );
  });
}

function unread(check: CheckName, name: string, answer: FcAnswer<unknown>): Finding | undefined {
  if (answer.kind === 'denied') return notChecked(check, `${name}: ${lacks(answer.right)}`);
  return answer.kind === 'failed' ? notChecked(check, `${name}: ${sentence(answer.message)}`) : undefined;
}
