// The operators of conditions that RAM documents (help.aliyun.com/zh/ram/conditional-operator), and what those mean that the
// local cloud knows. A comparison that it does not know is said, and never counts as true.
import { resembles } from './pattern.ts';

/** Every operator of RAM. */
export const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'IpAddress',
  'NotIpAddress',
] as const;
export type Operator = (typeof operators)[number];

/** Compares what a call has with one value of the policy. */
type Comparison = (had: string, wanted: string) => boolean;

const byTime =
  (holds: (had: number, wanted: number) => boolean): Comparison =>
  (had, wanted) =>
    holds(Date.parse(had), Date.parse(wanted));

/** The operators that the local cloud knows. Of a `Not…`, none of the values may fit. */
const comparisons: Partial<Record<Operator, { fits: Comparison; isNot?: true }>> = {
  StringEquals: { fits: (had, wanted) => had === wanted },
  StringNotEquals: { fits: (had, wanted) => had === wanted, isNot: true },
  StringEqualsIgnoreCase: { fits: (had, wanted) => had.toLowerCase() === wanted.toLowerCase() },
  StringNotEqualsIgnoreCase: {
    fits: (had, wanted) => had.toLowerCase() === wanted.toLowerCase(),
    isNot: true,
  },
  StringLike: { fits: (had, wanted) => resembles(wanted, had) },
  StringNotLike: { fits: (had, wanted) => resembles(wanted, had), isNot: true },
  DateLessThan: { fits: byTime((had, wanted) => had < wanted) },
  DateLessThanEquals: { fits: byTime((had, wanted) => had <= wanted) },
  DateGreaterThan: { fits: byTime((had, wanted) => had > wanted) },
  DateGreaterThanEquals: { fits: byTime((had, wanted) => had >= wanted) },
};

/** Whether what the call has meets the values. Undefined: the local cloud does not know the operator. */
export function meets(operator: Operator, had: string, values: readonly string[]): boolean | undefined {
  const comparison = comparisons[operator];
  if (comparison === undefined) return undefined;
  const isFound = values.some((wanted) => comparison.fits(had, wanted));
  return comparison.isNot === true ? !isFound : isFound;
}

/** True for an operator that a call without the key may meet. What RAM does then is not known. */
export function isNegative(operator: Operator): boolean {
  return comparisons[operator]?.isNot === true;
}
