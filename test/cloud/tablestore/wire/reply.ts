// Answers on the wire. The Python and Java SDKs refuse a response without these headers, or with a wrong digest, date
// or signature. The Node SDK checks none of them.
import type { TablestoreError } from '../core/ots-errors.ts';
import { main } from './messages.ts';
import { contentMd5, signResponse } from './signature.ts';

/** An HTTP response. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** What the signature of a response needs. */
export interface Signing {
  operation: string;
  requestId: string;
  /** Epoch milliseconds. */
  now: number;
  /** The key of the caller. Without a known key, the response has no signature. */
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

/** The response of an error. */
export function errorReply({ status, code, message }: TablestoreError, signing: Signing): Reply {
  return signedReply(status, main.Error.encode({ code, message }).finish(), signing);
}
