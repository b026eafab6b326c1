// A channel that did not take a notice gets no other one for up to six hours, and one that was gone for good none at all. Once a
// person repaired it and it took a sample, the next run tells it what waits.
import { messageOf } from '../../failures.ts';
import { plus } from '../../plan/calendar/instant.ts';
import { openNoticeBoard, type NoticeBoardParts } from './notice-board.ts';

/** What came of it. `failed`: the pauses stay. */
export type Resumed = { kind: 'resumed'; names: readonly string[] } | { kind: 'failed'; message: string };

/** Long enough for one read and one write. */
const claimMs = 10_000;

/** Takes away the pauses of the channels that took the sample. It never throws. */
export async function resumeChannels(parts: NoticeBoardParts, names: readonly string[]): Promise<Resumed> {
  const board = openNoticeBoard(parts);
  try {
    const before = await board.readRecords();
    const paused = names.filter((name) => (before[name]?.failures ?? 0) > 0 || before[name]?.isGone === true);
    if (paused.length === 0) return { kind: 'resumed', names: [] };
    const claim = await board.claim(plus(parts.clock.now(), claimMs));
    if (claim.kind === 'taken') return { kind: 'failed', message: 'a run tells at this moment' };
    if (claim.kind === 'failed') return claim;
    const free = paused.map((name) => {
      const { standing = [] } = claim.records[name] ?? {};
      return [name, { failures: 0, isGone: false, standing }] as const;
    });
    const outcome = await board.release({ ...claim.records, ...Object.fromEntries(free) });
    if (outcome.kind === 'written') return { kind: 'resumed', names: paused };
    return { kind: 'failed', message: outcome.kind === 'failed' ? outcome.message : 'a run was faster' };
  } catch (thrown) {
    return { kind: 'failed', message: messageOf(thrown) };
  }
}
