// The values that many sentences share.
import { state } from '../../../lib/plan/statement.ts';

export const timeZone = 'Asia/Shanghai';
/** Wednesday, 02:00 in Shanghai. */
export const at = '2026-12-01T18:00:00Z';
/** Thursday, 10:00 in Shanghai. */
export const notBefore = '2026-12-03T02:00:00Z';
export const one = { eventIds: ['e-1'] };
export const two = { eventIds: ['e-1', 'e-2'] };
export const message = 'The connection broke.';
/** Services that answer with a code say their message without a full stop. */
export const answer = { errorCode: 'Throttling', message: 'Too many requests' };
export const faults = [{ what: 'Tag reboot-planner:window', value: '"Mo 2-5"', expected: 'times' }];
export const noStatus = { what: 'Status of instance i-1', value: 'null', expected: 'a status' };
export const noRoom = { window: 'Sun 02:00-05:00', slotMs: 900_000, notBefore, timeZone };
export const seen = {
  events: [{ eventId: 'e-1', status: 'Scheduled' }],
  unlisted: [],
  faults: [],
  instance: 'Starting',
};
export const why = state('as-written', { text: 'This is why.' });
export const verdict = state('as-written', { text: 'This is the verdict.' });
export const drain = { step: 'pre-command', commandId: 'c-drain' };
