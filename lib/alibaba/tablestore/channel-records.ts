// The column `channels` of the row that keeps what is known of the channels. What cannot be read is as if it were not there: then
// a channel is tried at once.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { iso, parseInstant } from '../../plan/calendar/instant.ts';
import { deliveryProblemCodes } from '../../plan/notice.ts';
import type { ChannelRecord, ChannelRecords } from '../../ports.ts';
import type { Cells } from './api.ts';
import { parseJson } from './cell-reader.ts';

const instant = v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant));

const recordSchema = v.object({
  failures: v.optional(v.number(), 0),
  since: v.exactOptional(instant),
  notBefore: v.exactOptional(instant),
  problem: v.exactOptional(
    v.object({ code: v.picklist(deliveryProblemCodes), answer: v.exactOptional(v.string()) }),
  ),
  isGone: v.optional(v.boolean(), false),
  standing: v.optional(v.array(v.string()), []),
});

/** Reads the column. */
export function decodeRecords({ channels }: Cells): ChannelRecords {
  const parsed = v.safeParse(
    v.record(v.string(), v.unknown()),
    typeof channels === 'string' ? parseJson(channels) : undefined,
  );
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.output).flatMap(([name, json]) => {
      const record = v.safeParse(recordSchema, json);
      return record.success ? [[name, record.output] as const] : [];
    }),
  );
}

/** Writes the column. */
export function encodeRecords(records: ChannelRecords): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(records).map(([name, record]) => [name, encodeRecord(record)])),
  );
}

function encodeRecord({ since, notBefore, ...rest }: ChannelRecord): object {
  return {
    ...rest,
    ...(since === undefined ? {} : { since: iso(since) }),
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
  };
}
