// Decides whether statements allow an access: a Deny wins, and what nothing allows is refused.
import type { Access } from '../../../authority.ts';
import type { Statement, StatementCondition } from './document.ts';
import { isNegative, meets } from './operators.ts';
import { covers, coversAnyCase } from './pattern.ts';

/** The answer. `Unknown` if it rests on a condition that the local cloud does not know. */
export type Decision =
  { kind: 'Allow' | 'ImplicitDeny' | 'ExplicitDeny' } | { kind: 'Unknown'; message: string };

/** The keys that every call has, and the prefixes of the keys that a call has if its resource does. */
export interface ConditionKeys {
  facts: ReadonlyMap<string, string>;
  prefixes: readonly string[];
}

/** Decides about one access of the owner of the statements. */
export function decide(statements: readonly Statement[], access: Access, keys: ConditionKeys): Decision {
  const facts = new Map([...keys.facts, ...(access.facts ?? [])]);
  let isAllowed = false;
  let isDenied = false;
  for (const statement of statements) {
    if (!isAbout(statement, access)) continue;
    const held = statement.conditions.map((condition) => holds(condition, facts, keys.prefixes));
    const unknown = held.find((answer) => typeof answer === 'string');
    if (typeof unknown === 'string') return { kind: 'Unknown', message: unknown };
    if (held.includes(false)) continue;
    if (statement.effect === 'Deny') isDenied = true;
    else isAllowed = true;
  }
  return { kind: isDenied ? 'ExplicitDeny' : isAllowed ? 'Allow' : 'ImplicitDeny' };
}

function isAbout({ actions, resources }: Statement, { action, resource }: Access): boolean {
  const isNamed = actions.patterns.some((pattern) => coversAnyCase(pattern, action));
  return isNamed !== actions.isExcept && resources.some((pattern) => covers(pattern, resource));
}

/** Whether a condition holds, or why nobody knows. */
function holds(
  { operator, key, values }: StatementCondition,
  facts: ReadonlyMap<string, string>,
  prefixes: readonly string[],
): boolean | string {
  const had = facts.get(key);
  if (had === undefined && !prefixes.some((prefix) => key.startsWith(prefix))) {
    return `The local cloud does not know the condition key ${key}.`;
  }
  if (had === undefined && isNegative(operator)) {
    return `The local cloud does not know what ${operator} means for a call without ${key}.`;
  }
  const answer = meets(operator, had ?? '', had === undefined ? [] : values);
  return answer ?? `The local cloud does not know the condition operator ${operator}.`;
}
