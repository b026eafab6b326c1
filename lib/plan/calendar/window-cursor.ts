// A position in the lexemes of one item of windows, and the faults that were found up to it.
import type { Lexeme, PlacedFault } from './window-words.ts';

export type Kind = Lexeme['kind'];

/** Reads lexemes one by one. A fault does not stop it. */
export class Cursor {
  readonly #lexemes: readonly Lexeme[];
  readonly #text: string;
  #faults: PlacedFault[];
  /** The index of the next lexeme. */
  next = 0;

  constructor(lexemes: readonly Lexeme[], text: string, faults: readonly PlacedFault[]) {
    this.#lexemes = lexemes;
    this.#text = text;
    this.#faults = [...faults];
  }

  get faults(): readonly PlacedFault[] {
    return this.#faults;
  }

  /** The lexeme that comes `later` after the next one; a negative number for one before it. */
  peek(later = 0): Lexeme | undefined {
    return this.#lexemes[this.next + later];
  }

  /** True where the next lexeme is of one of these kinds. */
  isAt(...kinds: readonly Kind[]): boolean {
    const kind = this.peek()?.kind;
    return kind !== undefined && kinds.includes(kind);
  }

  take<K extends Kind>(...kinds: readonly K[]): (Lexeme & { kind: K }) | undefined {
    const lexeme = this.peek();
    if (lexeme === undefined || !(kinds as readonly Kind[]).includes(lexeme.kind)) return undefined;
    this.next += 1;
    return lexeme as Lexeme & { kind: K };
  }

  /** How many lexemes of these kinds were skipped. */
  skip(...kinds: readonly Kind[]): number {
    const begin = this.next;
    while (this.take(...kinds) !== undefined);
    return this.next - begin;
  }

  /** The kinds of the lexemes from `begin` up to `end`. */
  kinds(begin: number, end: number): Kind[] {
    return this.#lexemes.slice(begin, end).map(({ kind }) => kind);
  }

  from(index: number): number {
    return this.#lexemes[index]?.from ?? this.#text.length;
  }

  /** The text from one lexeme up to another, as written. */
  slice(begin: number, end: number): string {
    const lexemes = this.#lexemes.slice(begin, end);
    return this.#text.slice(lexemes[0]?.from, lexemes.at(-1)?.to);
  }

  fault(expected: string, begin: number, end: number): void {
    this.#faults.push({ from: this.from(begin), expected, at: this.slice(begin, end) });
  }

  faultAt(expected: string, { from, to }: Lexeme): void {
    this.#faults.push({ from, expected, at: this.#text.slice(from, to) });
  }

  /** Drops the faults of the words from `begin` up to `end`: one of the whole stretch takes their place. */
  dropWordFaults(begin: number, end: number): void {
    const words = this.#lexemes.slice(begin, end).filter(({ kind }) => kind === 'word');
    const places = new Set(words.map(({ from }) => from));
    this.#faults = this.#faults.filter(({ from }) => !places.has(from));
  }
}
