// The shapes of the values of statements about notices.
import * as v from 'valibot';
import type { NoticeValues } from '../../plan/notice-values.ts';
import { message, text, zone, type ShapesOf } from './shape-parts.ts';

/** By code. */
export const noticeShapes: ShapesOf<NoticeValues> = {
  'notice-not-taken': {
    channel: text,
    problem: text,
    answer: v.exactOptional(text),
    at: v.exactOptional(text),
    timeZone: zone,
  },
  'notices-not-told': message,
  'channels-not-recorded': message,
  'told-not-recorded': message,
};
