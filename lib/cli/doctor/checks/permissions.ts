// What the deployed functions answer to a self-check under their own roles.
import * as v from 'valibot';
import type { FcAnswer, FcInvocation } from '../../../alibaba/fc/api.ts';
import { shown } from '../../../plan/fault.ts';
import type { RightShown } from '../../../plan/right.ts';
import type { ExpectedFunction } from '../expected.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';
import { sentence } from '../reading.ts';
import { lacks } from './functions.ts';

/** The event of a self-check. */
export const checkEvent = '{"check":true}';

/** A function, and what it answered. */
export interface SelfCheckReading {
  expected: ExpectedFunction;
  answer: FcAnswer<FcInvocation>;
}

const answerSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    check: v.object({
      ok: v.boolean(),
      faults: v.array(
        v.object({ permission: v.optional(v.string()), problem: v.string(), mend: v.string() }),
      ),
      notChecked: v.array(v.object({ permission: v.string(), why: v.string() })),
      onlyForTags: v.optional(v.array(v.string()), []),
    }),
  }),
);

/**
 * Judges the answers.
 * @param wishes instances whose tags ask for a backup or a command
 */
export function judgePermissions(
  readings: readonly SelfCheckReading[],
  wishes: readonly string[],
): Finding[] {
  return readings.flatMap(({ expected, answer }) => {
    const byHand = `Ask it by hand: \`npx s ${expected.resource} invoke -e '${checkEvent}'\`.`;
    switch (answer.kind) {
      case 'none':
        // Another check says that there is no such function.
        return [
          notChecked('permissions', `The role of ${expected.functionName}: there is no such function.`),
        ];
      case 'denied':
        return [
          notChecked('permissions', `The role of ${expected.functionName}: ${lacks(answer.right)}`, byHand),
        ];
      case 'failed':
        return [
          notChecked(
            'permissions',
            `The role of ${expected.functionName}: ${sentence(answer.message)}`,
            byHand,
          ),
        ];
      case 'found':
        return judgeAnswer(expected, answer.value, wishes);
    }
  });
}

function judgeAnswer(
  { functionName }: ExpectedFunction,
  { isError, text }: FcInvocation,
  wishes: readonly string[],
): Finding[] {
  if (isError) {
    const what = `${functionName} failed in its self-check: ${sentence(shown(text))}`;
    return [fault('permissions', what, 'Look into its log, and deploy again: `npx s deploy -y`.')];
  }
  const read = v.safeParse(answerSchema, text);
  if (!read.success) {
    const what = `${functionName} knows no self-check, and answered ${shown(text)}. It did its usual run instead.`;
    return [notChecked('permissions', what, 'Deploy this version: `npx s deploy -y`.')];
  }
  const { faults, notChecked: unknown, onlyForTags } = read.output.check;
  const findings = [
    ...faults.map(({ problem, mend }) => fault('permissions', problem, mend)),
    ...unknown.map(({ permission, why }) =>
      notChecked('permissions', `${permission} of ${functionName}: ${sentence(why)}`),
    ),
    ...forTags(functionName, onlyForTags, wishes),
  ];
  return findings.length > 0
    ? findings
    : [well('permissions', `${functionName} may call everything that it needs, under its own role.`)];
}

/** The settings ask for no backup and no command, but a tag may. */
function forTags(name: string, lacking: readonly string[], wishes: readonly string[]): Finding[] {
  if (lacking.length === 0 || wishes.length === 0) return [];
  return [
    warning(
      'permissions',
      `Tags of ${wishes.slice(0, 5).join(', ')} ask for backups or commands, and the role of ${name} may not call ${lacking.join(', ')}.`,
      'Give these rights to the role: `npm run setup -- --with backups,commands` prints the policy.',
    ),
  ];
}

/** What the key of this machine may do: the role of a function that nobody could ask may still be another matter. */
export function judgeOwnKey(answers: readonly { right: string; shown: RightShown }[]): Finding[] {
  const denied = answers.flatMap(({ right, shown: answer }) => (answer.kind === 'denied' ? [right] : []));
  const rights = [...new Set(denied)];
  const whose = 'That says nothing of the roles of the functions.';
  if (rights.length > 0) {
    const what = `The key of this machine may not call ${rights.join(', ')}. ${whose}`;
    const mend =
      'Only `npm run once` needs that. To check the roles, deploy, and let doctor call the functions.';
    return [warning('permissions', what, mend)];
  }
  if (answers.some(({ shown: answer }) => answer.kind !== 'granted')) {
    return [notChecked('permissions', `Not every right of the key of this machine could be asked. ${whose}`)];
  }
  return [well('permissions', `The key of this machine may do what the functions do. ${whose}`)];
}

/** The log of a function shows whether it may be written: no call asks that without writing. */
export function sayLog(): Finding {
  return notChecked(
    'permissions',
    'log:PostLogStoreLogs: no call shows this right.',
    'Look whether the console of Function Compute shows lines in the log of the functions.',
  );
}
