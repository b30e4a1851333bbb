// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { CellFiles } from "./cell-files.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-cells-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** How often the value had to be made, in so many askings with this key. */
function made(key: string): number {
  let count = 0;
  const value = new CellFiles(folder).get(
    "numbers",
    key,
    () => {
      count += 1;
      return [1, 2, 3];
    },
    numbers => Uint8Array.from(numbers),
    bytes => Array.from(bytes),
  );
  assert.deepEqual(value, [1, 2, 3]);
  return count;
}

test("what was made once is read, unless its inputs changed", () => {
  assert.deepEqual([made("a"), made("a"), made("b"), made("b"), made("a")], [1, 0, 1, 0, 1]);
});

test("a file that is cut short, changed or empty is made anew", () => {
  const path = join(folder, "numbers");
  made("a");
  const whole = readFileSync(path);
  for (let at = 0; at < whole.length; at += 7) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    writeFileSync(path, changed);
    assert.deepEqual([made("a"), made("a")], [1, 0], `byte ${at}`);
  }
  for (const length of [whole.length - 1, 32, 0]) {
    truncateSync(path, length);
    assert.deepEqual([made("a"), made("a")], [1, 0], `${length} bytes`);
  }
});
