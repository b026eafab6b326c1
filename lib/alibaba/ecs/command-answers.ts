// Reads ECS's answers about the runs of commands.
import * as v from 'valibot';
import type { CommandResult } from '../../ports.ts';
import { nextOf, readable, readPage, text, textIfAny, token, type Page } from './answers.ts';

/** How a command went on one instance. */
export interface Run {
  instanceId: string;
  result: CommandResult;
}

const resultPage = v.object({
  Invocation: v.object({
    InvocationResults: v.nullish(v.object({ InvocationResult: v.nullish(v.array(v.unknown())) })),
    NextToken: token,
  }),
});

/** NaN for an exit code that is not a number: it is not 0. */
const exitCode = v.pipe(
  v.unknown(),
  v.transform((value) => {
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
  }),
);

const run = v.object({
  InstanceId: text,
  InvocationStatus: v.fallback(v.string(), ''),
  StartTime: textIfAny,
  ExitCode: v.optional(exitCode),
  Output: textIfAny,
  ErrorCode: textIfAny,
  ErrorInfo: textIfAny,
});

/** The statuses of a run that has not ended. The empty one stands for a status that cannot be read. */
const underWay: readonly string[] = ['Pending', 'Running', 'Scheduled', 'Stopping', ''];

/**
 * The codes of an Aborted run that the agent never received, by the documentation of DescribeInvocationResults: Aborted means
 * that the command could not be sent to the instance within a minute, and each of these says why. A code that is not listed
 * proves nothing: the command may have run.
 */
const undelivered: readonly (string | undefined)[] = [
  'ClientNotRunning',
  'ClientNotResponse',
  'ClientIsUpgrading',
  'ClientNeedUpgrade',
  'DeliveryTimeout',
  'InstanceNotRunning',
];

/** How much of the output is kept, in code points: rows are for people. */
const keptOutput = 400;

/**
 * Reads a page of DescribeInvocationResults. A result without an instance is left out.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readResultPage(body: unknown): Page<Run[]> {
  const { Invocation } = readPage(resultPage, body, 'DescribeInvocationResults');
  const results = Invocation.InvocationResults?.InvocationResult ?? [];
  const items = readable(run, results).map((read) => ({
    instanceId: read.InstanceId,
    result: resultOf(read),
  }));
  return { items, ...nextOf(Invocation.NextToken) };
}

function resultOf(read: v.InferOutput<typeof run>): CommandResult {
  const { InvocationStatus, ExitCode, Output = '', ErrorCode, ErrorInfo } = read;
  if (underWay.includes(InvocationStatus)) return { kind: 'running' };
  if (ErrorCode !== undefined && isUndelivered(read)) return { kind: 'undelivered', errorCode: ErrorCode };
  const error = [ErrorCode, ErrorInfo].filter((words) => words !== undefined).join(': ');
  return {
    kind: 'over',
    isSuccess: InvocationStatus === 'Success' && (ExitCode ?? 0) === 0,
    status: InvocationStatus,
    ...(ExitCode === undefined || Number.isNaN(ExitCode) ? {} : { exitCode: ExitCode }),
    output: lastOf(decoded(Output), keptOutput),
    ...(error === '' ? {} : { error }),
  };
}

/** An exit code, an output or a time of its start would be a sign that it ran. */
function isUndelivered(read: v.InferOutput<typeof run>): boolean {
  const { InvocationStatus, ErrorCode, ExitCode = 0, Output, StartTime } = read;
  const hasSign = ExitCode !== 0 || Output !== undefined || StartTime !== undefined;
  return InvocationStatus === 'Aborted' && undelivered.includes(ErrorCode) && !hasSign;
}

/**
 * The text of Base64. ECS cuts the output after a number of bytes, not of characters. A character that is cut at either end
 * is left out.
 */
function decoded(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const isTail = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
  let start = 0;
  while (start < 3 && isTail(bytes[start])) start += 1;
  return new TextDecoder().decode(bytes.subarray(start), { stream: true });
}

function lastOf(text: string, count: number): string {
  return Array.from(text).slice(-count).join('');
}
