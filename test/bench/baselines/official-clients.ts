// The official clients whole, as their own documentation opens them: what the baselines are made with.
import ecs from '@alicloud/ecs20140526';
import openApi from '@alicloud/openapi-client';
import TableStore from 'tablestore';

/** The part of Function Compute's context that the baselines use. */
export interface Context {
  region: string;
  credentials: { accessKeyId: string; accessKeySecret: string };
}

export type EcsClient = InstanceType<typeof ecs.default>;

/** ECS's client of one region. */
export function ecsClient({ region, credentials }: Context): EcsClient {
  const { host, protocol } = new URL(process.env['ECS_ENDPOINT'] ?? '');
  // Two packages, two classes of one shape: this is what that documentation does.
  const config: unknown = new openApi.Config({
    ...credentials,
    regionId: region,
    endpoint: host,
    protocol: protocol === 'http:' ? 'HTTP' : 'HTTPS',
  });
  return new ecs.default(config as ConstructorParameters<typeof ecs.default>[0]);
}

/** Tablestore's client. */
export function tablestoreClient({ credentials }: Context): TableStore.Client {
  return new TableStore.Client({
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.accessKeySecret,
    endpoint: process.env['TABLESTORE_ENDPOINT'] ?? '',
    instancename: process.env['TABLESTORE_INSTANCE'] ?? '',
  });
}

/** Waits so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
