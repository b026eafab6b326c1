// The documents of RAM: policies and trust (help.aliyun.com, "Policy structure and syntax", version 1).

/** What a policy allows. */
export interface Grant {
  /** As in `ecs:RebootInstance`. */
  actions: readonly string[];
  /** ARNs, as in `acs:ecs:cn-hangzhou:1000000000000001:instance/*`. */
  resources: readonly string[];
}

/** A policy as JSON, in the order given, to read and to paste. */
export function policyText(grants: readonly Grant[]): string {
  const statements = grants.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
  }));
  return JSON.stringify({ Version: '1', Statement: statements }, undefined, 2);
}

/** Only Function Compute may assume the role. */
export const trustText = JSON.stringify(
  {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['fc.aliyuncs.com'] } }],
  },
  undefined,
  2,
);

/** What a document says, one line for each action on each resource, so that two documents can be compared. */
function linesOf(document: string): ReadonlySet<string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return new Set([`what is no JSON: ${document}`]);
  }
  const statements = listOf((parsed as { Statement?: unknown } | null)?.Statement);
  return new Set(statements.flatMap(linesOfStatement));
}

function linesOfStatement(statement: unknown): string[] {
  if (typeof statement !== 'object' || statement === null) return [JSON.stringify(statement)];
  const { Effect, Action, Resource, ...others } = statement as Record<string, unknown>;
  const on = listOf(Resource).map((resource) => ` on ${text(resource)}`);
  const rest = Object.entries(others)
    .map(([name, value]) => `, ${name} ${JSON.stringify(name === 'Principal' ? listsIn(value) : value)}`)
    .join('');
  return listOf(Action).flatMap((action) =>
    (on.length === 0 ? [''] : on).map((where) => `${text(Effect)} ${text(action)}${where}${rest}`),
  );
}

/** RAM takes `"Service": "fc.aliyuncs.com"` as well as a list. */
function listsIn(principal: unknown): unknown {
  if (typeof principal !== 'object' || principal === null) return principal;
  return Object.fromEntries(Object.entries(principal).map(([kind, who]) => [kind, listOf(who)]));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** RAM takes one value as well as a list. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** What the first document says and the other does not. */
export function onlyIn(document: string, other: string): string[] {
  const known = linesOf(other);
  return [...linesOf(document)].filter((line) => !known.has(line)).sort();
}
