// Numbers that are not settings. Each says where it comes from and what breaks when it changes.

/**
 * How long one execution owns a plan that it claimed. It is longer than the timeout of the execute function in s.yaml
 * (120 s), so that no other execution takes over a plan whose execution still runs.
 */
export const leaseMs = 150_000;

/**
 * How old a recorded intent may be when RebootInstance is sent. Only one write lies between the two, which takes
 * milliseconds. A longer gap means that the process was frozen, and the facts read before it no longer count.
 */
export const staleIntentMs = 10_000;

/**
 * How old the facts may be when an intent is recorded. One batch of reads serves up to a hundred plans, which are sent one
 * after another; this limits how far the sending may fall behind the reading.
 */
export const staleFactsMs = 15_000;

/**
 * Time that must be left in the invocation when a plan is judged for its restart. It covers the deadlines of the calls that
 * follow: the write of the intent (5 s), RebootInstance (15 s), the write of its outcome and one read that confirms it (5 s
 * each). With less, the row could stay in Rebooting, and the proof that ECS accepted the call would be lost.
 */
export const rebootBudgetMs = 30_000;

/** Time that the watch keeps free at the end of the invocation, for the last look and its writes. */
export const closingBudgetMs = 10_000;

/**
 * The timeouts of the execute function that are accepted: from `least` to below `most`. Below `least` there is no time to
 * begin a restart. From `most` on, an execution could outlive its lease, and another one would take over its plans.
 */
export const executeTimeoutMs = { least: 60_000, most: leaseMs } as const;

/**
 * Pauses between the looks at restarted instances within one invocation; the last one repeats. A restart takes half a minute
 * to some minutes. Alibaba's article says that the event follows "a few seconds" later.
 */
export const watchPausesMs = [5_000, 10_000, 15_000, 20_000] as const;

/** How long one invocation watches at most. The next run continues, because waiting costs GB-seconds. */
export const watchLimitMs = 60_000;

/** Pauses between the looks at a pre-command. A command that takes longer is looked at again at the next run. */
export const commandPausesMs = [2_000, 3_000, 5_000] as const;

/** The shortest time from one look to the next one of another run. The execute timer of s.yaml fires every minute. */
export const nextLookMs = 30_000;

/**
 * No read of ECS is tried again when less than this is left in the invocation. It is the time for what follows the read: one
 * restart at most, or the writes of ten thousand plans.
 */
export const readBudgetMs = 30_000;

/**
 * A read right before a restart that can do without its answer begins no attempt later than this. It leaves time for two, and
 * does not wait until ECS ends its throttling.
 */
export const quickReadMs = 1_000;

/**
 * How many calls of one API may be sent at once in one region. ECS shows its own limits only in the Quota Center; some
 * hundred calls a minute are usual, and consoles share them. If this is too many, ECS throttles, and the calls wait for
 * the next minute.
 */
export const callsAtOnce = 50;

/** How many calls of one API may be sent per second in one region, once `callsAtOnce` are used up. */
export const callsASecond = 10;

/** How many restarts one execution works on at the same time in one region. */
export const sendsAtOnce = 10;

/**
 * How long a receiver of notices may take to answer. Receivers answer within a second. A longer wait would use up the time that
 * the timeout in s.yaml leaves at the end of a run.
 */
export const noticeTimeoutMs = 5_000;

/** The name of the product in every notice. DingTalk and Feishu can be set to take only messages that have a keyword. */
export const productName = 'ecs-reboot-planner';

/**
 * Time that must be left in the invocation when a run begins to tell. It covers the receivers, which answer at the same time, and the
 * calls of Tablestore around them. The watch keeps `closingBudgetMs` free, which is longer, so that a run that watched can still
 * tell.
 */
export const tellingBudgetMs = 8_000;

/** How long a run is the only one that tells. Where it dies in between, another one may tell after that. */
export const noticeClaimMs = 30_000;
