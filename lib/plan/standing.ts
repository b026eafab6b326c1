// What stands in the way of the planner as a whole, and is no news of a plan. People are told once that it began, and once that
// it is over.
import { functionNames, type FunctionName } from './run-values.ts';
import type { Statement } from './statement.ts';

/** What it can be. The most urgent come first. */
export const standingKinds = [
  /** The plan function cannot read a region. */
  'region-unread',
  /** A function does not run. */
  'function-silent',
  /** A person stopped everything, and plans that are due wait for that. */
  'emergency-stop',
] as const;

/** The kind of one of them. */
export type StandingKind = (typeof standingKinds)[number];

/** Where it stands. `regionId`: absent for all regions. */
export type StandingPlace =
  | { kind: 'region-unread'; regionId: string }
  | { kind: 'function-silent'; regionId: string; functionName: FunctionName }
  | { kind: 'emergency-stop'; regionId?: string };

/** One of them, and what is said of it: a sentence of ours, or words of a service. */
export type Standing = StandingPlace & ({ why: Statement } | { message: string });

/** What a run saw: what stands in the way now, and what does not. Of all else it knows nothing. */
export interface StandingSeen {
  /** The function whose run it is. */
  functionName: FunctionName;
  standing: readonly Standing[];
  /** Keys. */
  over: readonly string[];
  /** True where the run could do nothing, because no region could be read. */
  isNothingDone: boolean;
}

/** Tells them apart, as in `function-silent cn-hangzhou plan`. What is known of the channels keeps it. */
export function standingKey(place: StandingPlace): string {
  switch (place.kind) {
    case 'region-unread':
      return `${place.kind} ${place.regionId}`;
    case 'function-silent':
      return `${place.kind} ${place.regionId} ${place.functionName}`;
    case 'emergency-stop':
      return `${place.kind} ${place.regionId ?? '*'}`;
  }
}

/** The place that a key names; undefined for a text that is none. */
export function placeOfKey(key: string): StandingPlace | undefined {
  const [kind, regionId = '', name] = key.split(' ');
  if (regionId === '') return undefined;
  switch (kind) {
    case 'region-unread':
      return { kind, regionId };
    case 'function-silent': {
      const functionName = functionNames.find((one) => one === name);
      return functionName === undefined ? undefined : { kind, regionId, functionName };
    }
    case 'emergency-stop':
      return regionId === '*' ? { kind } : { kind, regionId };
    default:
      return undefined;
  }
}
