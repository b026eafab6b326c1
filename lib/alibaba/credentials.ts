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
  const { default: Credential } = await import('@alicloud/credentials');
  const model = await new Credential.default().getCredential();
  const { accessKeyId, accessKeySecret, securityToken } = model;
  return {
    accessKeyId: accessKeyId ?? '',
    accessKeySecret: accessKeySecret ?? '',
    ...(securityToken === undefined || securityToken === '' ? {} : { securityToken }),
  };
}
