// Whether a request may be served: headers, digest, access key, token, signature, instance. In this order, so that
// the first thing wrong is the one that is answered.
import { authFailed, parameterInvalid } from '../core/ots-errors.ts';
import { contentMd5, signRequest, type OtsHeaders } from './signature.ts';

/** The secret of an access key id, and the STS token without which it is void. */
export interface Credential {
  secret: string;
  token?: string;
}

/** Finds a credential by its access key id; undefined for those unknown or expired. Asked for every request. */
export type Credentials = (accessKeyId: string) => Credential | undefined;

/** Against what a request is checked. */
export interface RequestChecks {
  instance: string;
  credentials: Credentials;
  /** Epoch milliseconds. */
  now: number;
  /** Milliseconds that x-ots-date may be off (15 minutes at the service); not looked at unless given. */
  maxClockSkewMs?: number | undefined;
}

const REQUIRED = [
  'x-ots-date',
  'x-ots-apiversion',
  'x-ots-accesskeyid',
  'x-ots-contentmd5',
  'x-ots-instancename',
  'x-ots-signature',
] as const;

const API_VERSIONS = ['2015-12-31'];

function checkHeaders(headers: OtsHeaders): void {
  for (const name of REQUIRED) {
    if (headers[name] === undefined) throw parameterInvalid(`Missing header: '${name}'.`);
  }
  const version = headers['x-ots-apiversion'] ?? '';
  if (!API_VERSIONS.includes(version)) throw parameterInvalid(`Invalid API version: ${version}.`);
}

function checkDate(headers: OtsHeaders, { now, maxClockSkewMs }: RequestChecks): void {
  const text = headers['x-ots-date'] ?? '';
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw parameterInvalid(`Invalid date format: ${text}.`);
  if (maxClockSkewMs !== undefined && Math.abs(date - now) > maxClockSkewMs) {
    throw authFailed(`Mismatch between system time and x-ots-date: ${text}.`);
  }
}

/** @throws OTSParameterInvalid, OTSAuthFailed */
export function checkRequest(
  operation: string,
  headers: OtsHeaders,
  body: Uint8Array,
  checks: RequestChecks,
): void {
  checkHeaders(headers);
  checkDate(headers, checks);
  if (headers['x-ots-contentmd5'] !== contentMd5(body)) {
    throw authFailed('Mismatch between MD5 value of request body and x-ots-contentmd5 in header.');
  }
  const credential = checks.credentials(headers['x-ots-accesskeyid'] ?? '');
  if (credential === undefined) throw authFailed('The AccessKeyID does not exist.');
  if (headers['x-ots-signature'] !== signRequest(operation, headers, credential.secret)) {
    throw authFailed('Signature mismatch.');
  }
  if (headers['x-ots-ststoken'] !== credential.token) throw authFailed('The STS token is invalid.');
  if (headers['x-ots-instancename'] !== checks.instance) throw authFailed('The instance is not found.');
}
