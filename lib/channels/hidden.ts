// A value that must not be printed. JSON, templates and `inspect` do not show it, so that a log of the settings has no secret.

/** Holds a secret text. Only `reveal` gives it. */
export class Hidden {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }
}
