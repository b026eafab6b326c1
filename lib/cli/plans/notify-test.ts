// notify-test: a sample to each channel of NOTIFY, and what each answered. It reads and writes no row of a plan. A channel that
// takes the sample and was paused is told again what waits.
import type { Resumed } from '../../alibaba/tablestore/resumed-channels.ts';
import { openChannels } from '../../channels/open-channels.ts';
import { postByFetch, type Post } from '../../channels/post.ts';
import type { Instant } from '../../plan/calendar/instant.ts';
import type { DeliveryOutcome, Notice } from '../../plan/notice.ts';
import { readChannels, type ChannelConfiguration } from '../../settings/configuration.ts';
import type { Environment } from '../../settings/environment-schema.ts';
import type { Language } from '../../settings/language.ts';
import { deliveryProblemText } from '../../wording/delivery.ts';
import type { CommandOutput } from '../run-command.ts';

/** What the command needs of the world. */
export interface NotifyTestPorts extends CommandOutput {
  now: () => Instant;
  post?: Post;
  /** Takes away the pauses of these channels; absent where the settings name no tables. */
  resume?: (names: readonly string[]) => Promise<Resumed>;
}

/** What a person may choose. */
export interface NotifyTestOptions {
  environment: Environment;
  /** Of what is printed. The sample is in NOTIFY_LANGUAGE. */
  language: Language;
  isJson: boolean;
}

/**
 * Sends the sample. Returns the exit code: 0 where every channel took it, 1 where one did not, or where there is none.
 * @throws ConfigurationError where NOTIFY cannot be read
 */
export async function notifyTest(
  { out, now, post = postByFetch, resume }: NotifyTestPorts,
  { environment, language, isJson }: NotifyTestOptions,
): Promise<number> {
  const configuration = readChannels(environment);
  const channels = openChannels(configuration.channels, { clock: { now }, post });
  const sample = sampleOf(configuration, now());
  const answers = await Promise.all(
    channels.map(async (channel) => ({ name: channel.name, outcome: await channel.tell(sample) })),
  );
  const took = answers.filter(({ outcome }) => outcome.kind === 'told').map(({ name }) => name);
  const resumed = took.length === 0 ? undefined : await resume?.(took);
  const free = resumed?.kind === 'resumed' ? resumed.names : [];
  const { none, tellsAgain, staysPaused } = words[language];
  if (isJson) {
    out(
      JSON.stringify(
        answers.map(({ name, outcome }) => ({
          channel: name,
          ...outcome,
          ...(free.includes(name) ? { resumed: true } : {}),
        })),
      ),
    );
  } else if (answers.length === 0) {
    out(none);
  } else {
    for (const { name, outcome } of answers) {
      out(`${name}: ${answerText(outcome, language)}${free.includes(name) ? tellsAgain : ''}`);
    }
    if (resumed?.kind === 'failed') out(`${staysPaused}${resumed.message}`);
  }
  return answers.length > 0 && answers.every(({ outcome }) => outcome.kind === 'told') ? 0 : 1;
}

const words = {
  en: {
    none: 'NOTIFY is none: nobody is told anything. The README says how to set it.',
    told: 'took the sample.',
    tellsAgain: ' It was paused. The next run tells it what waits.',
    staysPaused: 'A channel that was paused stays so, because the tables could not be used: ',
    sample: 'Sample: notices of ecs-reboot-planner arrive here',
    line: 'Somebody ran notify-test. Nothing is to be done.',
  },
  zh: {
    none: 'NOTIFY 为 none：不会通知任何人。设置方法见 README。',
    told: '已接收测试通知。',
    tellsAgain: '该渠道此前已暂停，下次运行时将补发等待中的通知。',
    staysPaused: '无法访问表，已暂停的渠道仍保持暂停：',
    sample: '测试：ecs-reboot-planner 的通知可以到达此处',
    line: '有人运行了 notify-test，无需处理。',
  },
} as const;

/** The sample, in the language of notices. */
export function sampleOf({ language }: Pick<ChannelConfiguration, 'language'>, at: Instant): Notice {
  const { sample, line } = words[language];
  return {
    type: 'sample',
    at,
    language,
    severity: 'info',
    title: [sample],
    sections: [{ heading: ['notify-test'], entries: [{ line: [line] }] }],
  };
}

function answerText(outcome: DeliveryOutcome, language: Language): string {
  return outcome.kind === 'told' ? words[language].told : deliveryProblemText(outcome.problem, language);
}
