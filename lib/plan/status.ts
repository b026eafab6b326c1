// The statuses of a plan. transition-table.ts says which follows which.

/** The statuses of plans that a function still looks at. */
export const activeStatuses = ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying'] as const;
/** Active, and no execution has begun with the plan. */
export const waitingStatuses = ['Planned', 'AwaitingApproval'] as const;
/** Held by an execution, or restarted and not yet proven. */
export const begunStatuses = ['Preparing', 'Rebooting', 'Verifying'] as const;

/** The statuses of finished plans. */
export const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'] as const;

/** The status of a plan that a function still looks at. */
export type ActiveStatus = (typeof activeStatuses)[number];

/** The status of a finished plan. */
export type FinalStatus = (typeof finalStatuses)[number];

/** The status of any plan. */
export type PlanStatus = ActiveStatus | FinalStatus;

/** True for the text of a status that ends a plan. */
export function isFinalText(text: string | undefined): boolean {
  return (finalStatuses as readonly (string | undefined)[]).includes(text);
}

/** True for a status that ends a plan. */
export function isFinal(status: PlanStatus): status is FinalStatus {
  return (finalStatuses as readonly PlanStatus[]).includes(status);
}
