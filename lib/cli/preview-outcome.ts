// What planning proposes for one instance, as `preview` prints it.
import { iso, type Instant } from '../plan/calendar/instant.ts';
import type { Plan } from '../plan/plan.ts';
import type { Proposal } from '../plan/planning/proposal.ts';
import { inLanguage, type Language } from '../wording/languages.ts';
import { previewWords } from './preview-words.ts';

/** What the planner would choose. `skip`: a tag says no, or cannot be read. */
export type Choice = NonNullable<Plan['decision']> | 'leave' | 'too-late' | 'skip';

/** The choice of the planner for one instance. */
export interface Outcome {
  /** Of the reason and of the problems. */
  language: Language;
  decision: Choice;
  /** Both are absent where the planner would not reboot. */
  executeAt?: Instant;
  latestStart?: Instant;
  reason: string;
  isApprovalRequired: boolean;
  /** What is wrong with tags and windows. The reason may say it, too. */
  problems: readonly string[];
  /** The zone of the windows. */
  timeZone: string | undefined;
}

/** The plan of one instance of the region. */
export interface Scheduled {
  instance: string;
  group?: string;
  /** The earliest of its events, in ISO 8601. */
  notBefore?: string;
  outcome: Outcome;
}

/** What `--json` prints. The times are ISO 8601 in UTC, or null where the planner would not reboot. */
export interface Preview {
  decision: Choice;
  executeAt: string | null;
  latestStart: string | null;
  reason: string;
  /** Absent where none is required. */
  approval?: 'required';
  /** Absent where there are none. */
  problems?: readonly string[];
}

/** The outcome of the first plan of an instance. */
export function outcomeOf(proposal: Proposal, language: Language): Outcome {
  if (proposal.kind === 'unchanged') throw new Error('Planning says nothing about a scheduled event.');
  const { plan, problems } = proposal;
  const { executeAt, latestStart } = plan;
  return {
    language,
    decision: choiceOf(plan),
    ...(executeAt === undefined ? {} : { executeAt }),
    ...(latestStart === undefined ? {} : { latestStart }),
    reason: inLanguage(language, plan.reason),
    isApprovalRequired: plan.approval === 'required',
    problems: problems
      .filter(({ code }) => aboutTags.includes(code))
      .map((problem) => inLanguage(language, problem)),
    timeZone: plan.rules?.timeZone,
  };
}

const aboutTags: readonly string[] = ['tag-faults', 'window-too-short', 'windows-unknown'];

function choiceOf({ decision, cause }: Plan): Choice {
  if (decision !== undefined) return decision;
  if (cause === 'policy') return 'leave';
  return cause === 'too-late' ? cause : 'skip';
}

/** The outcome for machines. */
export function previewOf(outcome: Outcome): Preview {
  const { decision, executeAt, latestStart, reason, isApprovalRequired, problems } = outcome;
  return {
    decision,
    executeAt: executeAt === undefined ? null : iso(executeAt),
    latestStart: latestStart === undefined ? null : iso(latestStart),
    reason,
    ...(isApprovalRequired ? { approval: 'required' } : {}),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** For people: what the reason does not say. */
export function remarksOf({ language, reason, problems, isApprovalRequired }: Outcome): string[] {
  const others = problems.filter((problem) => !reason.includes(problem));
  return isApprovalRequired ? [previewWords[language].waitsForApproval, ...others] : others;
}
