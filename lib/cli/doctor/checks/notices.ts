// Whether people hear of anything. A test message is sent only where somebody asks for one.
import type { DeliveryOutcome } from '../../../plan/notice.ts';
import { deliveryProblemText } from '../../../wording/delivery.ts';
import { fault, notChecked, warning, well, type Finding } from '../finding.ts';

/** The channels, and what each answered to a sample. */
export interface NoticesReading {
  /** Their names. */
  channels: readonly string[];
  /** Absent where no sample was sent. */
  answers?: readonly { name: string; outcome: DeliveryOutcome }[];
}

/** Judges the answers. */
export function judgeNotices({ channels, answers }: NoticesReading): Finding[] {
  if (channels.length === 0) {
    const mend = 'Set notify in your settings: the README lists the receivers. Or watch the table yourself.';
    return [warning('notices', 'NOTIFY is none: nobody is told when a plan needs a person.', mend)];
  }
  if (answers === undefined) {
    const why = `No sample was sent to ${channels.join(', ')}.`;
    return [notChecked('notices', why, 'Send one: `npm run doctor -- --notify`.')];
  }
  return answers.map(({ name, outcome }) =>
    outcome.kind === 'told'
      ? well('notices', `${name} took a sample.`)
      : fault('notices', `${name} did not take a sample.`, deliveryProblemText(outcome.problem, 'en')),
  );
}
