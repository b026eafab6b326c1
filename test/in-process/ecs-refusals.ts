// Calls that ECS refuses whatever the account has: they are wrong, or name something that cannot exist. Nothing can come of
// them, so they are safe at every endpoint.
import type { EcsAction, EcsParameters } from '../../lib/alibaba/ecs/api.ts';
import { eventStatuses } from '../../lib/plan/event.ts';

export type AnyCall = { [A in EcsAction]: [A, EcsParameters[A]] }[EcsAction];

/** A call that is refused, and the answer. */
export interface Refusal {
  call: AnyCall;
  status: number;
  code: string;
  message: string;
}

const missing = (name: string): string =>
  `The input parameter "${name}" that is mandatory for processing this request is not supplied.`;
const odd = (name: string): string => `The Parameter "${name}" provided is not valid.`;
const invalid = (name: string, expected: string): string =>
  `The specified parameter "${name}" is not valid: expected ${expected}.`;

/** Refused at every endpoint. The messages are the local cloud's. */
export function refusalsIn(regionId: string): [name: string, refusal: Refusal][] {
  const ids = Array.from({ length: 101 }, (_, index) => `e-${index}`);
  const list = { regionId, instanceEventCycleStatus: [...eventStatuses], maxResults: 10 };
  const instances = { regionId, instanceIds: '["i-0"]', maxResults: 100 };
  const atMost100 = 'at most 100 values';
  const positive = 'an integer from 1 to 2147483647';
  return [
    [
      'a restart of an instance that does not exist',
      {
        call: ['RebootInstance', { instanceId: 'i-9', forceStop: false }],
        status: 404,
        code: 'InvalidInstanceId.NotFound',
        message: 'The specified InstanceId does not exist: i-9.',
      },
    ],
    [
      'a restart without an instance',
      {
        call: ['RebootInstance', { instanceId: '', forceStop: false }],
        status: 400,
        code: 'MissingParameter',
        message: missing('InstanceId'),
      },
    ],
    [
      'a read without a region',
      {
        call: ['DescribeInstanceHistoryEvents', { ...list, regionId: '' }],
        status: 404,
        code: 'MissingParameter',
        message: missing('RegionId'),
      },
    ],
    [
      'a region that does not exist',
      {
        call: ['DescribeInstances', { ...instances, regionId: 'cn-nowhere' }],
        status: 404,
        code: 'InvalidRegionId.NotFound',
        message: 'The specified RegionId does not exist in our records.',
      },
    ],
    [
      'ids that are not a JSON list',
      {
        call: ['DescribeInstances', { ...instances, instanceIds: '"i-0"' }],
        status: 400,
        code: 'InvalidInstanceIds.Malformed',
        message: 'The specified InstanceIds is malformed: expected a JSON array of strings.',
      },
    ],
    [
      'more than 100 ids of instances',
      {
        call: ['DescribeInstances', { ...instances, instanceIds: JSON.stringify(ids) }],
        status: 400,
        code: 'InvalidInstanceIds.Malformed',
        message: 'The specified InstanceIds is malformed: expected at most 100 ids.',
      },
    ],
    [
      'the health of more than 100 instances',
      {
        call: ['DescribeInstancesFullStatus', { regionId, instanceId: ids, pageSize: 100 }],
        status: 403,
        code: 'InstanceIdLimitExceeded',
        message: 'The maximum number of InstanceIds is exceeded.',
      },
    ],
    [
      'more than 100 ids of events',
      {
        call: ['DescribeInstanceHistoryEvents', { ...list, eventId: ids }],
        status: 403,
        code: 'EventIdLimitExceeded',
        message: 'The maximum number of EventIds is exceeded.',
      },
    ],
    [
      'the windows of more than 100 instances',
      {
        call: ['DescribeInstanceMaintenanceAttributes', { regionId, instanceId: ids, pageSize: 100 }],
        status: 400,
        code: 'InvalidParameter.InstanceId',
        message: invalid('InstanceId', atMost100),
      },
    ],
    [
      'O&M windows without a region',
      {
        call: ['DescribePlanMaintenanceWindows', { regionId: '', maxResults: 100 }],
        status: 400,
        code: 'MissingParameter',
        message: missing('RegionId'),
      },
    ],
    [
      'a page without rows',
      {
        call: ['DescribeInstanceHistoryEvents', { ...list, maxResults: 0 }],
        status: 403,
        code: 'InvalidParameter',
        message: odd('MaxResults'),
      },
    ],
    [
      'a page with half a row',
      {
        call: ['DescribeInstances', { ...instances, maxResults: 2.5 }],
        status: 400,
        code: 'InvalidParameter.MaxResults',
        message: invalid('MaxResults', positive),
      },
    ],
    [
      'a token that ECS did not give',
      {
        call: ['DescribeInstanceHistoryEvents', { ...list, nextToken: 'nonsense' }],
        status: 403,
        code: 'InvalidParameter',
        message: odd('NextToken'),
      },
    ],
  ];
}
