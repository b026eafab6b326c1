// The event of a self-check: `{"check":true}`, as in `npx s execute-job invoke -e '{"check":true}'`.
import * as v from 'valibot';

/** The event of a timer has no field `check`. Whatever its value is, who wrote one wants no run of the job. */
const checkEvent = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    check: v.pipe(
      v.unknown(),
      v.check((value) => value !== undefined),
    ),
  }),
);

/** True where the event asks for the self-check in place of the job. */
export function asksForCheck(event: Buffer): boolean {
  return v.safeParse(checkEvent, event.toString('utf8')).success;
}
