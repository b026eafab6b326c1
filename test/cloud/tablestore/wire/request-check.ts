// Checks a request: headers, date, digest, access key, signature, token, instance and network, in this order. The answer
// names the first error.
import { INSTANCE_NAME } from '../core/limits.ts';
import { authFailed, parameterInvalid } from '../core/ots-errors.ts';
import { contentMd5, signRequest, type OtsHeaders } from './signature.ts';

/** The secret of an access key id, and the STS token that its requests must contain, if any. */
export interface Credential {
  secret: string;
  token?: string;
}

/** Finds a credential by its access key id, for every request. Undefined if the id is unknown or expired. */
export type Credentials = (accessKeyId: string) => Credential | undefined;

/** What the checks of a request need. */
export interface RequestChecks {
  instance: string;
  /** Whether the instance lets the network of the caller in. Default: yes. */
  isNetworkOpen?: (() => boolean) | undefined;
  credentials: Credentials;
  /** Epoch milliseconds. */
  now: number;
  /** How far x-ots-date may differ from `now`, in milliseconds (15 minutes in the service). Default: no check. */
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
  const instance = headers['x-ots-instancename'] ?? '';
  if (instance.length < INSTANCE_NAME.min || instance.length > INSTANCE_NAME.max) {
    throw parameterInvalid(`Invalid instance name: '${instance}'.`);
  }
}

function checkDate(headers: OtsHeaders, { now, maxClockSkewMs }: RequestChecks): void {
  const text = headers['x-ots-date'] ?? '';
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw parameterInvalid(`Invalid date format: ${text}.`);
  if (maxClockSkewMs !== undefined && Math.abs(date - now) > maxClockSkewMs) {
    throw authFailed(`Mismatch between system time and x-ots-date: ${text}.`);
  }
}

/** Checks a request. @throws OTSParameterInvalid, OTSAuthFailed */
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
  if (checks.isNetworkOpen?.() === false) throw authFailed('Request denied by instance ACL policies.');
}
