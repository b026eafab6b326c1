// Calls that ECS refuses whatever the account has: they are wrong, or name something that cannot exist. Nothing can come of
// them, so they are safe at every endpoint.
import type { EcsAction, EcsParameters } from '../../lib/alibaba/ecs/api.ts';
import { eventStatuses } from '../../lib/plan/event.ts';

export type AnyCall = { [A in EcsAction]: [A, EcsParameters[A]] }[EcsAction];

/** What is refused, the call, and the HTTP status, code and message of the answer. */
export type Refusal = [name: string, call: AnyCall, status: number, code: string, message: string];

const missing = (name: string): string =>
  `The input parameter "${name}" that is mandatory for processing this request is not supplied.`;
const invalid = (name: string, expected: string): string =>
  `The specified parameter "${name}" is not valid: expected ${expected}.`;

/** Refused at every endpoint. The messages are the local cloud's. */
export function refusalsIn(regionId: string): Refusal[] {
  const ids = Array.from({ length: 101 }, (_, index) => `e-${index}`);
  const list = { regionId, instanceEventCycleStatus: [...eventStatuses], maxResults: 10 };
  const instances = { regionId, instanceIds: '["i-0"]', maxResults: 100 };
  const atMost100 = 'at most 100 values';
  const positive = 'an integer from 1 to 2147483647';
  return [
    [
      'a restart of an instance that does not exist',
      ['RebootInstance', { instanceId: 'i-9', forceStop: false }],
      404,
      'InvalidInstanceId.NotFound',
      'The specified InstanceId does not exist: i-9.',
    ],
    [
      'a restart without an instance',
      ['RebootInstance', { instanceId: '', forceStop: false }],
      400,
      'MissingParameter',
      missing('InstanceId'),
    ],
    [
      'a read without a region',
      ['DescribeInstanceHistoryEvents', { ...list, regionId: '' }],
      400,
      'MissingParameter',
      missing('RegionId'),
    ],
    [
      'a region that does not exist',
      ['DescribeInstances', { ...instances, regionId: 'cn-nowhere' }],
      404,
      'InvalidRegionId.NotFound',
      'The specified RegionId does not exist in our records.',
    ],
    [
      'ids that are not a JSON list',
      ['DescribeInstances', { ...instances, instanceIds: '"i-0"' }],
      400,
      'InvalidInstanceIds.Malformed',
      'The specified InstanceIds is malformed: expected a JSON array of strings.',
    ],
    [
      'more than 100 ids of instances',
      ['DescribeInstances', { ...instances, instanceIds: JSON.stringify(ids) }],
      400,
      'InvalidInstanceIds.Malformed',
      'The specified InstanceIds is malformed: expected at most 100 ids.',
    ],
    [
      'more than 100 ids of events',
      ['DescribeInstanceHistoryEvents', { ...list, eventId: ids }],
      400,
      'InvalidParameter.EventId',
      invalid('EventId', atMost100),
    ],
    [
      'the windows of more than 100 instances',
      ['DescribeInstanceMaintenanceAttributes', { regionId, instanceId: ids, pageSize: 100 }],
      400,
      'InvalidParameter.InstanceId',
      invalid('InstanceId', atMost100),
    ],
    [
      'O&M windows without a region',
      ['DescribePlanMaintenanceWindows', { regionId: '', maxResults: 100 }],
      400,
      'MissingParameter',
      missing('RegionId'),
    ],
    [
      'a page without rows',
      ['DescribeInstanceHistoryEvents', { ...list, maxResults: 0 }],
      400,
      'InvalidParameter.MaxResults',
      invalid('MaxResults', positive),
    ],
    [
      'a page with half a row',
      ['DescribeInstances', { ...instances, maxResults: 2.5 }],
      400,
      'InvalidParameter.MaxResults',
      invalid('MaxResults', positive),
    ],
    [
      'a token that ECS did not give',
      ['DescribeInstanceHistoryEvents', { ...list, nextToken: 'nonsense' }],
      400,
      'InvalidParameter.NextToken',
      invalid('NextToken', 'the NextToken of an earlier answer to the same query'),
    ],
  ];
}
