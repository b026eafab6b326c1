// The key that signs the calls. Inside Function Compute it belongs to the function's role. Elsewhere it comes from the
// default chain of @alicloud/credentials: environment, ~/.alibabacloud, instance role.

import { ConfigurationError, messageOf } from '../failures.ts';
import { shown } from '../plan/fault.ts';
import { maskFor, type Mask } from '../secrets.ts';

/** Credentials for one invocation. Temporary ones have a security token. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Only with temporary credentials, such as a role's. */
  securityToken?: string;
}

/** A mask for these credentials. There are none in a function without a role. */
export function maskOf(credentials: Partial<Credentials> | undefined): Mask {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {};
  return maskFor([accessKeyId, accessKeySecret, securityToken].flatMap((value) => value ?? []));
}

/**
 * The key of a profile of the aliyun command, whatever key the environment names.
 * @throws ConfigurationError if it has none
 */
async function credentialsOfProfile(profile: string): Promise<Credentials> {
  const { CLIProfileCredentialsProvider } = await import('@alicloud/credentials');
  try {
    return keyOf(
      await CLIProfileCredentialsProvider.builder().withProfileName(profile).build().getCredentials(),
    );
  } catch (thrown) {
    const consequence = `The search for its key said: ${messageOf(thrown)}`;
    const expected = 'a profile of the aliyun command';
    throw new ConfigurationError([{ what: '--profile', value: shown(profile), expected, consequence }]);
  }
}

/**
 * The key of a command outside Function Compute: of the profile, if one is named, or of the default chain.
 * @throws ConfigurationError if there is none
 */
export function credentialsFor(profile: string | undefined): Promise<Credentials> {
  return profile === undefined ? defaultCredentials() : credentialsOfProfile(profile);
}

/** SDKs say "" for no token. */
function keyOf({ accessKeyId, accessKeySecret, securityToken }: Credentials): Credentials {
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}

/**
 * The default chain, for commands outside Function Compute. The package is loaded here, because functions never need it.
 * @throws ConfigurationError if no key is found
 */
async function defaultCredentials(): Promise<Credentials> {
  const { DefaultCredentialsProvider } = await import('@alicloud/credentials');
  try {
    return keyOf(await DefaultCredentialsProvider.builder().build().getCredentials());
  } catch (thrown) {
    const expected =
      'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment, or a profile of the aliyun command';
    const consequence = `The search for a key said: ${messageOf(thrown)}`;
    throw new ConfigurationError([{ what: 'The access key', expected, consequence }]);
  }
}
