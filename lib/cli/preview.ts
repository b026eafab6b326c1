// `npm run plans -- preview`: what the planner would choose for one instance with the rules that the options give. It needs
// no environment, no account and no clock. It ignores the limits of groups and regions, which concern several instances.
import { Option, type Command } from 'commander';
import { faultList } from '../failures.ts';
import { inZone, iso, type Instant } from '../plan/calendar/instant.ts';
import type { Fault } from '../plan/fault.ts';
import { decide, type Decision } from '../plan/planning/decision.ts';
import { alone } from '../plan/spacing/slots.ts';
import { defaultOf } from '../settings/environment-schema.ts';
import { inEnglish } from '../wording/english.ts';
import { readPreviewOptions, timeExpected, type PreviewOptions } from './preview-options.ts';
import type { CommandOutput } from './run-command.ts';

/** What `--json` prints. The times are ISO 8601 in UTC, or null where the planner would not reboot. */
interface Preview {
  decision: Decision['kind'];
  executeAt: string | null;
  latestStart: string | null;
  reason: string;
}

/** The choice as an object and as lines for a person, or all faults of the call. */
export type PreviewResult =
  { ok: true; preview: Preview; lines: string[] } | { ok: false; faults: readonly Fault[] };

/** Decides as the planner would. */
export function preview(options: PreviewOptions): PreviewResult {
  const read = readPreviewOptions(options);
  if (!read.ok) return read;
  const { now, notBefore, rules } = read.question;
  const decision = decide({ now, notBefore, rules, slots: alone(rules.group, rules.slot) });
  const { kind } = decision;
  const reason = inEnglish(decision.reason);
  const [executeAt, latestStart] =
    'executeAt' in decision ? [iso(decision.executeAt), iso(decision.latestStart)] : [null, null];
  return {
    ok: true,
    preview: { decision: kind, executeAt, latestStart, reason },
    lines: linesFor(decision, rules.calendar.timeZone),
  };
}

/** The wall time comes first, because people plan their nights by it. */
function linesFor(decision: Decision, timeZone: string): string[] {
  const both = (time: Instant): string => `${inZone(time, timeZone)} (${iso(time)})`;
  return [
    `Decision:      ${decision.kind}`,
    ...('executeAt' in decision
      ? [`Reboot from:   ${both(decision.executeAt)}`, `Latest start:  ${both(decision.latestStart)}`]
      : ['Reboot:        none by us']),
    `Reason:        ${inEnglish(decision.reason)}`,
  ];
}

/** Adds `preview` to the commands of `npm run plans`. */
export function addPreview(program: Command, { out }: CommandOutput): void {
  program
    .command('preview')
    .description('what the planner would choose for one instance; needs no environment and no account')
    .option('--now <time>', `the time of planning, ${timeExpected} (required)`)
    .option('--not-before <time>', 'the NotBefore of the event, in the same format (required)')
    .option('--windows <windows>', standsFor('MAINTENANCE_WINDOWS'))
    .option('--time-zone <zone>', standsFor('TIME_ZONE'))
    .option('--blackout <dates>', standsFor('BLACKOUT_DATES'))
    .addOption(noWindowOption())
    .option('--slot <duration>', standsFor('SLOT'))
    .option('--start-room <duration>', standsFor('START_ROOM'))
    .option('--safety-margin <duration>', standsFor('SAFETY_MARGIN'))
    .option('--last-resort-lead <duration>', standsFor('LAST_RESORT_LEAD'))
    .option('--json', 'print one JSON object and nothing else')
    .action(({ json, ...options }: PreviewOptions & { json?: true }, command: Command) => {
      const result = preview(options);
      if (!result.ok) {
        command.error(faultList('The call is wrong:', result.faults));
      }
      if (json) out(JSON.stringify(result.preview));
      else result.lines.forEach(out);
    });
}

function standsFor(setting: Parameters<typeof defaultOf>[0]): string {
  return `as ${setting} (default: ${defaultOf(setting) || 'none'})`;
}

/** Commander reads `--no-…` as the negation of another option. This option only happens to begin with it. */
function noWindowOption(): Option {
  const option = new Option('--no-window <policy>', standsFor('NO_WINDOW'));
  option.negate = false;
  return option;
}
