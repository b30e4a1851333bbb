// SPDX-License-Identifier: MIT

/** Texts that come again and again (terminals, gateways, reasons), each with a number. Number 0 is no text. */
export class Words {
  readonly #codes = new Map<string, number>();
  readonly #texts: (string | null)[] = [null];

  /** @param known - In the order of their numbers, the first being number 1. */
  constructor(known: readonly string[] = []) {
    for (const text of known) this.codeOf(text);
  }

  /** How many numbers there are; number 0 is one. */
  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text; a text that is new gets the next one. */
  codeOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const code = this.#texts.length;
    this.#codes.set(text, code);
    this.#texts.push(text);
    return code;
  }

  /** The number of a text that is known; `undefined` for any other. */
  find(text: string): number | undefined {
    return this.#codes.get(text);
  }

  textOf(code: number): string | null {
    const text = this.#texts[code];
    if (text === undefined) throw new RangeError(`There is no word ${code}.`);
    return text;
  }

  /** Texts from a number on, in order. */
  since(code: number): string[] {
    return this.#texts.slice(Math.max(1, code)) as string[];
  }
}
