// What ECS answers to a caller who lacks a right: 403 Forbidden.RAM, with what was missing.
import { accessDeniedDetail, unknownCondition, type Refusal } from '../../authority.ts';
import { EcsError } from '../core/ecs-errors.ts';

/** The answer of ECS to a refusal. */
export class ForbiddenError extends EcsError {
  /** AccessDeniedDetail. */
  readonly detail: object | undefined;

  constructor(refusal: Refusal) {
    if (refusal.kind === 'Unknown') {
      super(400, unknownCondition, refusal.message);
      this.detail = undefined;
    } else {
      super(403, 'Forbidden.RAM', message);
      this.detail = accessDeniedDetail(refusal);
    }
  }
}

const message = "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
