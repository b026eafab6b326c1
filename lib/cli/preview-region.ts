// `npm run plans -- preview --events FILE`: the schedule that the planner would make for the events of a whole region, with no
// plans before it.
import { iso, type Instant } from '../plan/calendar/instant.ts';
import { misreadingsOf, type Parsed } from '../plan/calendar/parsed.ts';
import { shown, type Fault } from '../plan/fault.ts';
import { firstNotBefore } from '../plan/planning/judgement-case.ts';
import { openRegion, type Subject } from '../plan/planning/plan-region.ts';
import { readWishes } from '../plan/planning/tags.ts';
import type { PlannerSettings } from '../plan/settings.ts';
import type { Language } from '../wording/languages.ts';
import { readEvents, type DescribedEvents } from './preview-events.ts';
import {
  outcomeOf,
  previewOf,
  type Choice,
  type Outcome,
  type Preview,
  type Scheduled,
} from './preview-outcome.ts';
import { parseTime, readSettings, timeExpected, type CommonOptions } from './preview-options.ts';
import { sightingOf } from './preview-sighting.ts';
import { scheduleLines } from './preview-table.ts';
import { TextReader } from './text-reader.ts';

/** The events as they were found: a name for faults, and the text or why there is none. */
export interface EventSource {
  name: string;
  content: Parsed<string>;
}

/** What `--json` prints. */
interface RegionPreview {
  events: number;
  instances: number;
  /** How many instances each decision has. */
  decisions: Partial<Record<Choice, number>>;
  plans: readonly ({ instance: string; group?: string; notBefore?: string } & Preview)[];
}

/** The schedule as an object and as lines for a person, or all faults of the call. */
export type RegionResult =
  { ok: true; preview: RegionPreview; lines: string[] } | { ok: false; faults: readonly Fault[] };

/**
 * Plans the events as the planner would plan those of one region.
 * @param language of the lines and of the reasons
 */
export function previewRegion(
  options: CommonOptions,
  { name, content }: EventSource,
  language: Language = 'en',
): RegionResult {
  const texts = new TextReader();
  const now = texts.required('--now', options.now, parseTime, timeExpected);
  const settings = texts.take(readSettings(options));
  if (!content.ok) {
    const unread = misreadingsOf(content).map((misreading) => ({ value: shown(name), ...misreading }));
    texts.faults.push(...unread.map((fault) => ({ what: '--events', ...fault })));
  }
  const described = content.ok ? texts.take(readEvents(name, content.value)) : undefined;
  if (now === undefined || settings === undefined || described === undefined) {
    return { ok: false, faults: texts.faults };
  }
  const plans = schedule(described, { settings, now, language });
  const decisions: RegionPreview['decisions'] = {};
  for (const { decision } of plans.map(({ outcome }) => outcome)) {
    decisions[decision] = (decisions[decision] ?? 0) + 1;
  }
  const preview: RegionPreview = {
    events: described.events,
    instances: plans.length,
    decisions,
    plans: plans.map(({ outcome, ...instance }) => ({ ...instance, ...previewOf(outcome) })),
  };
  return {
    ok: true,
    preview,
    // The table of thousands of instances takes seconds, and `--json` does not need it.
    get lines() {
      return scheduleLines(plans, settings, language);
    },
  };
}

/** In the order of the reboots. Those that the planner leaves alone come last, the most urgent first. */
function schedule(
  { instances }: DescribedEvents,
  { settings, now, language }: { settings: PlannerSettings; now: Instant; language: Language },
): Scheduled[] {
  const subjects = instances.map((instance): Subject => ({
    sighting: sightingOf(instance),
    row: undefined,
    isUnknown: false,
  }));
  const region = openRegion(subjects, settings, { at: now, by: 'preview' });
  return region.order
    .map((subject) => scheduledOf(subject, outcomeOf(region.plan(subject), language)))
    .sort((a, b) => startOf(a) - startOf(b));
}

function scheduledOf({ sighting }: Subject, outcome: Outcome): Scheduled {
  const { group } = readWishes(sighting.instance?.tags ?? new Map());
  const notBefore = firstNotBefore(sighting.events);
  return {
    instance: sighting.instanceId,
    ...(group === undefined ? {} : { group }),
    ...(notBefore === undefined ? {} : { notBefore: iso(notBefore) }),
    outcome,
  };
}

function startOf({ outcome }: Scheduled): number {
  return outcome.executeAt?.epochMilliseconds ?? Number.MAX_SAFE_INTEGER;
}
