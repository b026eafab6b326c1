// The complete official clients, opened as their documentation says. The baselines use them.
import ecs from '@alicloud/ecs20140526';
import openApi from '@alicloud/openapi-client';
import TableStore from 'tablestore';

/** The part of Function Compute's context that the baselines use. */
export interface Context {
  region: string;
  credentials: { accessKeyId: string; accessKeySecret: string };
}

/** ECS's official client. */
export type EcsClient = InstanceType<typeof ecs.default>;

/** Opens the ECS client of one region. */
export function ecsClient({ region, credentials }: Context): EcsClient {
  const { host, protocol } = new URL(process.env['ECS_ENDPOINT'] ?? '');
  // The two packages have two classes with the same shape. The documentation passes one for the other, too.
  const config: unknown = new openApi.Config({
    ...credentials,
    regionId: region,
    endpoint: host,
    protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
  });
  return new ecs.default(config as ConstructorParameters<typeof ecs.default>[0]);
}

/** Opens the Tablestore client. */
export function tablestoreClient({ credentials }: Context): TableStore.Client {
  return new TableStore.Client({
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.accessKeySecret,
    endpoint: process.env['TABLESTORE_ENDPOINT'] ?? '',
    instancename: process.env['TABLESTORE_INSTANCE'] ?? '',
  });
}

/** Waits for this number of milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
