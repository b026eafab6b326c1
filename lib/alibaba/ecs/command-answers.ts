// Reads ECS's answers about the runs of commands, which are not trusted.
import * as v from 'valibot';
import type { CommandResult } from '../../ports.ts';
import { fieldsOf, nextOf, readPage, textOf, token, type Page } from './answers.ts';

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

/** The statuses of a run whose end is still to come; the empty one is of no known meaning. */
const underWay: readonly string[] = ['Pending', 'Running', 'Scheduled', 'Stopping', ''];

/** How much of the output is kept, in code points: rows are for people. */
const keptOutput = 400;

/**
 * Reads a page of DescribeInvocationResults. A result without an instance is left out.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readResultPage(body: unknown): Page<Run[]> {
  const { Invocation } = readPage(resultPage, body, 'DescribeInvocationResults');
  const items = (Invocation.InvocationResults?.InvocationResult ?? []).flatMap((item): Run[] => {
    const fields = fieldsOf(item);
    const instanceId = textOf(fields['InstanceId']);
    return instanceId === undefined ? [] : [{ instanceId, result: readResult(fields) }];
  });
  return { items, ...nextOf(Invocation.NextToken) };
}

function readResult(fields: Readonly<Record<string, unknown>>): CommandResult {
  const { ExitCode, Output, ErrorCode, ErrorInfo } = fields;
  const status = textOf(fields['InvocationStatus']) ?? '';
  if (underWay.includes(status)) return { kind: 'running' };
  const exitCode = readExitCode(ExitCode);
  const error = [textOf(ErrorCode), textOf(ErrorInfo)].filter((words) => words !== undefined).join(': ');
  return {
    kind: 'over',
    isSuccess: status === 'Success' && (exitCode ?? 0) === 0,
    status,
    ...(exitCode === undefined || Number.isNaN(exitCode) ? {} : { exitCode }),
    output: lastOf(decoded(Output), keptOutput),
    ...(error === '' ? {} : { error }),
  };
}

/** NaN for a code that is none: it is not 0. */
function readExitCode(value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : NaN;
}

/**
 * The text of Base64. ECS keeps so many bytes of the output and not so many characters: one that is cut at either end is
 * left out.
 */
function decoded(value: unknown): string {
  const bytes = Buffer.from(textOf(value) ?? '', 'base64');
  const isTail = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;
  let start = 0;
  while (start < 3 && isTail(bytes[start])) start += 1;
  return new TextDecoder().decode(bytes.subarray(start), { stream: true });
}

function lastOf(text: string, count: number): string {
  return Array.from(text).slice(-count).join('');
}
