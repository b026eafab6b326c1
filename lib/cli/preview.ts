// `npm run plans -- preview`: what the planner would choose for one instance, by the rules that the options give.
// Needs no environment, no account and no clock. Leaves out what spaces several instances: groups and regions.
import { Option, type Command } from 'commander';
import { inZone, iso, type Instant } from '../plan/calendar/instant.ts';
import { decide, type Decision } from '../plan/planning/decision.ts';
import { defaultOf, readPreviewOptions, timeExpected, type PreviewOptions } from './preview-options.ts';
import type { CommandOutput } from './run-command.ts';

/** What `--json` prints; the times are UTC, and null where we would not reboot. */
export interface Preview {
  decision: Decision['kind'];
  executeAt: string | null;
  latestStart: string | null;
  reason: string;
}

/** The choice, as an object and for a person, or everything that is wrong with the call. */
export type PreviewResult =
  { ok: true; preview: Preview; lines: string[] } | { ok: false; faults: readonly string[] };

/** Chooses as the planner would. */
export function preview(options: PreviewOptions): PreviewResult {
  const read = readPreviewOptions(options);
  if (!read.ok) return read;
  const { now, notBefore, rules } = read.question;
  const decision = decide(now, notBefore, rules);
  const { kind, reason } = decision;
  const [executeAt, latestStart] =
    'executeAt' in decision ? [iso(decision.executeAt), iso(decision.latestStart)] : [null, null];
  return {
    ok: true,
    preview: { decision: kind, executeAt, latestStart, reason },
    lines: linesFor(decision, rules.calendar.timeZone),
  };
}

/** The wall time comes first: it is what people sleep by. */
function linesFor(decision: Decision, timeZone: string): string[] {
  const both = (time: Instant): string => `${inZone(time, timeZone)} (${iso(time)})`;
  return [
    `Decision:      ${decision.kind}`,
    ...('executeAt' in decision
      ? [`Reboot from:   ${both(decision.executeAt)}`, `Latest start:  ${both(decision.latestStart)}`]
      : ['Reboot:        none by us']),
    `Reason:        ${decision.reason}`,
  ];
}

/** Adds `preview` to the commands of `npm run plans`. */
export function addPreview(program: Command, { out }: CommandOutput): void {
  program
    .command('preview')
    .description('what the planner would choose for one instance; needs no environment and no account')
    .option('--now <time>', `the time of planning, ${timeExpected} (required)`)
    .option('--not-before <time>', 'the NotBefore of the event, written likewise (required)')
    .option('--windows <windows>', standsFor('MAINTENANCE_WINDOWS'))
    .option('--time-zone <zone>', standsFor('TIME_ZONE'))
    .option('--blackout <dates>', standsFor('BLACKOUT_DATES'))
    .addOption(noWindowOption())
    .option('--slot <duration>', standsFor('SLOT'))
    .option('--safety-margin <duration>', standsFor('SAFETY_MARGIN'))
    .option('--last-resort-lead <duration>', standsFor('LAST_RESORT_LEAD'))
    .option('--json', 'print one JSON object and nothing else')
    .action(({ json, ...options }: PreviewOptions & { json?: true }, command: Command) => {
      const result = preview(options);
      if (!result.ok) {
        command.error(['The call is wrong:', ...result.faults.map((fault) => `- ${fault}`)].join('\n'));
      }
      if (json) out(JSON.stringify(result.preview));
      else result.lines.forEach(out);
    });
}

function standsFor(setting: Parameters<typeof defaultOf>[0]): string {
  return `as ${setting} (default: ${defaultOf(setting) || 'none'})`;
}

/** Commander takes `--no-…` for the opposite of another option; this one only happens to begin so. */
function noWindowOption(): Option {
  const option = new Option('--no-window <policy>', standsFor('NO_WINDOW'));
  option.negate = false;
  return option;
}
