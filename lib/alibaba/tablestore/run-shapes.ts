// The shapes of the values of statements about the runs of the functions.
import * as v from 'valibot';
import { functionNames, type RunValues } from '../../plan/run-values.ts';
import { message, text, zone, type ShapesOf } from './shape-parts.ts';

/** By code. */
export const runShapes: ShapesOf<RunValues> = {
  'function-silent': {
    functionName: v.picklist(functionNames),
    endedAt: v.exactOptional(text),
    beganAt: v.exactOptional(text),
    failure: v.exactOptional(text),
    timeZone: zone,
  },
  'runs-unreadable': message,
  'run-not-recorded': message,
};
