// InvokeCommand: runs a command once, immediately. Left out: runs by a schedule or at a reboot, containers, users,
// OSS, and instances by tag.
import { EcsError, invalidParameter } from '../ecs-errors.ts';
import { beginRun } from '../command-life.ts';
import { customParameters } from '../custom-parameters.ts';
import { idempotent } from '../idempotency.ts';
import { integer, list, optional, refuseUnbuilt, region, required } from '../params.ts';
import type { Params } from '../params.ts';
import type { Instance, Account } from '../account.ts';

const unbuilt = [
  'ContainerId',
  'ContainerName',
  'Frequency',
  'Launcher',
  'OssOutputDelivery',
  'ResourceGroupId',
  'ResourceTag',
  'Tag',
  'TerminationMode',
  'Username',
  'WindowsPasswordName',
  'WorkingDir',
];

/** Starts one run per instance: on all instances, or on none. */
export const invokeCommand = idempotent('InvokeCommand', (account, call) => {
  const { params } = call;
  const regionId = region(account, params);
  const commandId = required(params, 'CommandId');
  refuseUnbuilt(params, unbuilt);
  if ((optional(params, 'RepeatMode') ?? 'Once') !== 'Once') throw invalidParameter('RepeatMode', 'Once');
  // "The value must be at least 10 seconds."
  const timeout = integer(params, 'Timeout', 10, 2 ** 31 - 1);
  const command = account.commands.get(commandId);
  if (command === undefined || (command.regionId ?? regionId) !== regionId) {
    throw new EcsError(404, 'InvalidCmdId.NotFound', 'The specified command ID does not exist.');
  }
  const parameters = customParameters(params, command.parameters);
  const instances = instancesOf(account, params, regionId);
  const invokeId = `t-local${account.count('invocation').toString().padStart(15, '0')}`;
  const timeoutMs = timeout === undefined ? command.timeoutMs : timeout * 1000;
  for (const instance of instances) {
    beginRun(account, command, instance, call, { invokeId, parameters, timeoutMs });
  }
  return { InvokeId: invokeId };
});

// The codes of Cloud Assistant differ from those of ECS: InvalidInstance instead of InvalidInstanceId.
function instancesOf(account: Account, params: Params, regionId: string): Instance[] {
  const ids = list(params, 'InstanceId', Infinity);
  if (ids === undefined) {
    throw new EcsError(400, 'MissingParam.InstanceId', 'The parameter instanceId is missing or empty.');
  }
  if (ids.length > 100) {
    throw new EcsError(403, 'InstanceIds.ExceedLimit', 'The number of instance IDs exceeds the upper limit.');
  }
  return [...new Set(ids)].map((id) => {
    const instance = account.instance(id);
    if (instance?.regionId !== regionId) {
      throw new EcsError(404, 'InvalidInstance.NotFound', 'The specified instance does not exist.');
    }
    if (instance.status !== 'Running' && account.options.commandToStopped === 'refused') {
      throw new EcsError(
        403,
        'InvalidInstance.NotMatch',
        'The specified instance type does not match the command.',
      );
    }
    return instance;
  });
}
