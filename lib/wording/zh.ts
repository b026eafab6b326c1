// The Chinese catalogue (simplified), in the words of Alibaba Cloud's console. test/wording/zh.test.ts asserts each sentence
// once, and that it shows the values that the English one shows.
import type { Catalogue } from './sentence.ts';
import { notices } from './zh/notices.ts';
import { planning } from './zh/planning.ts';
import { review } from './zh/review.ts';
import { running } from './zh/running.ts';
import { steps } from './zh/steps.ts';
import { wishes } from './zh/wishes.ts';

/** The Chinese sentence of each code. */
export const zh: Catalogue = { ...planning, ...running, ...steps, ...wishes, ...notices, ...review };
