// The errors of the Node SDK, taken apart.
import { TablestoreError } from '../core/ots-errors.ts';

/** A length of 128 bytes or more is two bytes of which the first is no UTF-8. */
const BROKEN_BYTE = '\ufffd';

/** The client puts the error's protobuf bytes into the message: a code, a message, and then the request id. */
export function parseSdkError(error: unknown): TablestoreError {
  const { code: status, message: text } = error as { code: unknown; message: string };
  const code = /OTS[A-Za-z]+/.exec(text)?.[0];
  if (typeof status !== 'number' || code === undefined) throw error;
  const [body = ''] = text.slice(text.indexOf(code) + code.length + 1).split(' requestId:');
  return new TablestoreError(status, code, body.slice(body.startsWith(BROKEN_BYTE) ? 2 : 1));
}
