// English, fifth part: what people could not be told.
import { deliveryWords } from '../delivery.ts';
import type { Catalogue } from '../sentence.ts';
import { wallTime } from '../words.ts';

/** The sentences about notices. */
export const notices = {
  'notice-not-taken': ({ channel, problem, answer, at, timeZone }) =>
    `The channel ${channel} of NOTIFY did not take the notice${answer === undefined ? '' : ` (${answer})`}. ${deliveryWords(problem, 'en')}${at === undefined ? '' : ` The next try is not before ${wallTime(at, timeZone)}.`}`,
  'notices-not-told': ({ message }) =>
    `Nobody could be told what happened. The next run tries again: ${message}`,
  'channels-not-recorded': ({ message }) =>
    `Notices were sent, but what the channels answered could not be recorded. They may hear some of it again: ${message}`,
  'told-not-recorded': ({ message }) =>
    `People were told of this instance, but the row does not show it. They may hear it again: ${message}`,
} satisfies Partial<Catalogue>;
