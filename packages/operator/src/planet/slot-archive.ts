// SPDX-License-Identifier: MIT
import { mkdirSync, rmSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodePlanetSlot, type PlanetSlot } from "./slot-record.ts";

/** An hour of slots, if they fit. */
const MOST_SLOTS = 240;
const MOST_BYTES = 200 * 1024 * 1024;
/** Slots kept unpacked: the one that is shown, and its neighbours while a slider is dragged. */
const UNPACKED = 3;

/**
 * The newest slots of the planet, packed, in a folder of their own. Nothing in it outlives the operator: a slot means
 * something beside the table of cells that it was planned for only.
 */
export class SlotArchive {
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Bytes by slot, ascending. */
  #kept: readonly { readonly slot: number; readonly bytes: number }[] = [];
  readonly #unpacked = new Map<number, Promise<PlanetSlot | null>>();

  /** @param mostBytes - The oldest slots go when all together would be larger. */
  constructor(folder: string, mostBytes = MOST_BYTES) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** First and last slot that can be asked for; slots between them may be missing. */
  range(): { readonly first: number; readonly last: number } | null {
    const [first, last] = [this.#kept[0], this.#kept.at(-1)];
    return first === undefined || last === undefined ? null : { first: first.slot, last: last.slot };
  }

  /** Keeps a slot, and lets the oldest go. */
  async add(slot: number, packed: Uint8Array): Promise<void> {
    const path = this.#path(slot);
    await writeFile(`${path}.new`, packed);
    await rename(`${path}.new`, path);
    this.#unpacked.delete(slot);
    const kept = [...this.#kept.filter(k => k.slot !== slot), { slot, bytes: packed.length }].sort(
      (a, b) => a.slot - b.slot,
    );
    let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    const gone: number[] = [];
    while (kept.length > 1 && (kept.length > MOST_SLOTS || total > this.#mostBytes)) {
      const oldest = kept.shift()!;
      total -= oldest.bytes;
      gone.push(oldest.slot);
    }
    this.#kept = kept;
    for (const old of gone) {
      this.#unpacked.delete(old);
      await rm(this.#path(old), { force: true });
    }
  }

  /** A slot; `null` where it is not kept. */
  async read(slot: number): Promise<PlanetSlot | null> {
    if (!this.#kept.some(k => k.slot === slot)) return null;
    let found = this.#unpacked.get(slot);
    if (found === undefined) {
      found = readFile(this.#path(slot)).then(decodePlanetSlot, () => null);
      this.#unpacked.set(slot, found);
      for (const other of this.#unpacked.keys()) {
        if (this.#unpacked.size <= UNPACKED) break;
        this.#unpacked.delete(other);
      }
    }
    return await found;
  }

  /** Forgets every slot. */
  clear(): void {
    const gone = this.#kept;
    this.#kept = [];
    this.#unpacked.clear();
    for (const { slot } of gone) rmSync(this.#path(slot), { force: true });
  }

  #path(slot: number): string {
    return join(this.#folder, `${slot}.slot`);
  }
}
