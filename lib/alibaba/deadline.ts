// A deadline of our own around every call to an SDK: Tablestore's client leaves a promise pending for ever when an
// answer is cut off or stalls, and the ECS client's timeouts do not cover an answer that trickles.

/** The call took longer than it may; whether it had an effect is not known. */
export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/**
 * The promise's result, if it comes within `ms` milliseconds.
 * @throws DeadlineExceeded, naming `what`, otherwise. The call itself can't be called off and may still have its effect.
 */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(`${what} gave no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
