// The few demands that are arranged together. A set of them is a number with one bit for each.
import type { Range } from '../bookings.ts';
import type { Demand } from '../chain-search.ts';
import { byRank } from '../rank.ts';

/** A demand, with the slot that it has so far. */
export interface Candidate {
  demand: Demand;
  /** Absent where it has none. */
  start: number | undefined;
  /** The slot that its row has. Any other slot is a move. */
  keptStart: number | undefined;
}

/** One of the few. */
export interface Member extends Candidate {
  /** A more urgent member has a larger bit. */
  bit: number;
  /** In these it may begin. */
  places: readonly Range[];
  /** The set of the more urgent members that want the same slots. */
  twins: number;
}

/** The members, the most urgent first. */
export function membersOf(candidates: readonly Candidate[]): Member[] {
  const ranked = [...candidates].sort((a, b) => byRank(a.demand, b.demand));
  const members: Member[] = [];
  for (const [index, candidate] of ranked.entries()) {
    const places = placesOf(candidate);
    const alike = members.filter((other) => wantSame({ ...candidate, places }, other));
    const bit = 2 ** (ranked.length - 1 - index);
    members.push({ ...candidate, bit, places, twins: setOf(alike) });
  }
  return members;
}

export function setOf(members: readonly Pick<Member, 'bit'>[]): number {
  return members.reduce((set, { bit }) => set | bit, 0);
}

/** True where the first set has more members than the second one, or as many and more urgent ones. */
export function isBetter(set: number, other: number): boolean {
  return sizeOf(set) - sizeOf(other) > 0 || (sizeOf(set) === sizeOf(other) && set > other);
}

function sizeOf(set: number): number {
  let size = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

/** A row may keep a slot that is not in its places any more. */
function placesOf({ demand: { places }, keptStart }: Candidate): readonly Range[] {
  if (keptStart === undefined) return places;
  const isInside = places.some(({ from, until }) => from <= keptStart && keptStart <= until);
  return isInside ? places : [...places, { from: keptStart, until: keptStart }];
}

function wantSame(a: Pick<Member, 'demand' | 'places'>, b: Pick<Member, 'demand' | 'places'>): boolean {
  if (a.demand.group !== b.demand.group || a.places.length !== b.places.length) return false;
  return a.places.every(({ from, until }, index) => {
    const other = b.places[index];
    return from === other?.from && until === other.until;
  });
}
