// A review for programs: everything, with ISO times and lengths in milliseconds. Fields are only added.
import type { Problem } from '../../../jobs/report.ts';
import type { Crowd } from '../../../plan/review/crowds.ts';
import type { Failures } from '../../../plan/review/failures.ts';
import type { Figures, Joined, Review } from '../../../plan/review/figures.ts';
import { isoOf } from '../../../plan/review/records.ts';
import type { Statement } from '../../../plan/statement.ts';
import { inLanguage, type Language } from '../../../wording/languages.ts';
import { preventionOf } from '../../../wording/review/preventions.ts';

/** The version of this format. */
const version = 1;

/** One JSON object, in one line. */
export function reviewJson(review: Review, problems: readonly Problem[], language: Language): string {
  const { since, until, all, regions } = review;
  return JSON.stringify({
    version,
    since: isoOf(since),
    until: isoOf(until),
    all: figuresOf(all, language),
    regions: regions.map(({ regionId, source, ...figures }) => ({
      regionId,
      source,
      ...figuresOf(figures, language),
    })),
    problems,
  });
}

function figuresOf({ failures, joined, ...figures }: Figures, language: Language): object {
  return {
    ...figures,
    failures: failures.map(failureOf),
    ...(joined === undefined ? {} : joinedOf(joined, language)),
  };
}

function failureOf({ lastAt, ...failure }: Failures): object {
  return { ...failure, ...(lastAt === undefined ? {} : { lastAt: isoOf(lastAt) }) };
}

function joinedOf({ ends, unplanned, crowds, disagreements, ...counts }: Joined, language: Language): object {
  const said = (what: Statement): object => ({ ...what, sentence: inLanguage(language, what) });
  return {
    ...counts,
    ends: ends.map((end) => ({ ...end, prevention: preventionOf(end, language) })),
    unplanned: unplanned.map(({ why, ...rest }) => ({ why: said(why), ...rest })),
    crowds: crowds.map(crowdOf),
    disagreements: disagreements.map(({ what, ...place }) => ({ ...place, ...said(what) })),
  };
}

function crowdOf({ from, until, ...crowd }: Crowd): object {
  return { ...crowd, from: isoOf(from), until: isoOf(until) };
}
