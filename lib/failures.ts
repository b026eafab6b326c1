// The errors that this project throws on purpose. Outcomes that code branches on are unions, not errors.

/** The configuration or the call is wrong; the message lists every fault. Exit code 2. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** A read from ECS failed for good; nothing is known. */
export class EcsReadFailed extends Error {
  override readonly name = 'EcsReadFailed';
}

/** A read from Tablestore failed for good; nothing is known. */
export class StoreReadFailed extends Error {
  override readonly name = 'StoreReadFailed';
}

/** Whether it was thrown on purpose: then its message says all, and no stack is needed. */
export function isExpected(thrown: unknown): boolean {
  return (
    thrown instanceof ConfigurationError ||
    thrown instanceof EcsReadFailed ||
    thrown instanceof StoreReadFailed
  );
}

/** The words of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
