// Opens what a drill works on: the settings, the rows, and ECS with the person's key.
import { credentialsFor, maskOf } from '../../alibaba/credentials.ts';
import { ecsAtEdge } from '../../alibaba/edge.ts';
import { openEcs } from '../../alibaba/ecs/ecs.ts';
import { openEcsApiLate } from '../../alibaba/ecs/late-api.ts';
import { openSimulatedEvents } from '../../alibaba/ecs/simulated-events.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readConfiguration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import { chosenSettings } from '../deployment/chosen-settings.ts';
import { openAccount } from '../plans/open-account.ts';
import type { DrillOptions, Ground } from './ports.ts';

/**
 * Opens it. Nothing is called before the first read.
 * @throws ConfigurationError with every fault
 */
export async function openGround(environment: Environment, { from, profile }: DrillOptions): Promise<Ground> {
  const chosen = chosenSettings(from, environment);
  const configuration = readConfiguration(chosen.environment, chosen.region);
  const credentials = await credentialsFor(profile);
  const account = await openAccount(profile === undefined ? {} : { profile }, chosen.environment);
  const api = ecsAtEdge(openEcsApiLate(configuration.ecs, credentials), maskOf(credentials));
  return {
    ...{ chosen, configuration, credentials, account },
    ecs: openEcs(api, { clock: systemClock }),
    simulated: openSimulatedEvents(configuration.ecs, credentials),
  };
}
