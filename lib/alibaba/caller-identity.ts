// Whose key it is: GetCallerIdentity of STS. It needs no permission (help.aliyun.com, GetCallerIdentity, 2015-04-01).
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import * as v from 'valibot';
import { ConfigurationError, messageOf } from '../failures.ts';
import { shown } from '../plan/fault.ts';
import { withoutSecrets } from '../secrets.ts';
import { maskOf, type Credentials } from './credentials.ts';
import { within } from './deadline.ts';
import { readFault } from './ecs/error-codes.ts';
import { openSdkClient, rpcAction } from './sdk-client.ts';

/** The endpoint for all accounts of a site, in every region. */
const publicEndpoint = 'https://sts.aliyuncs.com';

/** A person waits for the answer, and a decision does not depend on it. */
const deadlineMs = 5_000;

/** The end of an ARN: `user/admin`, `root`, or `assumed-role/ROLE/SESSION`. */
const schema = v.object({ Arn: v.pipe(v.string(), v.regex(/^acs:ram::\d+:.+$/)) });

/** Who has the key, and whose account it is. */
export type Caller =
  | { ok: true; accountId: string; name: string }
  /** `code` is that of STS; absent where STS gave no answer. */
  | { ok: false; message: string; code?: string };

/** What came of the question. */
export type CallerIdentity = { ok: true; name: string } | { ok: false; message: string };

/** Where STS is called. */
export interface StsTarget {
  protocol: string;
  host: string;
}

/**
 * Reads the endpoint. Undefined or empty: the public one.
 * @throws ConfigurationError if the text is no URL
 */
export function stsTarget(endpoint: string | undefined): StsTarget {
  const text = endpoint?.trim() ?? '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (text === '') return new URL(publicEndpoint);
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/') return url;
  const expected = 'an endpoint of STS with its scheme, as in https://sts-vpc.cn-hangzhou.aliyuncs.com';
  throw new ConfigurationError([{ what: 'STS_ENDPOINT', value: shown(text), expected }]);
}

/** Asks once whose key it is. The name is `user/admin`, `root`, or `assumed-role/ROLE/SESSION`. */
export async function callerIdentity(target: StsTarget, credentials: Credentials): Promise<CallerIdentity> {
  const caller = await callerOf(target, credentials);
  return caller.ok ? { ok: true, name: caller.name } : caller;
}

/** The same, with the id of the account. */
export async function callerOf({ protocol, host }: StsTarget, credentials: Credentials): Promise<Caller> {
  const client = openSdkClient(
    { protocol, host, regionId: 'cn-hangzhou', timeoutMs: deadlineMs },
    credentials,
  );
  const params = rpcAction('GetCallerIdentity', '2015-04-01');
  const own = new RuntimeOptions({ extendsParameters: { headers: { connection: 'close' } } });
  try {
    const call = client.callApi(params, new $OpenApiUtil.OpenApiRequest({}), own);
    const answer = await within(deadlineMs, 'STS GetCallerIdentity', call);
    const read = v.safeParse(schema, answer['body']);
    if (!read.success) return { ok: false, message: 'STS named no Arn' };
    const [, , , accountId = '', ...name] = read.output.Arn.split(':');
    return { ok: true, accountId, name: name.join(':') };
  } catch (thrown) {
    const message = messageOf(withoutSecrets(thrown, maskOf(credentials))).replace(/\.$/, '');
    const { code, status } = readFault(thrown);
    return { ok: false, message, ...(code === undefined || status === undefined ? {} : { code }) };
  }
}
