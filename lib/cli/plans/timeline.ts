// timeline: the plans as a page for a browser, or as data. It writes nothing but that.
import type { Instant } from '../../plan/calendar/instant.ts';
import type { planPage } from '../../page/page.ts';
import type { AccountOptions, OperatorPorts } from './ports.ts';
import { voiceFor, type LanguageOptions } from './spoken.ts';
import { pagePlansIn } from './shown/page-plans.ts';
import { timelineJson } from './shown/timeline-json.ts';

/** The forms of its output. */
export const timelineForms = ['html', 'json'] as const;

/** As typed. */
export interface TimelineOptions extends AccountOptions, LanguageOptions {
  output?: (typeof timelineForms)[number];
  region?: string;
  group?: string;
  /** The file to write; stdout without it. */
  to?: string;
}

/** Prints or writes it. `since`: plans that ended before are left out, and those since then come from the history, too. Returns the exit code. */
export async function showTimeline(
  ports: OperatorPorts,
  options: TimelineOptions,
  sinceFor: (timeZone: string) => Instant | undefined,
): Promise<number> {
  const { output = 'html', region, group, to } = options;
  const voice = voiceFor(ports, options);
  const account = await ports.open(options);
  try {
    const { timeZone } = account.rules.calendar;
    const since = sinceFor(timeZone);
    const now = ports.now();
    const asked = { ...(region === undefined ? {} : { region }), ...(since === undefined ? {} : { since }) };
    const plans = (await pagePlansIn(account, { ...asked, now, voice })).filter(
      (plan) => group === undefined || plan.group === group,
    );
    const text =
      output === 'json'
        ? `${timelineJson(plans, now, timeZone)}\n`
        : await pageOf(plans, { language: voice.language, timeZone, now });
    if (to === undefined) {
      ports.out(text.trimEnd());
      return 0;
    }
    await ports.writeFile(to, text);
    ports.err(voice.say('written', { file: to, plans: voice.count('plans', plans.length) }));
    return 0;
  } finally {
    account.close();
  }
}

/** The other commands need no library of charts, and begin sooner without it. */
async function pageOf(...page: Parameters<typeof planPage>): Promise<string> {
  const { planPage: draw } = await import('../../page/page.ts');
  return draw(...page);
}
