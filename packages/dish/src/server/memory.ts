// SPDX-License-Identifier: MIT

/**
 * An account of bytes held in memory: of one connection within that of its endpoint, within that of the server. Nothing
 * is held that was not taken here first, whatever the clients do.
 */
export class MemoryAccount {
  readonly #mostBytes: number;
  readonly #within: MemoryAccount | null;
  #heldBytes = 0;
  #closed = false;

  constructor(mostBytes: number, within: MemoryAccount | null = null) {
    this.#mostBytes = mostBytes;
    this.#within = within;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** @returns null if there was room; else the account that is full: this one or one that it lies within */
  take(bytes: number): MemoryAccount | null {
    if (this.#closed) return this;
    const full =
      this.#heldBytes + bytes > this.#mostBytes
        ? this
        : this.#within === null
          ? null
          : this.#within.take(bytes);
    if (full === null) this.#heldBytes += bytes;
    return full;
  }

  give(bytes: number): void {
    if (this.#closed) return;
    this.#heldBytes -= bytes;
    this.#within?.give(bytes);
  }

  /** Gives everything back at once. What is given back later has been given back already. */
  close(): void {
    if (this.#closed) return;
    this.#within?.give(this.#heldBytes);
    this.#heldBytes = 0;
    this.#closed = true;
  }
}
