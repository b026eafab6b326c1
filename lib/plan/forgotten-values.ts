// The values of the statements about events and rows that would be forgotten otherwise: a region that nobody has any more, a
// restart that only the history knows, an event behind another one.

/** Words of a service or of an error. */
type Message = { message: string };
type Nothing = Readonly<Record<string, never>>;

/** Their codes, and the values of their sentences. */
export interface ForgottenValues {
  /** `sentAt`: when a restart may have been sent; absent where none was. */
  'in-history': {
    eventIds: readonly string[];
    planId: string;
    status: string;
    sentAt?: string;
    timeZone: string;
  };
  'also-open': { events: readonly { eventId: string; type: string; status: string }[] };
  'region-gone': Nothing;
  'region-gone-sent': Nothing;
  'region-unserved': { plans: number };
  'plan-unserved': { status: string };
  'regions-unreadable': Message;
  'history-unreadable': Message & { instances: number };
  'not-kept': Message;
}
