// The inconveniences of real fleets, by name. A run that wants them draws them per instance with the share that it gives.
// None is drawn by default. The same seed draws the same ones.
import type { Nature } from './ecs/core/nature.ts';
import { fraction } from './ecs/core/chance.ts';

const minute = 60_000;

/** Each inconvenience, from a number in [0, 1) that says how bad it is. */
const natures = {
  'impaired for good': () => ({ impairedForGood: true }),
  'health absent for a while': (draw) => ({ healthAbsentForMs: Math.round((1 + 59 * draw) * minute) }),
  'boots for 20 minutes': () => ({ bootsForMs: 20 * minute }),
  'starts for 20 minutes': () => ({ startsForMs: 20 * minute }),
  'comes back Stopped': () => ({ comesBack: 'Stopped' }),
  'never comes back': () => ({ comesBack: 'never' }),
  'agent ready late': (draw) => ({ agentReadyAfterMs: Math.round((1 + 4 * draw) * minute) }),
  'no command arrives': () => ({ undeliverable: 'ClientNotResponse' }),
  'event published again': (draw) => ({ publishesAgainAfterMs: Math.round((5 + 25 * draw) * minute) }),
  'second event beside ours': () => ({ publishesBeside: 'SystemMaintenance.PerformanceImpact' }),
  'statuses lag': (draw) => ({ statusesLagMs: Math.round((0.5 + 2.5 * draw) * minute) }),
  'restart denied': () => ({ refusesReboot: 'OperationDenied' }),
  'released by Auto Scaling': () => ({ releasedWhenDownForMs: 20_000 }),
} as const satisfies Record<string, (draw: number) => Nature>;

/** The name of an inconvenience. */
export type NatureName = keyof typeof natures;

/** Every name. */
export const natureNames = Object.keys(natures) as NatureName[];

/** The share of instances, from 0 to 1, that have each inconvenience. An absent name means none. */
export type NatureShares = Partial<Record<NatureName, number>>;

/** The nature of an instance with this inconvenience. `draw`, in [0, 1), says how bad it is. */
export function natureOf(name: NatureName, draw: number): Nature {
  return natures[name](draw);
}

/** Draws the nature of one instance: each inconvenience by itself. A drawn one that `has` refuses is left out. */
export function drawNature(
  shares: NatureShares,
  seed: number,
  instanceId: string,
  has: (name: NatureName) => boolean = () => true,
): Nature {
  const drawn = natureNames.filter(
    (name) => fraction(`${seed} ${instanceId} ${name}`) < (shares[name] ?? 0) && has(name),
  );
  const parts = drawn.map((name) => natureOf(name, fraction(`${seed} ${instanceId} ${name} how bad`)));
  return Object.assign({}, ...parts) as Nature;
}
