// What happened, for observers: every call and every change, in order. Nothing is ever taken out.
import type { Sequence } from '../../sequence.ts';
import type { RunStatus } from './commands.ts';
import type { SnapshotStatus } from './snapshots.ts';
import type { Cause, CycleStatus, InstanceStatus } from './types.ts';

/** What every line has. */
interface Entry {
  readonly at: number;
  /** Its place among all that happened, where two happened in the same millisecond. */
  readonly order: number;
}

/** One call, as it ended inside the cloud; whether the answer reached the caller is another matter. */
export interface CallEntry extends Entry {
  readonly kind: 'call';
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** The parameter, or the region of the instance, disk or snapshot that is named where the action has none. */
  readonly region: string | undefined;
  readonly requestId: string;
  /** `OK` or the error's code. */
  outcome: string;
  /** False where the core never saw the call: a wrong signature, a fault before the work. */
  readonly reached: boolean;
  /** The fault that befell it, such as `reset after`. */
  readonly fault: string | undefined;
}

/** An instance's status changed. A restart begins with a change from Running to Stopping. */
export interface InstanceEntry extends Entry {
  readonly kind: 'instance';
  readonly instanceId: string;
  readonly from: InstanceStatus;
  readonly to: InstanceStatus;
  readonly cause: Cause;
  readonly requestId: string | undefined;
}

/** An event was published (`from` is undefined) or changed its status. */
export interface EventEntry extends Entry {
  readonly kind: 'event';
  readonly eventId: string;
  readonly instanceId: string;
  readonly from: CycleStatus | undefined;
  readonly to: CycleStatus;
}

/** An event's NotBefore changed. */
export interface MovedEntry extends Entry {
  readonly kind: 'moved';
  readonly eventId: string;
  readonly from: number;
  readonly to: number;
}

/** A snapshot was begun (`from` is undefined) or ended. */
export interface SnapshotEntry extends Entry {
  readonly kind: 'snapshot';
  readonly snapshotId: string;
  readonly instanceId: string;
  readonly from: SnapshotStatus | undefined;
  readonly to: SnapshotStatus;
}

/** A command's run on an instance was asked for (`from` is undefined) or changed its status. */
export interface RunEntry extends Entry {
  readonly kind: 'run';
  readonly invokeId: string;
  readonly instanceId: string;
  readonly from: RunStatus | undefined;
  readonly to: RunStatus;
}

/** A line of the journal. */
export type JournalEntry = CallEntry | InstanceEntry | EventEntry | MovedEntry | SnapshotEntry | RunEntry;

/** The journal; append-only. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #calls: CallEntry[] = [];
  // Observers ask for each instance and each event: what they ask for is kept apart, not looked for.
  readonly #callsOf = new Map<string, CallEntry[]>();
  readonly #statusesOf = new Map<string, InstanceEntry[]>();
  readonly #cycleOf = new Map<string, EventEntry[]>();
  readonly #sequence: Sequence;

  constructor(sequence: Sequence) {
    this.#sequence = sequence;
  }

  /** Adds a line and hands it back, with its place in the order. */
  add<T extends JournalEntry>(entry: Omit<T, 'order'>): T {
    const line = { ...entry, order: this.#sequence() } as T;
    this.#entries.push(line);
    this.#keepApart(line);
    return line;
  }

  /** Every line so far, oldest first. */
  entries(): readonly Readonly<JournalEntry>[] {
    return this.#entries;
  }

  /** The calls of one action, or all calls, oldest first. */
  calls(action?: string): Readonly<CallEntry>[] {
    return [...(action === undefined ? this.#calls : (this.#callsOf.get(action) ?? []))];
  }

  /** The changes of one instance's status, oldest first. */
  statusesOf(instanceId: string): InstanceEntry[] {
    return [...(this.#statusesOf.get(instanceId) ?? [])];
  }

  /** The publication and the changes of one event's status, oldest first. */
  cycleOf(eventId: string): EventEntry[] {
    return [...(this.#cycleOf.get(eventId) ?? [])];
  }

  #keepApart(line: JournalEntry): void {
    if (line.kind === 'call') {
      this.#calls.push(line);
      append(this.#callsOf, line.action, line);
    } else if (line.kind === 'instance') {
      append(this.#statusesOf, line.instanceId, line);
    } else if (line.kind === 'event') {
      append(this.#cycleOf, line.eventId, line);
    }
  }
}

function append<T>(lists: Map<string, T[]>, name: string, line: T): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [line]);
  else list.push(line);
}
