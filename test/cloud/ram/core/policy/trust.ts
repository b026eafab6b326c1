// Reads the trust policy of a role: who may assume it.
import * as v from 'valibot';
import { malformedPolicy } from '../ram-errors.ts';
import { documentOf, listOf, readDocument } from './document.ts';

/** Who a role trusts. */
export interface Trust {
  /** As in `fc.aliyuncs.com`. */
  services: readonly string[];
  /** As in `acs:ram::1000000000000001:root`: an account, a user or a role. */
  identities: readonly string[];
}

const identity = v.pipe(
  v.string(),
  v.regex(/^acs:ram::\d+:(root|(user|role)\/.+)$/, 'expected acs:ram::ACCOUNT:root, user/NAME or role/NAME'),
);
const service = v.pipe(
  v.string(),
  v.regex(/^[\w.-]+\.aliyuncs\.com$/, 'expected a service such as fc.aliyuncs.com'),
);

const trustStatement = v.strictObject({
  Effect: v.picklist(['Allow']),
  Action: v.pipe(listOf(v.string()), v.check(isAssumeRole, 'expected sts:AssumeRole')),
  Principal: v.pipe(
    v.strictObject({ Service: v.optional(listOf(service)), RAM: v.optional(listOf(identity)) }),
    v.check(
      ({ Service, RAM }) => Service !== undefined || RAM !== undefined,
      'expected a Service or a RAM identity',
    ),
  ),
});

const trustDocument = documentOf(trustStatement);

function isAssumeRole(actions: string[]): boolean {
  return actions.every((action) => action.toLowerCase() === 'sts:assumerole');
}

/**
 * Reads a trust policy. Left out: Federated principals, Deny and conditions, which are refused.
 * @throws RamError 400 MalformedPolicyDocument
 */
export function readTrust(text: string): Trust {
  if (/"(Federated|Condition)"|"Deny"/.test(text)) {
    throw malformedPolicy('The local cloud knows no Federated, Condition or Deny in a trust policy.');
  }
  const statements = readDocument(trustDocument, text).Statement;
  return {
    services: statements.flatMap(({ Principal }) => Principal.Service ?? []),
    identities: statements.flatMap(({ Principal }) => Principal.RAM ?? []),
  };
}
