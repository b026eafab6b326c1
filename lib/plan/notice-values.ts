// The values of the statements about notices: what people could not be told.

/** Words of a service or of an error. */
type Message = { message: string };

/** Their codes, and the values of their sentences. */
export interface NoticeValues {
  /** `problem`: the code of a DeliveryProblem. `at`: when the next try may be; absent where there is none. */
  'notice-not-taken': { channel: string; problem: string; answer?: string; at?: string; timeZone: string };
  'notices-not-told': Message;
  'channels-not-recorded': Message;
  'told-not-recorded': Message;
}
