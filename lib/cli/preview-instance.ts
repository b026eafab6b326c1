// The options of `preview` for one instance: its NotBefore, its tags, its window in ECS, and what its group has taken.
import { parseEcsWindow } from '../plan/calendar/ecs-window.ts';
import { isAfter, plus, type Instant } from '../plan/calendar/instant.ts';
import { allRead, type Parsed } from '../plan/calendar/parsed.ts';
import { shown } from '../plan/fault.ts';
import type { Sighting } from '../plan/planning/sighting.ts';
import { tagPrefix } from '../plan/planning/tag-keys.ts';
import { readWishes, unnamedGroup } from '../plan/planning/tags.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import type { Booking } from '../plan/spacing/bookings.ts';
import { parseTime, readSettings, timeExpected, type CommonOptions } from './preview-options.ts';
import { sightingOf, tagKey } from './preview-sighting.ts';
import { TextReader, type Reading } from './text-reader.ts';

/** The options as the person typed them. */
export interface InstanceOptions extends CommonOptions {
  readonly notBefore?: string | undefined;
  /** `NAME=VALUE`, with or without the prefix of the planner. */
  readonly tag?: readonly string[] | undefined;
  readonly ecsWindow?: string | undefined;
  /** Each has a start or a range, or several with commas. */
  readonly groupTaken?: readonly string[] | undefined;
}

/** Everything that the plan of one instance depends on. */
export interface InstanceQuestion {
  now: Instant;
  settings: PlannerSettings;
  sighting: Sighting;
  /** The slots that others of its group have. */
  taken: readonly Booking[];
}

/** Reads the options: gives the question, or all faults of the call. */
export function readInstanceOptions(options: InstanceOptions): Reading<InstanceQuestion> {
  const texts = new TextReader();
  const now = texts.required('--now', options.now, parseTime, timeExpected);
  const notBefore = texts.required('--not-before', options.notBefore, parseTime, timeExpected);
  const settings = texts.take(readSettings(options));
  const tags = readTags(texts, options.tag ?? []);
  const ecsWindow = texts.optional('--ecs-window', options.ecsWindow, parseEcsWindow);
  const taken = (options.groupTaken ?? []).flatMap(
    (text) => texts.optional('--group-taken', text, parseTaken) ?? [],
  );
  const { faults } = texts;
  if (now === undefined || notBefore === undefined || settings === undefined || faults.length > 0) {
    return { ok: false, faults };
  }
  // Where a group has taken slots, there is a group.
  if (taken.length > 0 && !tags.has(groupTag)) tags.set(groupTag, unnamedGroup);
  const sighting = sightingOf({ instanceId: 'i-preview', notBefores: [notBefore], tags, ecsWindow });
  const bookings = taken.map((stretch, index) => bookingOf(stretch, `taken-${index}`, tags, settings));
  return { ok: true, value: { now, settings, sighting, taken: bookings } };
}

const groupTag = `${tagPrefix}group`;

function readTags(texts: TextReader, written: readonly string[]): Map<string, string> {
  const tags = new Map<string, string>();
  for (const text of written) {
    const tag = texts.optional('--tag', text, parseTag);
    if (tag === undefined) continue;
    if (tags.has(tag.key)) {
      texts.faults.push({ what: '--tag', value: shown(text), expected: 'each tag once' });
    }
    tags.set(tag.key, tag.value);
  }
  return tags;
}

function parseTag(text: string): Parsed<{ key: string; value: string }> {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === '') return { ok: false, expected: 'NAME=VALUE, as in "window=daily 02:00-05:00"' };
  return { ok: true, value: { key: tagKey(name), value } };
}

/** Without an end it is one slot long. */
interface Taken {
  start: Instant;
  end?: Instant;
}

function parseTaken(text: string): Parsed<readonly Taken[]> {
  return allRead(text.split(',').map((piece) => parseTakenPiece(piece.trim())));
}

function parseTakenPiece(piece: string): Parsed<Taken> {
  const [startText = '', endText, ...more] = piece.split('/').map((part) => part.trim());
  const start = parseTime(startText);
  const end = endText === undefined ? undefined : parseTime(endText);
  if (!start.ok || end?.ok === false || more.length > 0) {
    return { ok: false, expected: takenExpected, at: piece };
  }
  if (end === undefined) return { ok: true, value: { start: start.value } };
  return isAfter(end.value, start.value)
    ? { ok: true, value: { start: start.value, end: end.value } }
    : { ok: false, expected: 'a range that begins before it ends', at: piece };
}

const takenExpected =
  'a time as in 2026-12-01T18:00:00Z, or a range as in 2026-12-01T18:00:00Z/2026-12-01T18:30:00Z';

function bookingOf(
  { start, end }: Taken,
  instanceId: string,
  tags: ReadonlyMap<string, string>,
  { rules }: PlannerSettings,
): Booking {
  const { group } = readWishes(tags);
  return {
    instanceId,
    ...(group === undefined ? {} : { group }),
    start: start.epochMilliseconds,
    end: (end ?? plus(start, rules.slot)).epochMilliseconds,
  };
}
