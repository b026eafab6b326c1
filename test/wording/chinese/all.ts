// The Chinese sentences of all subjects.
import { afterTheRestart } from './after-the-restart.ts';
import type { ChineseCases } from './cases.ts';
import { howChosen } from './how-chosen.ts';
import { irreversibleStep } from './irreversible-step.ts';
import { lookBack } from './look-back.ts';
import { noRestart } from './no-restart.ts';
import { rowsAndRuns } from './rows-and-runs.ts';
import { steps } from './steps.ts';
import { timeline } from './timeline.ts';
import { waits } from './waits.ts';
import { wishes } from './wishes.ts';

export const chinese: ChineseCases = {
  ...howChosen,
  ...noRestart,
  ...timeline,
  ...waits,
  ...irreversibleStep,
  ...afterTheRestart,
  ...steps,
  ...rowsAndRuns,
  ...wishes,
  ...lookBack,
};
