// What the self-check of a function says, in English: an engineer reads it after a deploy, and a program counts it.

/** Who lacks what, where. */
export interface Lack {
  right: string;
  /** As in `in cn-hangzhou`. */
  where: readonly string[];
  /** The words of the service. */
  message: string;
}

/** The role, and the function that has it. The name of the role is missing where STS did not say it. */
export interface RoleOf {
  functionName: string;
  role?: string;
}

function roleWords({ functionName, role }: RoleOf): string {
  return role === undefined ? `The role of ${functionName}` : `The role ${role} of ${functionName}`;
}

/** Says that a right is missing. */
export function lackSentence(who: RoleOf, { right, where, message }: Lack): string {
  return `${roleWords(who)} may not call ${right} ${where.join(', ')} (${message.replace(/\.$/, '')}).`;
}

/** What to do about it. */
export function lackMend(who: RoleOf, { right }: Lack): string {
  const role = who.role ?? `of ${who.functionName}`;
  return `Give the role ${role} the right ${right}: \`npm run setup\` prints its policy.`;
}

/** Why a question was not asked. */
export const noTimeLeft = 'The check ran out of time. Check again, or raise the timeout of the function.';

/** What to do about a setting that cannot be read. */
export const settingMend =
  'Correct it in your settings: `npm run settings` names the place. Then deploy again.';
