// The event filters that DescribeInstanceHistoryEvents and DescribeInstancesFullStatus share.
import { tooManyEventIds } from './event-read-errors.ts';
import { list, optional, range } from './params.ts';
import type { Params } from './params.ts';
import type { SystemEvent } from './account.ts';

/** A filter of events. */
export interface EventFilter {
  matches: (event: SystemEvent) => boolean;
  /** False if the call has no such filter: then every event matches. */
  isGiven: boolean;
}

/**
 * Filters by EventId.N, InstanceEventType.N (which overrides EventType), NotBefore and EventPublishTime. An Inquiring event
 * has no NotBefore, so a filter for NotBefore leaves it out.
 */
export function eventFilter(params: Params): EventFilter {
  const ids = list(params, 'EventId', 100, tooManyEventIds);
  const types = list(params, 'InstanceEventType', 30) ?? optionalAsList(params, 'EventType');
  const notBefore = range(params, 'NotBefore');
  const published = range(params, 'EventPublishTime');
  return {
    matches: (event) =>
      (ids === undefined || ids.includes(event.id)) &&
      (types === undefined || types.includes(event.type)) &&
      (notBefore === undefined || (event.status !== 'Inquiring' && notBefore(event.notBefore))) &&
      (published === undefined || published(event.publishTime)),
    isGiven: [ids, types, notBefore, published].some((filter) => filter !== undefined),
  };
}

/** A single parameter as a list with one element, for parameters that exist in both forms. */
export function optionalAsList(params: Params, name: string): string[] | undefined {
  const value = optional(params, name);
  return value === undefined ? undefined : [value];
}
