// What happened, for observers: every call and every change, in order. Nothing is ever removed.
import type { Sequence } from '../../sequence.ts';
import type { RunStatus } from './commands.ts';
import type { SnapshotStatus } from './snapshots.ts';
import type { Cause, CycleStatus, InstanceStatus } from './types.ts';

/** The fields of every entry. */
interface Entry {
  readonly at: number;
  /** Orders the entries, also within the same millisecond. */
  readonly order: number;
}

/** One call, as it ended inside the cloud. The answer may not have reached the caller. */
export interface CallEntry extends Entry {
  readonly kind: 'call';
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  /** The parameter RegionId, or else the region of the instance, disk or snapshot that the call names. */
  readonly region: string | undefined;
  readonly requestId: string;
  /** `OK`, or the code of the error. */
  outcome: string;
  /** False if the call did not reach the core: a wrong signature, or a fault before the work. */
  readonly reached: boolean;
  /** The fault that hit the call, such as `reset after`. */
  readonly fault: string | undefined;
}

/** The status of an instance changed. A restart starts with a change from Running to Starting. */
export interface InstanceEntry extends Entry {
  readonly kind: 'instance';
  readonly instanceId: string;
  readonly from: InstanceStatus;
  readonly to: InstanceStatus;
  readonly cause: Cause;
  readonly requestId: string | undefined;
}

/** An event was published (`from` is undefined), or its status changed. */
export interface EventEntry extends Entry {
  readonly kind: 'event';
  readonly eventId: string;
  readonly instanceId: string;
  readonly from: CycleStatus | undefined;
  readonly to: CycleStatus;
}

/** The NotBefore of an event changed. */
export interface MovedEntry extends Entry {
  readonly kind: 'moved';
  readonly eventId: string;
  readonly from: number;
  readonly to: number;
}

/** A snapshot started (`from` is undefined) or ended. */
export interface SnapshotEntry extends Entry {
  readonly kind: 'snapshot';
  readonly snapshotId: string;
  readonly instanceId: string;
  readonly from: SnapshotStatus | undefined;
  readonly to: SnapshotStatus;
}

/** A call started the run of a command on an instance (`from` is undefined), or the status of the run changed. */
export interface RunEntry extends Entry {
  readonly kind: 'run';
  readonly invokeId: string;
  readonly instanceId: string;
  readonly from: RunStatus | undefined;
  readonly to: RunStatus;
}

/** An entry of the journal. */
export type JournalEntry = CallEntry | InstanceEntry | EventEntry | MovedEntry | SnapshotEntry | RunEntry;

/** The journal. It is append-only. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #calls: CallEntry[] = [];
  // Observers read per action, per instance and per event. These indexes save them a search through all entries.
  readonly #callsOf = new Map<string, CallEntry[]>();
  readonly #statusesOf = new Map<string, InstanceEntry[]>();
  readonly #cycleOf = new Map<string, EventEntry[]>();
  readonly #sequence: Sequence;

  constructor(sequence: Sequence) {
    this.#sequence = sequence;
  }

  /** Adds an entry and returns it with its order. */
  add<T extends JournalEntry>(entry: Omit<T, 'order'>): T {
    const line = { ...entry, order: this.#sequence() } as T;
    this.#entries.push(line);
    this.#index(line);
    return line;
  }

  /** Every entry so far, oldest first. */
  entries(): readonly Readonly<JournalEntry>[] {
    return this.#entries;
  }

  /** The calls of one action, or all calls, oldest first. */
  calls(action?: string): Readonly<CallEntry>[] {
    return [...(action === undefined ? this.#calls : (this.#callsOf.get(action) ?? []))];
  }

  /** The status changes of one instance, oldest first. */
  statusesOf(instanceId: string): InstanceEntry[] {
    return [...(this.#statusesOf.get(instanceId) ?? [])];
  }

  /** The publication and the status changes of one event, oldest first. */
  cycleOf(eventId: string): EventEntry[] {
    return [...(this.#cycleOf.get(eventId) ?? [])];
  }

  #index(line: JournalEntry): void {
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
