// The English catalogue: one sentence, or a few, per statement. A second language is one more file of this type. What
// each code means stands in README.md beside this file. test/wording/en.test.ts asserts each sentence once.
import { notices } from './en/notices.ts';
import { planning } from './en/planning.ts';
import { review } from './en/review.ts';
import { running } from './en/running.ts';
import { steps } from './en/steps.ts';
import { wishes } from './en/wishes.ts';
import type { Catalogue } from './sentence.ts';

/** The English sentence of each code. */
export const en: Catalogue = { ...planning, ...running, ...steps, ...wishes, ...notices, ...review };
