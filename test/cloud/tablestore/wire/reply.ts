// Answers as they stand on the wire. The Python and Java SDKs refuse a response without these headers, or with a
// wrong digest, date or signature; the Node SDK looks at none of them.
import type { TablestoreError } from '../core/ots-errors.ts';
import { main } from './messages.ts';
import { contentMd5, signResponse } from './signature.ts';

/** An HTTP response. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** What a response is signed with. */
export interface Signing {
  operation: string;
  requestId: string;
  /** Epoch milliseconds. */
  now: number;
  /** Whose request it is; without a known key the response stays unsigned. */
  signer: { accessKeyId: string; secret: string } | undefined;
}

/** A response with its headers and signature. */
export function signedReply(status: number, body: Uint8Array, signing: Signing): Reply {
  const headers: Record<string, string> = {
    'x-ots-contentmd5': contentMd5(body),
    'x-ots-contenttype': 'protocol buffer',
    'x-ots-date': new Date(signing.now).toISOString(),
    'x-ots-requestid': signing.requestId,
  };
  if (signing.signer !== undefined) {
    const signature = signResponse(signing.operation, headers, signing.signer.secret);
    headers['authorization'] = `OTS ${signing.signer.accessKeyId}:${signature}`;
  }
  return { status, headers, body };
}

/** An error's response. */
export function errorReply({ status, code, message }: TablestoreError, signing: Signing): Reply {
  return signedReply(status, main.Error.encode({ code, message }).finish(), signing);
}
