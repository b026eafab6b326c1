// The ten statuses: five that a plan passes through, and five that end it.
import { expect, it } from 'vitest';
import {
  activeStatuses,
  begunStatuses,
  finalStatuses,
  isFinal,
  waitingStatuses,
} from '../../lib/plan/status.ts';

it('a status is either active or final', () => {
  expect(activeStatuses).toEqual(['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying']);
  expect(activeStatuses.filter(isFinal)).toEqual([]);
  expect(finalStatuses.filter(isFinal)).toEqual(['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated']);
});

it('an active status either waits or has begun', () => {
  expect([...waitingStatuses, ...begunStatuses]).toEqual(activeStatuses);
});
