// Places a few members one by one, in the order of their starts, and takes them back. Each begins as early as it can, but not
// before the one placed last. No arrangement is lost by that: if everybody begins as early as the order of the starts
// allows, each slot ends earlier than before, and the next one still fits. What cannot move stays booked all the time.
import type { Milliseconds } from '../../calendar/instant.ts';
import type { Bookings } from '../bookings.ts';
import type { Member } from './member.ts';

/** A slot for a member. */
export interface Step {
  member: Member;
  start: number;
}

/** Those who are placed so far. */
export class StartOrder {
  readonly #bookings: Bookings;
  readonly #slot: Milliseconds;
  readonly #steps: Step[] = [];
  /** From this far after a start on, the slot and its pause are in nobody's way. */
  readonly reach: Milliseconds;
  /** What was reached before, by the set that was placed. */
  readonly #known = new Map<number, Reached[]>();
  /** The set that is placed. */
  placed = 0;

  /** The members must have no bookings. */
  constructor(bookings: Bookings, slot: Milliseconds) {
    this.#bookings = bookings;
    this.#slot = slot;
    this.reach = slot + bookings.pause;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** No slot begins before this moment any more. */
  get last(): number {
    return this.#steps.at(-1)?.start ?? -Infinity;
  }

  /** Calls `work` while the slot of this step is taken. */
  with(step: Step, work: () => void): void {
    const { member, start } = step;
    const { instanceId, group } = member.demand;
    const of = group === undefined ? {} : { group };
    this.#bookings.add({ instanceId, ...of, start, end: start + this.#slot });
    this.#steps.push(step);
    this.placed |= member.bit;
    work();
    this.placed &= ~member.bit;
    this.#steps.pop();
    this.#bookings.release(instanceId);
  }

  /** The next slot of the member in each of its places. */
  nextOf(member: Member): Step[] {
    const { last } = this;
    return member.places.flatMap(({ from, until }) => {
      const range = { from: Math.max(from, last), until };
      const start = this.#bookings.first(member.demand.group, range, this.#slot);
      return start === undefined ? [] : [{ member, start }];
    });
  }

  /** The slot that the row of the member has, if it can still be taken. */
  keptBy(member: Member): Step[] {
    const { keptStart: start, demand } = member;
    if (start === undefined || start < this.last) return [];
    return this.#bookings.hasRoom(demand.group, start, this.#slot) ? [{ member, start }] : [];
  }

  /**
   * True where the same set was reached before with no more moves, and with starts that leave at least the same room. Whatever
   * may follow here was tried there.
   */
  isKnown(moves: number): boolean {
    const here: Reached = { starts: this.#startsByGroup(), last: this.last, moves };
    const known = this.#known.get(this.placed) ?? [];
    if (known.some((one) => this.#isNoWorse(one, here))) return true;
    this.#known.set(this.placed, [...known, here]);
    return false;
  }

  /** A slot that has ended is in nobody's way, whenever it began. */
  #isNoWorse(one: Reached, other: Reached): boolean {
    if (one.moves > other.moves || one.last > other.last) return false;
    const ended = other.last - this.reach;
    return one.starts.every((start, index) => start <= Math.max(other.starts[index] ?? ended, ended));
  }

  /** Equal sets have equal groups, so that the starts of two of them compare one by one. */
  #startsByGroup(): number[] {
    const byGroup = new Map<string | undefined, number[]>();
    for (const { member, start } of this.#steps) {
      const { group } = member.demand;
      byGroup.set(group, [...(byGroup.get(group) ?? []), start]);
    }
    const names = [...byGroup.keys()].sort();
    return names.flatMap((name) => byGroup.get(name) ?? []);
  }
}

interface Reached {
  /** The starts of one group after the other, each in order. */
  starts: readonly number[];
  last: number;
  moves: number;
}
