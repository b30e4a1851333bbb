// SPDX-License-Identifier: MIT
// What is worked out once of the planet's cells, kept in files. A file that is missing, cut short, changed or of other
// inputs is made anew: nothing here is a record, all of it follows from the inputs that its key names.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const DIGEST_BYTES = 32;
const MOST_BYTES = 256 * 1024 * 1024;

/** A folder of such files. */
export class CellFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * What `make` gives, from the file where that is whole and of the same inputs.
   *
   * @param key - Names the inputs; a file of another key is not read.
   * @param read - From the file's bytes; `null` where they say nothing.
   */
  get<T>(
    name: string,
    key: string,
    make: () => T,
    write: (value: T) => Uint8Array,
    read: (bytes: Uint8Array) => T | null,
  ): T {
    const path = join(this.#folder, name);
    const known = readWhole(path, key);
    const value = known === null ? null : read(known);
    if (value !== null) return value;
    const made = make();
    const body = gzipSync(write(made), { level: 1 });
    writeFileSync(`${path}.new`, Buffer.concat([digestOf(key, body), body]), { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return made;
  }
}

function readWhole(path: string, key: string): Uint8Array | null {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(DIGEST_BYTES);
    if (!digestOf(key, body).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
    return gunzipSync(body, { maxOutputLength: MOST_BYTES });
  } catch {
    return null;
  }
}

const digestOf = (key: string, body: Uint8Array): Buffer =>
  createHash("sha256").update(key).update("\0").update(body).digest();
