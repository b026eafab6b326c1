// The event filters that DescribeInstanceHistoryEvents and DescribeInstancesFullStatus share.
import { list, optional, range } from './params.ts';
import type { Params } from './params.ts';
import type { SystemEvent } from './account.ts';

/** Filters by EventId.N, InstanceEventType.N (which overrides EventType), NotBefore and EventPublishTime. */
export function eventFilter(params: Params): (event: SystemEvent) => boolean {
  const ids = list(params, 'EventId', 100);
  const types = list(params, 'InstanceEventType', 30) ?? optionalAsList(params, 'EventType');
  const notBefore = range(params, 'NotBefore');
  const published = range(params, 'EventPublishTime');
  return (event) =>
    (ids === undefined || ids.includes(event.id)) &&
    (types === undefined || types.includes(event.type)) &&
    (notBefore === undefined || notBefore(event.notBefore)) &&
    (published === undefined || published(event.publishTime));
}

/** A single parameter as a list with one element, for parameters that exist in both forms. */
export function optionalAsList(params: Params, name: string): string[] | undefined {
  const value = optional(params, name);
  return value === undefined ? undefined : [value];
}
