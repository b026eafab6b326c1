// Part of promise 5: people's wishes, by the record of what they wrote into rows and what these had shown them, and by the
// tags in ECS. What counts is what they had written before the intent was recorded: later edits nobody could see in time.
import type { InstanceView } from '../cloud/ecs/core/types.ts';
import {
  intentOf,
  lastBefore,
  listIn,
  sendingsIn,
  type Evidence,
  type OperatorEdit,
  type RowMoment,
  type RowState,
} from './evidence.ts';
import type { Violation } from './violation.ts';

/** Sendings against a hold, and without an approval for these very events. */
export function sentWithoutConsent(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): Violation[] {
  const tagsOf = new Map(evidence.ecs.instances().map(({ id, tags }) => [id, tags]));
  return sendingsIn(evidence).flatMap((sending): Violation[] => {
    const { at, instanceId } = sending;
    const moments = histories.get(instanceId);
    const intent = intentOf(moments, sending);
    // A sending without an intent breaks another promise.
    if (intent === undefined) return [];
    const edits = (evidence.edits ?? []).filter(
      (edit) => edit.instanceId === instanceId && edit.order < intent.order,
    );
    const ofPlan = edits.filter(({ saw }) => saw['plan_id'] === intent.state['plan_id']);
    const objections = [
      ...heldBy(ofPlan, lastBefore(moments, intent.order)?.state),
      ...unapproved({ evidence, tags: tagsOf.get(instanceId) ?? {}, edits, ofPlan, state: intent.state }),
    ];
    return objections.map((why) => ({
      promise: 5,
      instanceId,
      what: `restarted at ${new Date(at).toISOString()} although ${why}`,
    }));
  });
}

function heldBy(edits: readonly OperatorEdit[], row: RowState | undefined): string[] {
  const last = edits.filter(({ wrote }) => 'hold' in wrote).at(-1);
  if (last !== undefined && !isBlank(last.wrote['hold'])) {
    return [`a person held it at ${new Date(last.at).toISOString()}`];
  }
  return isBlank(row?.['hold']) ? [] : ['its row had a hold'];
}

function isBlank(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

interface Approval {
  evidence: Evidence;
  tags: InstanceView['tags'];
  /** All edits of the row, and those of this plan. */
  edits: readonly OperatorEdit[];
  ofPlan: readonly OperatorEdit[];
  /** The row as the intent was recorded. */
  state: RowState;
}

function unapproved({ evidence, tags, edits, ofPlan, state }: Approval): string[] {
  const demand = ofPlan.findLast((edit) => isDemand(edit));
  const isTagged = 'reboot-planner:approval' in tags;
  const isRequired = evidence.house?.mode === 'approval' || isTagged || demand !== undefined;
  if (!isRequired) return [];
  const grants = edits.filter((edit) => isGrant(edit) && edit.order > (demand?.order ?? -1));
  if (grants.length === 0) return ['its approval was required and never granted'];
  const doubts = grants.map((grant) => doubtAbout(grant, state));
  const [first] = doubts;
  return first === undefined || doubts.includes(undefined) ? [] : [first];
}

/** Why this grant is not for what is restarted now; undefined where it is. */
function doubtAbout({ saw }: OperatorEdit, state: RowState): string | undefined {
  const [wanted, granted] = [listIn(state, 'event_ids'), listIn(saw, 'event_ids')];
  const missing = wanted.filter((id) => !granted.includes(id));
  if (missing.length > 0) {
    return `its approval was granted for ${granted.join(', ')} and not for ${missing.join(', ')}`;
  }
  const [kind, seen] = [kindOf(state), kindOf(saw)];
  // A person who pins a time wants it. Who grants a time outside of the windows has nothing against one in them.
  const isCovered = kind === seen || kind === 'pinned' || (kind === 'window' && seen !== 'pinned');
  return isCovered ? undefined : `its approval was granted for ${seen} and not for ${kind}`;
}

function kindOf(state: RowState): string {
  return state['pinned'] === 'true' ? 'pinned' : String(state['decision']);
}

/** Setting a plan that waits for its approval to Planned says yes, too. */
function isGrant({ wrote, saw }: OperatorEdit): boolean {
  if (wrote['approval'] !== undefined) return wordOf(wrote) === 'granted';
  return wrote['status'] === 'Planned' && saw['status'] === 'AwaitingApproval';
}

/** Also a word that nobody understands. */
function isDemand({ wrote }: OperatorEdit): boolean {
  return wrote['approval'] !== undefined && !['granted', 'not-required'].includes(wordOf(wrote));
}

function wordOf({ approval }: RowState): string {
  return typeof approval === 'string' ? approval.trim().toLowerCase() : '';
}
