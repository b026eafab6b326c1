// A right that the role of a function needs, and what an answer shows of it.

/** One right, where it is needed. */
export interface NeededRight {
  /** As in `ecs:RebootInstance`. */
  right: string;
  /** As in `in cn-hangzhou`, or `on the table reboot_plans`. */
  where: string;
  /** True where the settings do not need it: only a tag of an instance may. */
  isOnlyForTags?: boolean;
}

/** What an answer shows of a right. */
export type RightShown =
  | { kind: 'granted' }
  /** The service says that the right is missing. */
  | { kind: 'denied'; message: string }
  /** Something else is wrong: `mend` says what to do. */
  | { kind: 'failed'; message: string; mend: string }
  /** Nobody knows. */
  | { kind: 'unclear'; why: string };
