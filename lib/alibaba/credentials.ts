// The key that signs the calls. Inside Function Compute it belongs to the function's role. Elsewhere it comes from the
// default chain of @alicloud/credentials: environment, ~/.alibabacloud, instance role.

/** Credentials for one invocation. Temporary ones have a security token. */
export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Only with temporary credentials, such as a role's. */
  securityToken?: string;
}

/** The default chain, for commands outside Function Compute. The package is loaded here, because functions never need it. */
export async function defaultCredentials(): Promise<Credentials> {
  const { DefaultCredentialsProvider } = await import('@alicloud/credentials');
  const { accessKeyId, accessKeySecret, securityToken } = await DefaultCredentialsProvider.builder()
    .build()
    .getCredentials();
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}
