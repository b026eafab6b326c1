// Reads the events of `preview --events`: JSON Lines, which is one JSON object per line, or one JSON array of such objects.
import * as v from 'valibot';
import { messageOf } from '../failures.ts';
import { parseEcsWindow } from '../plan/calendar/ecs-window.ts';
import { shown, type Fault } from '../plan/fault.ts';
import { faultOf, parsedBy } from '../settings/issues.ts';
import { parseTime, timeExpected } from './preview-options.ts';
import { tagKey, type Described } from './preview-sighting.ts';
import type { Reading } from './text-reader.ts';

const eventExpected = 'a JSON object as in {"instance": "i-1", "notBefore": "2026-12-03T02:00:00Z"}';
const instanceExpected = 'the id of an instance';
const tagsExpected = 'an object of texts, as in {"window": "daily 02:00-05:00"}';
const windowExpected = 'a text as in "daily 02:00-06:00 Asia/Shanghai"';

const eventSchema = v.strictObject(
  {
    instance: v.pipe(v.string(instanceExpected), v.trim(), v.nonEmpty(instanceExpected)),
    notBefore: v.pipe(v.string(timeExpected), parsedBy(parseTime)),
    group: v.optional(v.pipe(v.string('a name'), v.trim(), v.nonEmpty('a name'))),
    tags: v.optional(v.record(v.string(), v.string(tagsExpected), tagsExpected), {}),
    ecsWindow: v.optional(v.pipe(v.string(windowExpected), parsedBy(parseEcsWindow))),
  },
  eventExpected,
);

/** What is expected of a field that is missing. */
const ifMissing: Readonly<Record<string, string>> = { instance: instanceExpected, notBefore: timeExpected };

/** One event, and where it stands: `Line 3 of events.jsonl`. */
type PlacedEvent = v.InferOutput<typeof eventSchema> & { place: string };

/** The instances of the events, in the order of the file. */
export interface DescribedEvents {
  events: number;
  instances: readonly Described[];
}

/**
 * Reads all events, or gives every fault.
 * @param name of the file, for the faults
 */
export function readEvents(name: string, content: string): Reading<DescribedEvents> {
  const pieces = content.trimStart().startsWith('[') ? itemsOf(name, content) : linesOf(name, content);
  if (!pieces.ok) return pieces;
  const faults: Fault[] = [];
  const byInstance = new Map<string, PlacedEvent[]>();
  for (const { place, value } of pieces.value) {
    // Valibot takes an array for an object.
    const parsed = v.safeParse(eventSchema, Array.isArray(value) ? undefined : value);
    for (const issue of parsed.issues ?? []) faults.push(eventFault(issue, place, value));
    if (!parsed.success) continue;
    const others = byInstance.get(parsed.output.instance) ?? [];
    byInstance.set(parsed.output.instance, [...others, { ...parsed.output, place }]);
  }
  const instances = [...byInstance.values()].map((events) => describe(events, faults));
  if (faults.length > 0) return { ok: false, faults };
  const events = [...byInstance.values()].reduce((sum, { length }) => sum + length, 0);
  return { ok: true, value: { events, instances } };
}

/** A value of the file, and where it stands. A line that is no JSON is a text, which is no event. */
interface Piece {
  place: string;
  value: unknown;
}

function linesOf(name: string, content: string): Reading<readonly Piece[]> {
  const pieces = content.split('\n').map((line, index): Piece => {
    const place = `Line ${index + 1} of ${name}`;
    // It also removes a byte order mark.
    const text = line.trim();
    try {
      return { place, value: JSON.parse(text) };
    } catch {
      return { place, value: text };
    }
  });
  return { ok: true, value: pieces.filter(({ value }) => value !== '') };
}

function itemsOf(name: string, content: string): Reading<readonly Piece[]> {
  try {
    const items = JSON.parse(content.trim()) as unknown[];
    const pieces = items.map((value, index) => ({ place: `Item ${index + 1} of ${name}`, value }));
    return { ok: true, value: pieces };
  } catch (thrown) {
    const expected = `a JSON array: ${messageOf(thrown)}`;
    return { ok: false, faults: [{ what: '--events', value: shown(name), expected }] };
  }
}

function eventFault(issue: v.BaseIssue<unknown>, place: string, event: unknown): Fault {
  const field = issue.path?.[0]?.key;
  if (typeof field !== 'string') return { what: place, value: shown(event), expected: eventExpected };
  if (issue.expected === 'never') {
    const known = Object.keys(eventSchema.entries).join(', ');
    return { what: place, value: shown(event), expected: `no fields but ${known}`, at: field };
  }
  const value: unknown = issue.path?.[0]?.value;
  return faultOf(issue, { what: `${place}: ${field}`, value, ifMissing: ifMissing[field] ?? 'a value' });
}

/** One instance with all its events. Each of its events has the same tags and the same window, or none. */
function describe(events: readonly PlacedEvent[], faults: Fault[]): Described {
  const described = events.map((event) => ({
    place: event.place,
    tags: Object.entries({ ...(event.group === undefined ? {} : { group: event.group }), ...event.tags }),
    ecsWindow: event.ecsWindow,
  }));
  const own = described.find(({ tags, ecsWindow }) => tags.length > 0 || ecsWindow !== undefined);
  for (const { place, ...others } of described) {
    if (own === undefined || (others.tags.length === 0 && others.ecsWindow === undefined)) continue;
    const { place: first, ...same } = own;
    if (JSON.stringify(others) === JSON.stringify(same)) continue;
    const what = `${place}: the group, tags and window of ${events[0]?.instance}`;
    faults.push({ what, value: shown(others), expected: `none, or those of ${first}` });
  }
  return {
    instanceId: events[0]?.instance ?? '',
    notBefores: events.map(({ notBefore }) => notBefore),
    tags: new Map((own?.tags ?? []).map(([name, value]) => [tagKey(name), value])),
    ecsWindow: own?.ecsWindow,
  };
}
