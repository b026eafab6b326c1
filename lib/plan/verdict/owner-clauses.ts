// Clauses of the last look before the restart that are about what people set beside the row: whether the windows are known,
// whether Auto Scaling or ACK answers for the instance, and whether everything is stopped.
import { isOpen } from '../event.ts';
import { iso, plus } from '../calendar/instant.ts';
import type { Stamp } from '../change.ts';
import { whyOthersAnswer } from '../planning/answerers.ts';
import { isTagged, ownRules } from '../planning/own-rules.ts';
import { isLastMoment } from '../planning/places.ts';
import type { RowQuestion } from '../planning/question.ts';
import { readWishes } from '../planning/tags.ts';
import { state, withAlso, type Statement } from '../statement.ts';
import { saysStopped } from '../stop.ts';
import { attemptPause, type BeforeQuestion, type VerdictBefore } from './before-verdict.ts';

/** True where none of the plan's events is open. They end the plan, whatever its owner set. */
export function isOver({ row, sighting }: RowQuestion): boolean {
  return !sighting.events.some((event) => isOpen(event) && row.eventIds.includes(event.eventId));
}

/** Where they are not known, the plan may go by the settings' windows only when nothing is left to wait for. */
export function windowsKnown(question: RowQuestion): VerdictBefore | undefined {
  const { row, sighting, settings, stamp } = question;
  const { executeAt, notBefore, rules: record, pinned } = row;
  if (pinned || isOver(question) || sighting.instance === undefined) return undefined;
  const wishes = readWishes(sighting.instance.tags);
  const isUnread = record?.ecsWindow === 'unread' && !isTagged(wishes);
  if (!isUnread && wishes.unreadable === undefined) return undefined;
  if (executeAt === undefined || notBefore === undefined) return undefined;
  const rules = ownRules(settings.rules, wishes, isUnread ? 'unread' : undefined);
  // Where the last moments are full, planning chose an earlier one.
  if (record?.lastResort?.at === iso(executeAt)) return undefined;
  if (isLastMoment({ now: executeAt, notBefore, rules })) return undefined;
  return wait(stamp, state('windows-awaited', {}));
}

/** The tags were just read. The owner may have joined the instance to a scaling group since planning. */
export function answeredByNobodyElse({ sighting, stamp }: RowQuestion): VerdictBefore | undefined {
  if (sighting.instance === undefined) return undefined;
  const { tags } = sighting.instance;
  const [first, ...others] = whyOthersAnswer(tags, readWishes(tags));
  return first && wait(stamp, withAlso(first, others));
}

/** Read from the table as lately as the facts. A stop that cannot be read stops, too. Each run looks again. */
export function notStopped({ stop, settings }: BeforeQuestion): VerdictBefore | undefined {
  const reason = saysStopped(stop, settings.rules.calendar.timeZone);
  return reason && { kind: 'wait', reason, until: undefined };
}

function wait({ at }: Stamp, reason: Statement): VerdictBefore {
  return { kind: 'wait', reason, until: plus(at, attemptPause) };
}
