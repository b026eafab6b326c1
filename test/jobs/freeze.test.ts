// A process that freezes once, right before any of its looks at the clock. `staleFactsMs` promises how old the facts may be when
// an intent is recorded: 15 s. `staleIntentMs` adds 10 s until RebootInstance is sent.
import { expect, it } from 'vitest';
import type { Instant } from '../../lib/plan/calendar/instant.ts';
import type { Clock, Ecs } from '../../lib/ports.ts';
import { Account, second, settingsOf } from '../jobs/stage.ts';
import { replacing } from '../jobs/replacing.ts';

/** How old the facts were when RebootInstance was sent, in seconds; undefined where nothing was sent. */
async function ageOfFacts(look: number): Promise<number | undefined> {
  const account = new Account();
  account.affected('1');
  await account.plan();
  let looks = 0;
  let age: number | undefined;
  let readAt: Instant = account.clock.now();
  await account.execute({
    settings: settingsOf(),
    clock: (real): Clock => ({
      now: () => {
        looks += 1;
        if (looks === look) account.pass(60 * second);
        return real.now();
      },
      sleep: (ms) => real.sleep(ms),
    }),
    ecs: (real): Ecs =>
      replacing(real, {
        eventsById: (...asked) => {
          readAt = account.clock.now();
          return real.eventsById(...asked);
        },
        reboot: (...asked) => {
          age = (account.clock.now().epochMilliseconds - readAt.epochMilliseconds) / second;
          return real.reboot(...asked);
        },
      }),
  });
  return age;
}

it('no restart is sent on facts older than 25 s, wherever the process freezes for a minute', async () => {
  const stale: string[] = [];
  for (let look = 1; look <= 60; look += 1) {
    const age = await ageOfFacts(look);
    if (age !== undefined && age > 25) stale.push(`frozen before look ${look}: facts of ${age} s`);
  }
  expect(stale).toEqual([]);
});
