// SPDX-License-Identifier: MIT

/** A step that takes longer than this is named, so that nobody waits without knowing for what. */
const PATIENCE_MS = 700;

/** Says what is being done, but only when it takes long enough to wonder. */
export class Progress {
  #timer: NodeJS.Timeout | undefined;

  step(what: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => console.error(`  ${what} …`), PATIENCE_MS);
  }

  done(): void {
    clearTimeout(this.#timer);
  }
}
