// The older signature style: HMAC-SHA1 over the sorted parameters, which are in the query or in a form body. All
// answers are JSON, so Format=XML is refused. Without a Format, the answer is JSON.
import { createHmac } from 'node:crypto';
import { EcsError } from '../core/ecs-errors.ts';
import { demand } from './claim.ts';
import { canonicalQuery, percentEncode } from './percent.ts';
import type { Claim } from './claim.ts';
import type { WireRequest } from './request.ts';

/** Parameters of the signature style, not of the action. */
const own = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
]);

/** Reads the claim. Throws 400 with Missing…, or with a code that names what is not supported. */
export function rpcClaim(request: WireRequest): Claim {
  // A form field replaces the same field of the query, in the signature too. The Python SDK signs like this.
  const all = new Map([...request.query, ...request.form]);
  const fields = [...all];
  const accessKeyId = demand(all.get('AccessKeyId'), 'MissingAccessKeyId', 'AccessKeyId');
  checkStyle(all);
  const signed = fields.filter(([name]) => name !== 'Signature');
  return {
    action: demand(all.get('Action'), 'MissingParameter', 'Action'),
    version: demand(all.get('Version'), 'MissingParameter', 'Version'),
    params: Object.fromEntries(fields.filter(([name]) => !own.has(name))),
    accessKeyId,
    securityToken: all.get('SecurityToken'),
    timestamp: demand(all.get('Timestamp'), 'MissingTimestamp', 'Timestamp'),
    nonce: demand(all.get('SignatureNonce'), 'MissingSignatureNonce', 'SignatureNonce'),
    signature: demand(all.get('Signature'), 'MissingSignature', 'Signature'),
    stringToSign: rpcStringToSign(request.method, signed),
    expectedSignature: (secret) => rpcSignature(request.method, signed, secret),
  };
}

/** Signs the fields, which must not contain `Signature` itself. Returns the signature in base64. */
export function rpcSignature(
  method: string,
  fields: readonly (readonly [string, string])[],
  secret: string,
): string {
  return createHmac('sha1', `${secret}&`).update(rpcStringToSign(method, fields)).digest('base64');
}

function rpcStringToSign(method: string, fields: readonly (readonly [string, string])[]): string {
  return `${method}&${percentEncode('/')}&${percentEncode(canonicalQuery(fields))}`;
}

function checkStyle(all: ReadonlyMap<string, string>): void {
  const expectations = [
    ['Format', 'JSON'],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
  ] as const;
  for (const [name, value] of expectations) {
    if ((all.get(name) ?? value).toUpperCase() !== value) {
      throw new EcsError(400, `InvalidParameter.${name}`, `The local cloud supports only ${name}=${value}.`);
    }
  }
}
