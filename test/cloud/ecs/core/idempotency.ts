// ClientToken: the same call, sent again, is answered as the first time and does nothing more. A refused call uses up
// no token. Tokens are kept for good and counted for the account and the action; how long and how wide is not published.
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Action } from './actions/action.ts';

/** The action, under this name, with a ClientToken: 400 InvalidClientToken.Malformed, 403 IdempotentParameterMismatch. */
export function idempotent(name: string, action: Action): Action {
  return (account, call) => {
    const token = optional(call.params, 'ClientToken');
    if (token === undefined) return action(account, call);
    if (!/^[\x20-\x7e]{1,64}$/.test(token)) {
      throw new EcsError(
        400,
        'InvalidClientToken.Malformed',
        'The specified parameter clientToken is not valid.',
      );
    }
    const key = `${name}/${token}`;
    const params = JSON.stringify(Object.entries(call.params).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = account.answered.get(key);
    if (known !== undefined) {
      if (known.params !== params) {
        throw new EcsError(403, 'IdempotentParameterMismatch', 'The specified clientToken is used.');
      }
      return known.answer;
    }
    const answer = action(account, call);
    account.answered.set(key, { params, answer });
    return answer;
  };
}
