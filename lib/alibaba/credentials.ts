// Whose name the calls are made in: the function's role inside Function Compute, the default chain of
// @alicloud/credentials (environment, ~/.alibabacloud, instance role) elsewhere.

export interface Credentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Present with temporary credentials, as a role's are. */
  securityToken?: string;
}

/** The default chain, for commands outside Function Compute. Loaded only when asked for: functions never need it. */
export async function defaultCredentials(): Promise<Credentials> {
  const { DefaultCredentialsProvider } = await import('@alicloud/credentials');
  const { accessKeyId, accessKeySecret, securityToken } = await DefaultCredentialsProvider.builder()
    .build()
    .getCredentials();
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}
