// Numbers that are not settings: where each comes from, and what breaks when it changes.

/**
 * How long an execution alone may work on a plan that it claimed. Longer than the execute function's timeout in s.yaml
 * (120 s), so that an execution that still lives is never taken for dead.
 */
export const leaseMs = 150_000;

/**
 * How old an intent may be when RebootInstance is sent. The two are one write apart, which takes milliseconds; more
 * than this means that the process was frozen, and what was read before it no longer counts.
 */
export const staleIntentMs = 10_000;

/**
 * How old the facts may be on which an intent is recorded. One batch of reads serves a hundred plans; this bounds how
 * far the sending may fall behind the reading.
 */
export const staleFactsMs = 15_000;

/**
 * Time that must be left in the invocation before an intent is recorded: the write (5 s deadline), RebootInstance (10 s
 * timeout), the write of its outcome with a settling read (10 s), and 5 s to spare. With less, the row might be left in
 * Rebooting, which costs the proof of acceptance.
 */
export const rebootBudgetMs = 30_000;

/** Kept free at the end of an invocation for its last writes. */
export const closingBudgetMs = 10_000;

/**
 * Shortest function timeout that execute works with: below it there would be no time to begin any restart. At most the
 * lease, or an execution that lives would be taken for dead.
 */
export const executeTimeoutMs = { least: 60_000, most: leaseMs } as const;

/**
 * Pauses between looks at restarted instances within one invocation. A restart takes half a minute to some minutes,
 * and the event follows "a few seconds" later, by the article that this project comes from.
 */
export const watchPausesMs = [5_000, 10_000, 15_000, 20_000] as const;

/** How long one invocation watches at most; the next tick goes on. Waiting is paid by the GB-second. */
export const watchLimitMs = 60_000;

/** How long after its time limit a command that ECS does not tell of counts as failed. */
export const commandGraceMs = 60_000;

/** Pauses between looks at a command before the restart; one that takes longer is asked for at the next tick. */
export const commandPausesMs = [2_000, 3_000, 5_000] as const;

/** Between looks of different ticks. The execute timer of s.yaml fires every minute. */
export const nextLookMs = 30_000;

/**
 * Kept free behind a read of ECS that is tried again: time for what the invocation read it for, up to one restart or the
 * writing of ten thousand plans.
 */
export const readBudgetMs = 30_000;

/**
 * Calls of one API in one region: so many at once, and so many a second from then on. ECS's own limits show in the Quota
 * Center only; some hundred a minute are usual, and consoles share them. Where these are too many, ECS throttles, and
 * the calls wait for the next minute.
 */
export const callsAtOnce = 50;
export const callsASecond = 10;

/** Restarts sent at the same time in one region by one execution. Below ECS's limits a call and a second. */
export const sendsAtOnce = 10;
