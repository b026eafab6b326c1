// A channel that keeps what it hears, and answers as it is told. It reads a notice only as a person would: its words.
import { Temporal } from 'temporal-polyfill';
import type { DeliveryOutcome, Notice } from '../../lib/plan/notice.ts';
import type { Channel } from '../../lib/ports.ts';

export class Listener implements Channel {
  readonly name: string;
  readonly heard: Notice[] = [];
  /** Tries, whether they were taken or not. */
  tries = 0;
  /** What it answers: yes, unless it is set. */
  answer: () => DeliveryOutcome = () => ({ kind: 'told' });

  constructor(name = 'slack-00000001') {
    this.name = name;
  }

  tell(notice: Notice): Promise<DeliveryOutcome> {
    this.tries += 1;
    const outcome = this.answer();
    if (outcome.kind === 'told') this.heard.push(notice);
    return Promise.resolve(outcome);
  }

  /** The entries of all notices so far, each after its heading, as in `Up again: web-1 (i-1, cn-hangzhou): …`. */
  get lines(): string[] {
    return this.heard.flatMap(({ sections }) =>
      sections.flatMap(({ heading, entries }) =>
        entries.map(({ line }) => `${words(heading)}: ${words(line)}`),
      ),
    );
  }

  /** What happened to which instance, as in `up-again i-1`. */
  get news(): string[] {
    return this.heard.flatMap(({ sections }) =>
      sections.flatMap(({ entries }) =>
        entries.map(
          ({ facts }) => `${facts?.['kind'] ?? ''} ${facts?.['instance'] ?? facts?.['region'] ?? ''}`,
        ),
      ),
    );
  }

  get titles(): string[] {
    return this.heard.map(({ title }) => words(title));
  }
}

function words(line: readonly (string | { foreign: string })[]): string {
  return line.map((part) => (typeof part === 'string' ? part : part.foreign)).join('');
}

/** A receiver that is down. */
export function busy(until: string): () => DeliveryOutcome {
  return () => ({
    kind: 'later',
    until: Temporal.Instant.from(until),
    problem: { code: 'busy', answer: 'HTTP 503' },
  });
}
