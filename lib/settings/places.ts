// Whether the endpoints belong to what is called there. A service refuses a call at the wrong endpoint, so every run would
// fail, or every run of one region.
import { hostIn, regionMark, regionNamed, servesRegion } from '../alibaba/ecs/endpoints.ts';
import { shown, type Fault } from '../plan/fault.ts';
import type { ReadSettings } from './environment-schema.ts';
import { canRead } from './faults.ts';

/**
 * The Faults of endpoints that do not belong to the regions or to the Tablestore instance, as far as these settings can be
 * read.
 */
export function placeFaults(settings: Partial<ReadSettings>, regions: readonly string[]): Fault[] {
  return [
    ...(canRead(settings, ['ECS_ENDPOINT', 'REGIONS']) ? ecsPlaceFaults(settings, regions) : []),
    ...tablestorePlaceFaults(settings),
  ];
}

/** One endpoint of ECS serves one region. */
function ecsPlaceFaults(
  { ECS_ENDPOINT: endpoint }: Pick<ReadSettings, 'ECS_ENDPOINT'>,
  regions: readonly string[],
): Fault[] {
  if (endpoint === undefined) return [];
  const foreign = regions.filter((region) => {
    const serves = servesRegion(endpoint, region);
    // Where that is not known, it may be any region, but only one.
    return serves === undefined ? regions.length > 1 : !serves;
  });
  if (foreign.length === 0) return [];
  const hostname = hostIn(new URL(endpoint));
  const named = regionNamed(hostname);
  const example =
    named === undefined ? `https://ecs-vpc.${regionMark}.aliyuncs.com` : endpoint.replace(named, regionMark);
  const expected = `an endpoint of ${foreign.join(', ')}, as in ${example}, or nothing: an endpoint of ECS serves one region`;
  return [{ what: 'ECS_ENDPOINT', value: shown(endpoint), expected, at: named ?? hostname }];
}

/** A public or VPC endpoint of Tablestore begins with the name of its instance. */
export function tablestorePlaceFaults(settings: Partial<ReadSettings>): Fault[] {
  if (!canRead(settings, ['TABLESTORE_ENDPOINT', 'TABLESTORE_INSTANCE'])) return [];
  const { TABLESTORE_ENDPOINT: endpoint, TABLESTORE_INSTANCE: instance } = settings;
  const hostname = hostIn(new URL(endpoint));
  const named = /^([^.]+)\..+\.(?:ots(?:-internal)?|tablestore)\.aliyuncs\.com$/.exec(hostname)?.[1];
  // A host name has no capitals.
  if (named === undefined || named === instance.toLowerCase()) return [];
  const expected = `the instance of TABLESTORE_ENDPOINT, ${named}`;
  return [{ what: 'TABLESTORE_INSTANCE', value: shown(instance), expected }];
}
