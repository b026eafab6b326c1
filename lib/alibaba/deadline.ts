// A deadline of our own around every call to an SDK. Tablestore's client leaves a promise pending for ever if an answer is
// cut off or stalls. The timeouts of the ECS client do not cover an answer that arrives byte by byte.

/** The call took longer than allowed. It may or may not have had an effect. */
class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/**
 * The promise's result, if it comes within `ms` milliseconds.
 * @throws DeadlineExceeded otherwise. It names `what`. The call itself cannot be stopped and may still have its effect.
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
