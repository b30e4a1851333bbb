// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { slotAt } from "@perigee/network";
import { SlotArchive } from "./slot-archive.ts";
import { encodePlanetSlot } from "./slot-record.ts";
import { AT_MS, regionCells, regionPlanet } from "./testing/region.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-slots-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const cells = regionCells();
const permitted = new Uint8Array(cells.territories.length).fill(1);
const { record } = regionPlanet(cells).plan({ slot: slotAt(AT_MS), permitted, sites: [] });
const packed = (slot: number): Uint8Array => encodePlanetSlot({ ...record, slot });

test("the newest slots are kept, as many as fit, and can be read back", async () => {
  const size = packed(1).length;
  const archive = new SlotArchive(folder, 3.5 * size);
  assert.equal(archive.range(), null);
  for (let slot = 1; slot <= 6; slot++) await archive.add(slot, packed(slot));
  assert.deepEqual(archive.range(), { first: 4, last: 6 });
  assert.deepEqual(readdirSync(folder).sort(), ["4.slot", "5.slot", "6.slot"]);
  for (const slot of [4, 5, 6, 4]) assert.equal((await archive.read(slot))?.slot, slot);
  assert.deepEqual([await archive.read(3), await archive.read(7)], [null, null]);
  archive.clear();
  assert.deepEqual([archive.range(), await archive.read(5), readdirSync(folder)], [null, null, []]);
});

test("one slot is kept even if it is larger than all may be; leftovers of another run are not", async () => {
  writeFileSync(join(folder, "77.slot"), packed(77));
  const archive = new SlotArchive(folder, 1);
  assert.equal(await archive.read(77), null);
  await archive.add(8, packed(8));
  await archive.add(9, packed(9));
  assert.deepEqual(archive.range(), { first: 9, last: 9 });
});

test("a file that was changed meanwhile is no slot", async () => {
  const archive = new SlotArchive(folder);
  await archive.add(1, packed(1));
  writeFileSync(join(folder, "1.slot"), packed(1).subarray(20));
  assert.equal(await archive.read(1), null);
});
