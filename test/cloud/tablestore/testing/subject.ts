// What the conformance suite tests: the operations of the core as asynchronous calls, in process or over a socket.
import type { CloudClock } from '../../clock.ts';
import { VirtualClock } from '../../clock.ts';
import { TablestoreCore, type CoreOptions } from '../core/tablestore-core.ts';

type Operations =
  | 'createTable'
  | 'listTable'
  | 'describeTable'
  | 'listSearchIndex'
  | 'createIndex'
  | 'dropIndex'
  | 'updateTable'
  | 'deleteTable'
  | 'getRow'
  | 'putRow'
  | 'updateRow'
  | 'deleteRow'
  | 'getRange'
  | 'batchGetRow'
  | 'batchWriteRow';

/** Tablestore as its callers see it. An error is a rejection with status, code and message. */
export type Subject = {
  [K in Operations]: (...args: Parameters<TablestoreCore[K]>) => Promise<ReturnType<TablestoreCore[K]>>;
};

/** A Tablestore for tests: a subject, its core, and control of the clock. */
export interface TestTablestore {
  subject: Subject;
  core: TablestoreCore;
  clock: CloudClock;
  /** When the test begins, on that clock. */
  start: number;
  advance(ms: number): void;
  close(): Promise<void>;
}

/** 2026-03-01T00:00:00Z. Every test starts at this time. */
export const START = 1_772_323_200_000;

/** Moves a virtual clock forward by `ms` milliseconds and runs every alarm on the way. */
export function advance(clock: VirtualClock, ms: number): void {
  const target = clock.now() + ms;
  // This alarm makes sure that the clock reaches the target.
  clock.after(ms, () => undefined);
  while ((clock.nextAlarm() ?? Infinity) <= target) clock.step();
}

function later<A extends unknown[], R>(method: (...args: A) => R): (...args: A) => Promise<R> {
  return (...args) => Promise.resolve().then(() => method(...args));
}

/** The core itself, with promises. */
function inProcess(core: TablestoreCore): Subject {
  return {
    createTable: later((request) => core.createTable(request)),
    listTable: later(() => core.listTable()),
    describeTable: later((request) => core.describeTable(request)),
    listSearchIndex: later((request) => core.listSearchIndex(request)),
    createIndex: later((request) => core.createIndex(request)),
    dropIndex: later((request) => core.dropIndex(request)),
    updateTable: later((request) => core.updateTable(request)),
    deleteTable: later((request) => core.deleteTable(request)),
    getRow: later((request) => core.getRow(request)),
    putRow: later((request) => core.putRow(request)),
    updateRow: later((request) => core.updateRow(request)),
    deleteRow: later((request) => core.deleteRow(request)),
    getRange: later((request) => core.getRange(request)),
    batchGetRow: later((request) => core.batchGetRow(request)),
    batchWriteRow: later((request) => core.batchWriteRow(request)),
  };
}

/** Makes a Tablestore that needs no socket. */
export function openCoreTablestore(options: Partial<CoreOptions> = {}): Promise<TestTablestore> {
  const clock = new VirtualClock(START);
  const core = new TablestoreCore({ now: () => clock.now(), ...options });
  return Promise.resolve({
    subject: inProcess(core),
    core,
    clock,
    start: START,
    advance: (ms) => advance(clock, ms),
    close: () => Promise.resolve(),
  });
}
