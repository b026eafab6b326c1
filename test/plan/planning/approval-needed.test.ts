// Whether a plan needs an approval, whether it has it, and why an earlier one does not count.
import { describe, expect, it } from 'vitest';
import {
  approvalFor,
  isApprovalRequired,
  lacksApproval,
  outdatedGrant,
  type ApprovalNeed,
} from '../../../lib/plan/planning/approval-needed.ts';
import { waiting, without } from '../samples.ts';

const required: ApprovalNeed = { isRequired: true, eventIds: ['e-1'], kind: 'window' };
const free: ApprovalNeed = { ...required, isRequired: false };
const granted = waiting({ approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' });
const asking = waiting({ approvalAskedBy: 'operator:li' });

it.each([
  ['auto', false, false],
  ['auto', true, true],
  ['approval', false, true],
  ['approval', true, true],
  ['observe', false, false],
  ['observe', true, false],
] as const)(
  'in MODE=%s, with a tag that asks for it: %s, an approval is required: %s',
  (mode, approvalRequired, is) => {
    expect(isApprovalRequired(mode, { approvalRequired })).toBe(is);
  },
);

describe('a plan lacks its approval', () => {
  it('where the rules or a person ask for one that it does not have', () => {
    expect(lacksApproval(waiting(), required)).toBe(true);
    expect(lacksApproval(asking, free)).toBe(true);
    expect(lacksApproval(granted, { ...required, eventIds: ['e-1', 'e-2'] })).toBe(true);
  });

  it('not where nobody asks, or where it is granted', () => {
    expect(lacksApproval(waiting(), free)).toBe(false);
    expect(lacksApproval(granted, required)).toBe(false);
  });

  it('and its columns say what it has', () => {
    const grant = { approval: 'granted', approvedEvents: ['e-1'], approvedDecision: 'window' };
    expect(approvalFor(granted, required)).toEqual(grant);
    // Nobody asks for it any more, and it was given.
    expect(approvalFor(granted, free)).toEqual(grant);
    expect(approvalFor(granted, { ...required, eventIds: ['e-2'] })).toEqual({ approval: 'required' });
    expect(approvalFor(granted, { ...free, eventIds: ['e-2'] })).toEqual({ approval: 'not-required' });
    expect(approvalFor(waiting(), required)).toEqual({ approval: 'required' });
    expect(approvalFor(waiting(), free)).toEqual({ approval: 'not-required' });
  });
});

describe('a grant that does not count is told', () => {
  it('with the events that it was not for', () => {
    expect(outdatedGrant(granted, { ...required, eventIds: ['e-1', 'e-2'] })).toEqual({
      code: 'grant-outdated',
      values: { eventIds: ['e-2'], granted: 'window', decision: 'window' },
    });
  });

  it('with the kind of interval that it was for, and that of now', () => {
    expect(outdatedGrant(granted, { ...required, kind: 'last-resort' })).toEqual({
      code: 'grant-outdated',
      values: { eventIds: [], granted: 'window', decision: 'last-resort' },
    });
  });

  it('with the kind that the row has, where none is planned now, or with that which it was for', () => {
    const none: ApprovalNeed = { ...required, kind: undefined };
    const said = (decision: string): object => ({ values: { decision } });
    expect(outdatedGrant({ ...granted, decision: 'soonest' }, none)).toMatchObject(said('soonest'));
    expect(outdatedGrant(without(granted, 'decision'), none)).toMatchObject(said('window'));
  });

  it('not where it counts, or where there is none', () => {
    expect(outdatedGrant(granted, required)).toBe(undefined);
    expect(outdatedGrant(waiting(), required)).toBe(undefined);
  });
});
