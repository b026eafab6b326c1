// What the tests over HTTP start with: a server that holds the empty table `t`.
import { setTimeout as sleep } from 'node:timers/promises';
import { openWireTablestore, type WireTablestore } from './wire-tablestore.ts';

/** A table whose key is one text. */
export const TABLE = {
  tableName: 't',
  primaryKey: [{ name: 'id', type: 'STRING' }],
  options: { timeToLive: -1, maxVersions: 1 },
} as const;

/** Starts a server that holds this table. */
export async function tableOnLoopback(): Promise<WireTablestore> {
  const tablestore = await openWireTablestore();
  tablestore.core.createTable(TABLE);
  return tablestore;
}

/** Waits, in real time, until something is true. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(1);
}
