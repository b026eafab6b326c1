// Where Function Compute is called.
import { ConfigurationError } from '../../failures.ts';
import { shown } from '../../plan/fault.ts';

/** Whose functions, and in which region. */
export interface FcPlace {
  accountId: string;
  region: string;
}

/**
 * The endpoint of an account in a region.
 * @param given FC_ENDPOINT; the public endpoint if it is undefined or empty
 * @throws ConfigurationError if the text is no URL
 */
export function fcTarget(given: string | undefined, { accountId, region }: FcPlace): URL {
  const text = given?.trim() ?? '';
  if (text === '') return new URL(`https://${accountId}.${region}.fc.aliyuncs.com`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/') return url;
  const expected =
    'an endpoint of Function Compute with its scheme, as in https://fcv3-vpc.cn-hangzhou.aliyuncs.com';
  throw new ConfigurationError([{ what: 'FC_ENDPOINT', value: shown(text), expected }]);
}
