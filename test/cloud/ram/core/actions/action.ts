// What an action of RAM is, and what several of them share: names, documents and times.
import { invalidParameter, RamError } from '../ram-errors.ts';
import type { PolicyType, RamAccount } from '../ram-account.ts';

/** The parameters of a call. */
export type Params = Readonly<Record<string, string>>;

/** One action. */
export interface Action {
  /** Does the work at a time in epoch milliseconds. @throws RamError */
  run: (account: RamAccount, params: Params, now: number) => object;
  /** The resources that the caller must be allowed to use, for the action `ram:NAME`. */
  resources: (params: Params, accountId: string) => readonly string[];
}

/** The resource of the named role, or of all roles. */
export const ofRole = ({ RoleName = '*' }: Params, accountId: string): readonly string[] => [
  `acs:ram:*:${accountId}:role/${RoleName}`,
];

/** The resource of the named policy, or of all policies. Policies of Alibaba Cloud belong to the account `system`. */
export const ofPolicy = ({ PolicyName = '*', PolicyType }: Params, accountId: string): readonly string[] => [
  `acs:ram:*:${PolicyType === 'System' ? 'system' : accountId}:policy/${PolicyName}`,
];

/** The time in the answers of RAM. */
export const isoSeconds = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

/** The name of a role: 1 to 64 letters, digits, dots and dashes. @throws RamError 400 */
export const roleName = (params: Params): string => named(params, 'RoleName', 64, /^[A-Za-z0-9.-]*$/);

/** The name of a policy: 1 to 128 letters, digits and dashes. @throws RamError 400 */
export const policyName = (params: Params): string => named(params, 'PolicyName', 128, /^[A-Za-z0-9-]*$/);

function named(params: Params, parameter: string, longest: number, allowed: RegExp): string {
  const name = required(params, parameter);
  if (name.length > longest) throw invalidParameter(parameter, 'Length');
  if (!allowed.test(name)) throw invalidParameter(parameter, 'InvalidChars');
  return name;
}

/** @throws RamError 400 if it is neither System nor Custom */
export function policyType({ PolicyType = '' }: Params): PolicyType {
  if (PolicyType === 'System' || PolicyType === 'Custom') return PolicyType;
  throw new RamError(400, 'InvalidParameter.PolicyType', 'The parameter - "PolicyType" is incorrect.');
}

/** A text of a limited length. Absent: an empty one. @throws RamError 400 */
export function text(params: Params, name: string, longest: number): string {
  const value = params[name] ?? '';
  if (value.length > longest) throw invalidParameter(name, 'Length');
  return value;
}

/** The longest document of a permission policy, in characters (RAM's documentation). Guessed: that of a trust policy. */
export const longestDocument = { policy: 6_144, trust: 2_048 } as const;

/** @throws RamError 400 if it is absent or empty */
export function required(params: Params, name: string): string {
  const value = params[name] ?? '';
  if (value !== '') return value;
  throw new RamError(
    400,
    `MissingParameter.${name}`,
    `The parameter - "${name}" is mandatory for this action.`,
  );
}

/** One page of a list: `MaxItems` (1 to 1,000; 100 if absent) from `Marker` on. @throws RamError 400 */
export function pageOf<Item>(
  items: readonly Item[],
  params: Params,
): { page: readonly Item[]; rest: { IsTruncated: boolean; Marker?: string } } {
  const size = Number(params['MaxItems'] ?? '100');
  if (!Number.isInteger(size) || size < 1 || size > 1_000) throw invalidParameter('MaxItems', 'Format');
  const start = Number(params['Marker'] ?? '0');
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('Marker', 'Format');
  const end = start + size;
  const isTruncated = end < items.length;
  return {
    page: items.slice(start, end),
    rest: { IsTruncated: isTruncated, ...(isTruncated ? { Marker: String(end) } : {}) },
  };
}
