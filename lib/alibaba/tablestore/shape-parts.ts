// The values that statements are made of.
import * as v from 'valibot';
import { parseTimeZone } from '../../plan/calendar/time-zone.ts';

/** One schema per value of these statements. */
export type ShapesOf<Values> = {
  [C in keyof Values]: {
    [K in keyof Values[C]]-?: v.GenericSchema<unknown, Exclude<Values[C][K], undefined>>;
  };
};

/** A text. */
export const text = v.string();
/** A list of texts. */
export const texts = v.array(text);
/** True or false. */
export const flag = v.boolean();
/** A finite number. */
export const number = v.pipe(v.number(), v.finite());
/** The name of a time zone. */
export const zone = v.pipe(
  text,
  v.check((name) => parseTimeZone(name).ok),
);
/** Words of a service or of an error. */
export const message = { message: text };
/** The answer of a service. */
export const answer = { errorCode: text, message: text };
/** An instant and its zone. */
export const at = { at: text, timeZone: zone };
/** Something that cannot be read. */
export const fault = v.strictObject({
  what: text,
  value: v.exactOptional(text),
  expected: text,
  at: v.exactOptional(text),
  consequence: v.exactOptional(text),
});
