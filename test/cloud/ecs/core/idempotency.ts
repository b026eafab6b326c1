// ClientToken: the same call with the same token gets the first answer again and does nothing more. A refused call
// does not use up its token. Tokens are valid per account and action, for ever. Alibaba Cloud publishes neither the
// time nor the scope.
import { EcsError } from './ecs-errors.ts';
import { optional } from './params.ts';
import type { Action } from './actions/action.ts';

/** Adds ClientToken to an action: 400 InvalidClientToken.Malformed, 403 IdempotentParameterMismatch. */
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
