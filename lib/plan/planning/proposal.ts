// What planning proposes to write for one instance, and the pieces that new, waiting and finished plans share.
import { iso } from '../calendar/instant.ts';
import type { Plan } from '../plan.ts';
import { approvalFor, type ApprovalOf } from './approval-needed.ts';
import { recordOf, type RulesRecord } from '../rules.ts';
import { state, type Statement } from '../statement.ts';
import type { End } from '../ending.ts';
import type { Draft } from '../transitions.ts';
import { idsOf } from './judgement-case.ts';
import type { EndJudgement, RebootJudgement } from './judgement.ts';

/** What to write, if anything. `problems` are for the operator, whether or not something is written. */
export type Proposal = { problems: readonly Statement[] } & (
  | { kind: 'unchanged' }
  /** A first row, or a new plan instead of a finished one, which goes to the history. */
  | {
      kind: 'created';
      plan: Plan;
      replaces?: Plan;
      /** True where the history has the finished plan already, and its row was edited since. */
      isKept?: boolean;
    }
  | { kind: 'updated' | 'ended'; plan: Plan; from: Plan }
);

/** A proposal that writes. */
export type ProposedChange = Exclude<Proposal, { kind: 'unchanged' }>;

/** Nothing to write. */
export function unchanged(problems: readonly Statement[] = []): Proposal {
  return { kind: 'unchanged', problems };
}

/** The judgement as columns of `row`. `pinned`: the interval of the row, where its pinned time is kept. */
export function draftOf(
  judgement: RebootJudgement,
  row: ApprovalOf,
  pinned?: Pick<Draft, 'executeAt' | 'latestStart'>,
): Draft {
  const { rules, runbook, ecsWindow, interval } = judgement;
  const eventIds = idsOf(judgement.events);
  const kind = pinned === undefined ? interval.decision : 'pinned';
  const grant = approvalFor(row, { isRequired: judgement.isApprovalRequired, eventIds, kind });
  return {
    status: grant.approval === 'required' ? 'AwaitingApproval' : 'Planned',
    reason: judgement.reason,
    eventIds,
    laterEventIds: idsOf(judgement.others),
    notBefore: judgement.notBefore,
    rules: { ...recordOf(rules), ...lastResortOf(judgement.chosen) },
    ...(rules.group === undefined ? {} : { group: rules.group }),
    ...(runbook === undefined ? {} : { runbook }),
    ...(ecsWindow === undefined ? {} : { ecsWindow }),
    ...grant,
    ...interval,
    ...pinned,
  };
}

function lastResortOf(reason: Statement): Pick<RulesRecord, 'lastResort'> {
  if (reason.code !== 'last-resort') return {};
  const { at, since } = reason.values;
  return since === undefined ? {} : { lastResort: { at, since } };
}

/** For the timeline: the status, the time, and why. */
export function planned(draft: Draft, why: Statement, timeZone: string): Statement {
  const at = draft.executeAt === undefined ? {} : { at: iso(draft.executeAt) };
  return state('planned', { status: draft.status, ...at, timeZone, why });
}

/** The judgement as the end of `row`, which is then about the events of the judgement, too. */
export function endOf(judgement: EndJudgement, row: Pick<Plan, 'eventIds'>): End {
  const { status, reason, cause, notBefore } = judgement;
  const eventIds = [...new Set([...idsOf(judgement.events), ...row.eventIds])];
  return { status, reason, cause, about: { eventIds, laterEventIds: [], notBefore } };
}
