// Asks ECS whether it would restart an instance: RebootInstance with DryRun=true. This is no part of EcsApi, so that the call
// that restarts has no switch, and this one has no way without DryRun.
import { $OpenApiUtil } from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import type { Credentials } from '../credentials.ts';
import { within } from '../deadline.ts';
import { openSdkClient, rpcAction } from '../sdk-client.ts';
import { ecsUrl } from './endpoints.ts';
import { readFault, type EcsFault } from './error-codes.ts';
import type { EcsTarget } from './sdk-api.ts';

/** As long as the deadline of every other call of ECS. */
const timeoutMs = 15_000;

/** The whole query. Its type admits no other value of DryRun. */
interface DryQuery {
  readonly [name: string]: string;
  readonly InstanceId: string;
  readonly ForceStop: 'false';
  readonly DryRun: 'true';
}

/** What ECS answered. It refuses every dry run, and the code says why. */
export type DryAnswer =
  | { kind: 'refused'; fault: EcsFault }
  /** ECS answered as if it had restarted the instance. No service should do that. */
  | { kind: 'accepted' };

/** Sends one dry run. It never throws. */
export async function dryReboot(
  target: EcsTarget,
  credentials: Credentials,
  { regionId, instanceId }: { regionId: string; instanceId: string },
): Promise<DryAnswer> {
  try {
    const { protocol, host } = ecsUrl(regionId, target.endpoint);
    const client = openSdkClient({ protocol, host, regionId, timeoutMs }, credentials);
    const query: DryQuery = { InstanceId: instanceId, ForceStop: 'false', DryRun: 'true' };
    const request = dryRequest(query);
    const own = new RuntimeOptions({ extendsParameters: { headers: { connection: 'close' } } });
    const sent = client.callApi(rpcAction('RebootInstance', '2014-05-26'), request, own);
    await within(timeoutMs, 'ECS RebootInstance with DryRun', sent);
    return { kind: 'accepted' };
  } catch (thrown) {
    return { kind: 'refused', fault: readFault(thrown) };
  }
}

/**
 * The request as the SDK takes it.
 * @throws Error if it would leave without DryRun=true, however that came about
 */
function dryRequest(query: DryQuery): $OpenApiUtil.OpenApiRequest {
  const request = new $OpenApiUtil.OpenApiRequest({ query });
  if (request.query?.['DryRun'] !== 'true') throw new Error('A dry run without DryRun=true is never sent.');
  return request;
}
