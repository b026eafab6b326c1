// Where the conformance suites run: against the local cloud, or against the endpoints that the environment names.
// test/in-process/README.md describes the variables.

export interface Key {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

export interface EcsEndpoint {
  /** With scheme. */
  endpoint: string;
  regionId: string;
  key: Key;
  /** May get simulated events, which are cancelled again. */
  instanceId?: string;
  /** May be restarted. */
  rebootInstanceId?: string;
}

export interface TablestoreEndpoint {
  /** With scheme. */
  endpoint: string;
  instance: string;
  key: Key;
}

/** Absent means the local cloud. */
export interface ConformanceTargets {
  ecs?: EcsEndpoint;
  tablestore?: TablestoreEndpoint;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ecsNames = ['CONFORMANCE_ECS_ENDPOINT', 'CONFORMANCE_ECS_REGION'] as const;
const instanceNames = ['CONFORMANCE_ECS_INSTANCE_ID', 'CONFORMANCE_ECS_REBOOT_INSTANCE_ID'] as const;
const tablestoreNames = ['CONFORMANCE_TABLESTORE_ENDPOINT', 'CONFORMANCE_TABLESTORE_INSTANCE'] as const;
const keyNames = ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'] as const;

/**
 * Reads the variables. The variables of a service are set all or none; the key pair is needed if any is set.
 * @throws Error with one line per fault
 */
export function conformanceTargets(environment: Environment): ConformanceTargets {
  const valueOf = (name: string): string => environment[name]?.trim() ?? '';
  const isSet = (name: string): boolean => valueOf(name) !== '';
  const wantsEcs = [...ecsNames, ...instanceNames].some(isSet);
  const wantsTablestore = tablestoreNames.some(isSet);
  const needed = [
    ...(wantsEcs ? ecsNames : []),
    ...(wantsTablestore ? tablestoreNames : []),
    ...(wantsEcs || wantsTablestore ? keyNames : []),
  ];
  const faults = [
    ...unknownNames(environment).map((name) => `${name} is not a variable of the conformance suites.`),
    ...needed.filter((name) => !isSet(name)).map((name) => `${name} is missing, expected a value.`),
    ...needed
      .filter((name) => name.endsWith('_ENDPOINT') && isSet(name) && !isUrl(valueOf(name)))
      .map(
        (name) => `${name} is "${valueOf(name)}", expected a URL as in https://ecs.cn-hangzhou.aliyuncs.com.`,
      ),
  ];
  if (faults.length > 0) {
    throw new Error(`The conformance suites cannot run:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  }
  const [accessKeyId, accessKeySecret] = keyNames.map(valueOf) as [string, string];
  const securityToken = valueOf('ALIBABA_CLOUD_SECURITY_TOKEN');
  const key: Key = { accessKeyId, accessKeySecret, ...(securityToken === '' ? {} : { securityToken }) };
  const [instanceId, rebootInstanceId] = instanceNames.map(valueOf) as [string, string];
  return {
    ...(wantsEcs && {
      ecs: {
        endpoint: valueOf('CONFORMANCE_ECS_ENDPOINT'),
        regionId: valueOf('CONFORMANCE_ECS_REGION'),
        key,
        ...(instanceId !== '' && { instanceId }),
        ...(rebootInstanceId !== '' && { rebootInstanceId }),
      },
    }),
    ...(wantsTablestore && {
      tablestore: {
        endpoint: valueOf('CONFORMANCE_TABLESTORE_ENDPOINT'),
        instance: valueOf('CONFORMANCE_TABLESTORE_INSTANCE'),
        key,
      },
    }),
  };
}

/** What this process was started with. Suites that import it fail with the faults of the variables. */
export const targets = conformanceTargets(process.env);

/** A misspelt variable must not let the suites pass against the local cloud. */
function unknownNames(environment: Environment): string[] {
  const known: readonly string[] = [...ecsNames, ...instanceNames, ...tablestoreNames];
  return Object.keys(environment).filter((name) => name.startsWith('CONFORMANCE_') && !known.includes(name));
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\//.test(text);
}
