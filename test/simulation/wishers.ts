// People who write their wishes into rows: some at any time, some just while an execution works on the plan.
import type { Moment } from './course.ts';
import { stopInRow, wishInRow } from './operator.ts';
import type { Inhabitant } from './population.ts';
import { faultsEnd, start, type Stage } from './stage.ts';

/** The people of one world. `random` of the stage is theirs alone. */
export class Wishers {
  readonly #stage: Stage;
  readonly #inhabitants: readonly Inhabitant[];

  constructor(stage: Stage, inhabitants: readonly Inhabitant[]) {
    this.#stage = stage;
    this.#inhabitants = inhabitants;
    const { world, course, chaos } = stage;
    for (let number = 1; number <= chaos.wishes; number += 1) {
      const moment = course.moment(stage.random, `wish ${number}`);
      world.scheduler.at(start + moment.random.whole(0, faultsEnd - start), () => {
        const [first, ...rest] = inhabitants;
        if (first !== undefined) this.#write(wishInRow, moment.random.pick([first, ...rest]), moment);
      });
    }
  }

  /** An execution has begun to work on the plan of the instance, and may be at it for this long. Some people stop it then. */
  atWork(instanceId: string, ms: number): void {
    const { world, course, random, chaos } = this.#stage;
    if (chaos.wishes === 0 || world.scheduler.now() >= faultsEnd) return;
    const moment = course.moment(random, `work on ${instanceId}`);
    const afterMs = moment.random.whole(0, ms);
    if (!moment.random.chance(0.5)) return;
    const whose = this.#inhabitants.find((one) => one.instanceId === instanceId);
    world.scheduler.after(afterMs, () => whose && this.#write(stopInRow, whose, moment));
  }

  #write(how: typeof wishInRow, whose: Inhabitant, { random, has }: Moment): void {
    const { world } = this.#stage;
    if (!has(`wish about ${whose.instanceId}`)) return;
    const rows = { core: world.tablestore, table: world.tables.plans };
    const done = how(rows, { ...whose, now: world.scheduler.now() }, random);
    if (done === undefined) return;
    world.note('wishes');
    world.edited(done);
  }
}
