// The newer signature style: ACS3-HMAC-SHA256, with the call in headers. Left out: RSA, SM3, bearer tokens.
import { createHash, createHmac } from 'node:crypto';
import { EcsError } from '../core/ecs-errors.ts';
import { demand, signatureMismatch } from './claim.ts';
import { canonicalQuery } from './percent.ts';
import { header } from './request.ts';
import type { Claim } from './claim.ts';
import type { WireRequest } from './request.ts';

const algorithm = 'ACS3-HMAC-SHA256';

/** Whether the request is signed in this style. */
export function isAcs3(request: WireRequest): boolean {
  return (header(request, 'authorization') ?? '').startsWith('ACS3-');
}

/** Reads the claim. Throws 400 IncompleteSignature, SignatureDoesNotMatch or Missing… if it is malformed. */
export function acs3Claim(request: WireRequest): Claim {
  const [, accessKeyId = '', signedHeaders = '', signature = ''] =
    /^ACS3-HMAC-SHA256 +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(
      header(request, 'authorization') ?? '',
    ) ?? [];
  if (signature === '') throw incomplete(`expected ${algorithm} Credential=…,SignedHeaders=…,Signature=…`);
  const names = signedHeaders.split(';');
  checkSignedHeaders(request, names);
  const payloadHash = demand(
    header(request, 'x-acs-content-sha256'),
    'MissingParameter',
    'x-acs-content-sha256',
  );
  const bodyHash = sha256(request.body);
  const canonical = canonicalRequest(request, names, bodyHash);
  if (payloadHash !== bodyHash) throw signatureMismatch(acs3StringToSign(canonical));
  return {
    action: demand(header(request, 'x-acs-action'), 'MissingParameter', 'x-acs-action'),
    version: demand(header(request, 'x-acs-version'), 'MissingParameter', 'x-acs-version'),
    params: Object.fromEntries([...request.query, ...request.form]),
    accessKeyId,
    securityToken: header(request, 'x-acs-security-token'),
    timestamp: demand(header(request, 'x-acs-date'), 'MissingTimestamp', 'x-acs-date'),
    nonce: demand(header(request, 'x-acs-signature-nonce'), 'MissingSignatureNonce', 'x-acs-signature-nonce'),
    signature,
    stringToSign: acs3StringToSign(canonical),
    expectedSignature: (secret) => acs3Signature(canonical, secret),
  };
}

/** Signs a canonical request. Returns the signature in hexadecimal. */
function acs3Signature(canonical: string, secret: string): string {
  return createHmac('sha256', secret).update(acs3StringToSign(canonical)).digest('hex');
}

function acs3StringToSign(canonical: string): string {
  return `${algorithm}\n${sha256(Buffer.from(canonical))}`;
}

function canonicalRequest(request: WireRequest, names: readonly string[], payloadHash: string): string {
  const lines = names.map((name) => `${name}:${(header(request, name) ?? '').trim()}\n`);
  return [
    request.method,
    request.path,
    canonicalQuery(request.query),
    lines.join(''),
    names.join(';'),
    payloadHash,
  ].join('\n');
}

// Host and every x-acs- header are part of the call, so all of them must be signed.
function checkSignedHeaders(request: WireRequest, names: readonly string[]): void {
  const due = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-acs-'));
  const unsigned = due.filter((name) => !names.includes(name));
  if (unsigned.length > 0) throw incomplete(`not signed: ${unsigned.join(', ')}`);
  if (names.join(';') !== [...names].sort().join(';')) throw incomplete('SignedHeaders are not sorted');
}

function incomplete(why: string): EcsError {
  return new EcsError(
    400,
    'IncompleteSignature',
    `The request signature does not conform to Aliyun standards: ${why}.`,
  );
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
