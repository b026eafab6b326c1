// Sabotages of what people are told: nothing, or the same again.
import type { Telling } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import type { SabotageKind } from './world.ts';

export const tellingSabotages: Readonly<Record<string, SabotageKind>> = {
  'forget-to-tell': {
    what: 'treats every digest as told and does not send it',
    make: () => ({ telling: forgetToTell }),
  },
  'tell-twice': {
    what: 'treats what was told as recorded and does not write it',
    make: () => ({ telling: forgetWhatWasTold }),
  },
};

function forgetToTell(real: Telling): Telling {
  const channels = real.channels.map(({ name }) => ({
    name,
    tell: () => Promise.resolve({ kind: 'told' } as const),
  }));
  return { ...real, channels };
}

function forgetWhatWasTold(real: Telling): Telling {
  const board = replacing(real.board, {
    recordTold: (rows) => Promise.resolve(rows.map(() => ({ kind: 'written' }))),
  });
  return { ...real, board };
}
