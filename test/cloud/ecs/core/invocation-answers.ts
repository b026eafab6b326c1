// The runs of commands as the JSON of DescribeInvocationResults. A missing value is an empty string. ExitCode is a
// number, so it is left out instead.
import { isUnderWay } from './command-life.ts';
import type { CommandRun, RunErrorCode } from './commands.ts';
import { isoSeconds } from './iso.ts';

/** Dropped: "The size of the text that is truncated and discarded when the Output value exceeds 24 KB". */
const outputBytes = 24 * 1024;

const infos: Record<RunErrorCode, string> = {
  '': '',
  ExitCodeNonzero: 'The command execution exit code is not zero.',
  ExecutionTimeout: 'The command execution has been timeout.',
  ExecutionException: 'The command execution got an exception.',
  ExecutionInterrupted: 'The command execution has been interrupted.',
  InstanceNotRunning: 'The specified instance was not running during task execution.',
  InstanceReleased: 'The specified instance was released during task execution.',
  ClientNotRunning: 'The aliyun service is not running on the instance.',
  ClientNotResponse: 'The aliyun service on the instance does not respond.',
  DeliveryTimeout: 'The command was not delivered to the instance in time.',
  ClientIsUpgrading: 'The aliyun service is upgrading.',
  ClientNeedUpgrade: 'The aliyun service needs to upgrade.',
};

/** InvokeRecordStatus, the older and coarser status: a run that ended by itself is Finished with any exit code. */
export function recordStatus(run: CommandRun): 'Running' | 'Finished' | 'Failed' {
  if (isUnderWay(run)) return 'Running';
  return run.exitCode === undefined ? 'Failed' : 'Finished';
}

/** An item of InvocationResults, with its output in Base64 or as plain text. */
export function invocationResultJson(run: CommandRun, encoding: 'base64' | 'utf8'): object {
  const output = Buffer.from(run.output);
  return {
    InvokeId: run.invokeId,
    CommandId: run.commandId,
    InstanceId: run.instanceId,
    InvocationStatus: run.status,
    InvokeRecordStatus: recordStatus(run),
    Repeats: run.startTime === undefined ? 0 : 1,
    StartTime: time(run.startTime),
    FinishedTime: time(run.finishTime),
    StopTime: '',
    ...(run.exitCode === undefined ? {} : { ExitCode: run.exitCode }),
    Output: output.subarray(0, outputBytes).toString(encoding),
    Dropped: Math.max(0, output.length - outputBytes),
    ErrorCode: run.errorCode,
    ErrorInfo: infos[run.errorCode],
    Username: 'root',
    Tags: { Tag: [] },
  };
}

function time(ms: number | undefined): string {
  return ms === undefined ? '' : isoSeconds(ms);
}
