// The errors that this project throws on purpose. Outcomes that code branches on are unions, not errors.
import type { Fault } from './plan/fault.ts';
import { maskNamed } from './secrets.ts';
import { faultText } from './wording/fault.ts';

/** The configuration is wrong. The message lists every fault. A command that gets this error exits with code 2. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faultList('The configuration is wrong:', faults));
    this.faults = faults;
  }
}

/** Says several faults: the heading, then one line per fault. */
export function faultList(heading: string, faults: readonly Fault[]): string {
  return [heading, ...faults.map((fault) => `- ${faultText(fault)}`)].join('\n');
}

/** A read from ECS failed and will not be tried again in this invocation. Nothing is known about what it asked for. */
export class EcsReadFailed extends Error {
  override readonly name = 'EcsReadFailed';
}

/** A read from Tablestore failed and will not be tried again in this invocation. Nothing is known about the rows. */
export class StoreReadFailed extends Error {
  override readonly name = 'StoreReadFailed';
}

/** True for errors that are thrown on purpose. Their message says everything, so a log line needs no stack. */
export function isExpected(thrown: unknown): boolean {
  return (
    thrown instanceof ConfigurationError ||
    thrown instanceof EcsReadFailed ||
    thrown instanceof StoreReadFailed
  );
}

/** Where Alibaba's HTTP client writes the call right after the words of Node, as in `ENOTFOUND sts.aliyuncs.comPOST https://…`. */
const gluedCall = /(?<=\S)(?=(?:GET|POST|PUT|DELETE) https?:\/\/)/g;

/**
 * The message of anything that was thrown; things that are not errors are converted to text. What has the name of a secret is
 * masked, because the messages of services and SDKs echo what was sent to them.
 */
export function messageOf(thrown: unknown): string {
  return maskNamed(thrown instanceof Error ? thrown.message : String(thrown)).replace(gluedCall, ': ');
}
