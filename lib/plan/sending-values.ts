// The values of the statements about the last steps before the irreversible one, and about that step itself.

type Nothing = Readonly<Record<string, never>>;
type At = { at: string; timeZone: string };
/** Words of a service or of an error. */
type Message = { message: string };
type Answer = Message & { errorCode: string };

/** Their codes, and the values of their sentences. */
export interface SendingValues {
  // What a plan in its course waits for.
  'too-little-time': Nothing;
  throttled: Nothing;
  'facts-unreadable': Message;
  'facts-too-old': Nothing;
  prepared: { isTime: boolean };
  // The irreversible step.
  preparing: Nothing;
  'preparing-again': Nothing;
  'took-over': Nothing;
  sending: Nothing;
  'stale-intent': { waitedMs?: number };
  'outside-interval': At;
  refused: Answer;
  'refused-for-good': Answer;
  accepted: Nothing;
  'outcome-unknown': Message;
  'sender-vanished': Nothing;
}
