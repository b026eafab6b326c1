// Reads the document of a permission policy, as RAM does when a policy is created: an unknown element, a wrong value or a
// missing one is refused. Documented: the grammar (help.aliyun.com/zh/ram/policy-elements). Guessed: the words of the refusals,
// and which slips RAM itself would let pass.
import * as v from 'valibot';
import { malformedPolicy } from '../ram-errors.ts';
import { operators, type Operator } from './operators.ts';

/** A statement, with every list as a list. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** With `isExcept`: every action but these. */
  actions: { patterns: readonly string[]; isExcept: boolean };
  resources: readonly string[];
  conditions: readonly StatementCondition[];
}

/** One key of a Condition. */
export interface StatementCondition {
  operator: Operator;
  key: string;
  /** One of these must fit. */
  values: readonly string[];
}

/** One value, or several. The output is a list. */
export function listOf<Output>(item: v.GenericSchema<unknown, Output>): v.GenericSchema<unknown, Output[]> {
  return v.pipe(
    v.unknown(),
    v.transform((value): unknown[] => (Array.isArray(value) ? value : [value])),
    v.array(item),
    v.minLength(1, 'expected at least one value'),
  );
}

const action = v.pipe(
  v.string(),
  v.regex(/^(\*|[A-Za-z][\w-]*:[\w*]+)$/, 'expected an action such as ecs:RebootInstance, or *'),
);
const resource = v.pipe(
  v.string(),
  v.regex(/^(\*|acs:[^:]+:[^:]*:[^:]*:.+)$/, 'expected * or acs:service:region:account:resource'),
);
const value = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String));

const statement = v.pipe(
  v.strictObject({
    Effect: v.picklist(['Allow', 'Deny']),
    Action: v.optional(listOf(action)),
    NotAction: v.optional(listOf(action)),
    Resource: listOf(resource),
    Condition: v.optional(v.record(v.picklist(operators), v.record(v.string(), listOf(value))), {}),
  }),
  v.check(
    ({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined),
    'expected Action or NotAction, and not both',
  ),
  v.transform(({ Effect, Action, NotAction, Resource, Condition }): Statement => ({
    effect: Effect,
    actions: { patterns: Action ?? NotAction ?? [], isExcept: Action === undefined },
    resources: Resource,
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator: operator as Operator, key, values })),
    ),
  })),
);

/** A document whose statements have the given shape. */
export function documentOf<Output>(
  item: v.GenericSchema<unknown, Output>,
): v.GenericSchema<unknown, { Statement: Output[] }> {
  return v.strictObject({
    Version: v.literal('1', 'expected "1"'),
    Statement: v.pipe(v.array(item), v.minLength(1, 'expected at least one statement')),
  });
}

const permissions = documentOf(statement);

/** The statements of a permission policy. @throws RamError 400 MalformedPolicyDocument */
export function readPolicy(text: string): readonly Statement[] {
  return readDocument(permissions, text).Statement;
}

/** Reads a document. @throws RamError 400 MalformedPolicyDocument that names the place of the first fault */
export function readDocument<Output>(schema: v.GenericSchema<unknown, Output>, text: string): Output {
  const read = v.safeParse(schema, jsonOf(text));
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw malformedPolicy(`${v.getDotPath(issue) ?? 'The document'}: ${issue.message}.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy('The document is not JSON.');
  }
}
