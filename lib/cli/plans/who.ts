// Who decides, for the column `edited_by` and the timeline: `--as`, or the owner of the key as STS names it, with the name of
// the person at the terminal, because several persons may share a key.
import type { Account, OperatorPorts } from './ports.ts';
import type { Voice } from './words/voice.ts';

/** Rows keep the first 60 characters of a name. */
export const longestName = 60;

/** The name. Where the key cannot be asked, that is said, and the person at the terminal remains. */
export async function whoDecides(
  { userName, err }: Pick<OperatorPorts, 'userName' | 'err'>,
  { identity }: Pick<Account, 'identity'>,
  { as, voice }: { as: string | undefined; voice: Voice },
): Promise<string> {
  if (as !== undefined) return as.trim();
  const answer = await identity();
  const local = userName?.trim() ?? '';
  if (!answer.ok) {
    const name = local === '' ? 'unknown' : local;
    err(voice.say('identity-unknown', { message: answer.message, name }));
    return name.slice(0, longestName);
  }
  const beside = local === '' || local === answer.name ? '' : ` (${local})`;
  const name = `${answer.name}${beside}`;
  // The end of a role's name is the session, which says who it is.
  return name.length <= longestName ? name : `…${name.slice(1 - longestName)}`;
}
