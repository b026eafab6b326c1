// Converts the errors of the Node SDK.
import { TablestoreError } from '../core/ots-errors.ts';

/** A length of 128 or more takes two bytes, and the first one is not valid UTF-8. */
const BROKEN_BYTE = '\ufffd';

/**
 * Converts an error of the SDK. The SDK puts the protobuf bytes of the error into its message: a code, a message, and
 * then the request id.
 */
export function parseSdkError(error: unknown): TablestoreError {
  const { code: status, message: text } = error as { code: unknown; message: string };
  const code = /OTS[A-Za-z]+/.exec(text)?.[0];
  if (typeof status !== 'number' || code === undefined) throw error;
  const [body = ''] = text.slice(text.indexOf(code) + code.length + 1).split(' requestId:');
  return new TablestoreError(status, code, body.slice(body.startsWith(BROKEN_BYTE) ? 2 : 1));
}
