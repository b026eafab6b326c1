// DescribeInvocationResults, with the filters InvokeId, InstanceId, CommandId and InvokeRecordStatus. Its paging
// fields are inside Invocation, not at the top of the answer.
import { EcsError, invalidParameter } from '../ecs-errors.ts';
import { invocationResultJson, recordStatus } from '../invocation-answers.ts';
import { pageByNumber, pageByToken, usesTokens } from '../pages.ts';
import { flag, optional, refuseUnbuilt, region } from '../params.ts';
import type { Params } from '../params.ts';
import type { Action } from './action.ts';

/** "You can query execution information from the last 30 days" (description of the operation). */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** MaxResults: 1 to 50. */
const sizes = { least: 1, most: 50, beyond: 'refused' } as const;

const recordStatuses = ['Running', 'Finished', 'Success', 'Failed', 'PartialFailed', 'Stopped', 'Stopping'];

/** Lists one item per run on an instance, newest first. */
export const describeInvocationResults: Action = (account, { params, at }) => {
  const regionId = region(account, params);
  refuseUnbuilt(params, ['ResourceGroupId', 'Tag']);
  if (flag(params, 'IncludeHistory')) throw invalidParameter('IncludeHistory', 'false');
  const encoding = encodingOf(params);
  const [invokeId, instanceId, commandId, record] = [
    'InvokeId',
    'InstanceId',
    'CommandId',
    'InvokeRecordStatus',
  ].map((key) => optional(params, key));
  if (record !== undefined && !recordStatuses.includes(record)) {
    throw invalidParameter('InvokeRecordStatus', recordStatuses.join(', '));
  }
  const found = account.runs
    .filter(
      (run) =>
        run.regionId === regionId &&
        at - run.creationTime <= keptMs &&
        (invokeId === undefined || run.invokeId === invokeId) &&
        (instanceId === undefined || run.instanceId === instanceId) &&
        (commandId === undefined || run.commandId === commandId) &&
        (record === undefined || recordStatus(run) === record),
    )
    .sort((a, b) => b.order - a.order);
  const page = usesTokens(params)
    ? pageByToken(found, params, `DescribeInvocationResults/${regionId}`, ({ order }) => -order, sizes)
    : pageByNumber(found, params, 50);
  return {
    Invocation: {
      NextToken: '',
      ...page.fields,
      InvocationResults: {
        InvocationResult: page.items.map((run) => invocationResultJson(run, encoding)),
      },
    },
  };
};

function encodingOf(params: Params): 'base64' | 'utf8' {
  const encoding = optional(params, 'ContentEncoding') ?? 'Base64';
  if (encoding !== 'Base64' && encoding !== 'PlainText') {
    throw new EcsError(400, 'InvalidParameter.ContentEncoding', 'Expected PlainText or Base64.');
  }
  return encoding === 'Base64' ? 'base64' : 'utf8';
}
