// The errors of the two reads of events. They have codes of their own, which differ from those of the other actions.
import { EcsError, MissingParameterError, ParameterError } from './ecs-errors.ts';
import type { Action } from './actions/action.ts';

/** The action, with the codes of the reads of events: a bare 403 InvalidParameter, and 404 MissingParameter. */
export function withEventReadErrors(action: Action): Action {
  return (account, call) => {
    try {
      return action(account, call);
    } catch (error) {
      throw translated(error);
    }
  };
}

/** More ids of events than one call takes: 403 EventIdLimitExceeded. */
export function tooManyEventIds(): EcsError {
  return new EcsError(403, 'EventIdLimitExceeded', 'The maximum number of EventIds is exceeded.');
}

/** More ids of instances than one call takes: 403 InstanceIdLimitExceeded. */
export function tooManyInstanceIds(): EcsError {
  return new EcsError(403, 'InstanceIdLimitExceeded', 'The maximum number of InstanceIds is exceeded.');
}

function translated(error: unknown): unknown {
  if (error instanceof ParameterError) {
    return new EcsError(403, 'InvalidParameter', `The Parameter "${error.parameter}" provided is not valid.`);
  }
  if (error instanceof MissingParameterError) return new EcsError(404, error.code, error.message);
  return error;
}
