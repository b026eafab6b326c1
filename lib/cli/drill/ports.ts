// What a drill needs of the world, and what it works on.
import type { Credentials } from '../../alibaba/credentials.ts';
import type { openEcs } from '../../alibaba/ecs/ecs.ts';
import type { SimulatedEvents } from '../../alibaba/ecs/simulated-events.ts';
import type { Instant, Milliseconds } from '../../plan/calendar/instant.ts';
import type { Configuration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import type { ChosenSettings } from '../deployment/chosen-settings.ts';
import type { Account } from '../plans/ports.ts';

/** Everything outside of the command. */
export interface DrillPorts {
  out: (line: string) => void;
  /** Prints one line on stderr. */
  err: (line: string) => void;
  environment: Environment;
  /** Asks on the terminal; undefined where there is none. */
  ask: ((question: string) => Promise<boolean>) | undefined;
  /** True on a terminal: progress is told. */
  showsProgress: boolean;
  now: () => Instant;
  sleep: (ms: Milliseconds) => Promise<void>;
  /** Aborted by Ctrl-C or SIGTERM. */
  interruption: AbortSignal;
}

/** As typed. */
export interface DrillOptions {
  instance: string;
  region?: string;
  notBeforeIn?: Milliseconds;
  here?: true;
  from?: string;
  profile?: string;
  yes?: true;
}

/** The port of ECS. */
type Ecs = ReturnType<typeof openEcs>;

/** What a drill works on. */
export interface Ground {
  chosen: ChosenSettings;
  configuration: Configuration;
  credentials: Credentials;
  account: Account;
  ecs: Ecs;
  simulated: SimulatedEvents;
}
