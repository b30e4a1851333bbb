// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, cellBoundary, cellCentre, destination, type Position } from "@perigee/earth";
import fc from "fast-check";
import { cases } from "../cases.ts";
import type { CloneAlarm, SessionRecord } from "./clone-rules.ts";
import { CloneWatch } from "./clone-watch.ts";

const slotMs = 15_000;
const home = { latDeg: 48.6, lonDeg: 9.1 };

/** A record of device `d` in slot `slot`, so many km east of home and ms into the slot. */
function heard(
  slot: number,
  km = 0,
  more: Partial<SessionRecord> & { readonly afterMs?: number } = {},
): SessionRecord {
  const { afterMs = 0, ...rest } = more;
  const position = km === 0 ? home : destination(home, 90, km);
  return {
    terminalId: "ut-1",
    deviceId: "d",
    keyId: null,
    cell: cellAt(position.latDeg, position.lonDeg),
    slot,
    atMs: slot * slotMs + afterMs,
    position,
    ...rest,
  };
}

function alarmsOf(records: readonly SessionRecord[]): readonly (CloneAlarm | null)[] {
  const watch = new CloneWatch();
  return records.map(record => watch.take(record));
}

test("F15: two beams, one identity: the alarm is raised in the slot in which both are heard", () => {
  const [, sameRadioNumber] = alarmsOf([heard(4), heard(4, 900, { afterMs: 9_000 })]);
  assert.equal(sameRadioNumber?.sign, "twoCells");
  assert.deepEqual([sameRadioNumber?.slot, sameRadioNumber?.recommendation], [4, "cloneSuspect"]);
  const [, nextDoor] = alarmsOf([heard(4), heard(4, 0, { deviceId: "e", afterMs: 3 })]);
  assert.deepEqual([nextDoor?.sign, nextDoor?.innocent], ["twoDevices", []]);
  const [, withoutPosition] = alarmsOf([heard(4), heard(4, 300, { position: null, afterMs: 3 })]);
  assert.equal(withoutPosition?.sign, "twoCells");
  const [, twoKeys] = alarmsOf([heard(4, 0, { keyId: "a" }), heard(4, 0, { keyId: "b" })]);
  assert.equal(twoKeys?.sign, "twoDevices");
  const [, apart] = alarmsOf([heard(4), heard(5, 900, { afterMs: 2_000 })]);
  assert.deepEqual([apart?.sign, apart?.slot], ["impossibleTravel", 5]);
});

test("what one device does raises nothing: standing still, a cell's edge, a train, an aircraft", () => {
  for (const kmPerSlot of [0, 0.5, 1.25, 3.7]) {
    const run = Array.from({ length: 200 }, (_, slot) => heard(slot, kmPerSlot * slot));
    assert.deepEqual(
      alarmsOf(run).filter(alarm => alarm !== null),
      [],
      `${kmPerSlot} km a slot`,
    );
  }
  // Two cells that touch, in one slot, back and forth.
  const east = Array.from({ length: 60 }, (_, km) => heard(1, km)).find(r => r.cell !== heard(1).cell)!;
  assert.deepEqual(
    alarmsOf([heard(1), east, heard(1)]).filter(alarm => alarm !== null),
    [],
  );
});

test("an innocent reading is said and turns the alarm into a review; a device that comes back was not exchanged", () => {
  const swap = alarmsOf([heard(1), heard(4_000, 12_000, { deviceId: "e" })])[1];
  assert.equal(swap, null, "sixteen hours later the holder may be anywhere");
  const quick = alarmsOf([heard(1), heard(20, 2_000, { deviceId: "e" }), heard(40, 0)]);
  assert.deepEqual(
    quick[1]?.innocent.map(i => i.reading),
    ["deviceSwap"],
  );
  assert.equal(quick[1]?.recommendation, "review");
  assert.deepEqual([quick[2]?.sign, quick[2]?.innocent], ["impossibleTravel", []]);
  assert.equal(quick[2]?.recommendation, "cloneSuspect");
  const jet = alarmsOf([heard(0), heard(240, 1_200)])[1];
  assert.deepEqual(
    jet?.innocent.map(i => i.reading),
    ["aircraft"],
  );
  // 52 km in three minutes is 1,040 km/h, and 999 km/h if a clock was half a slot wrong.
  const clock = alarmsOf([heard(0), heard(12, 52)])[1];
  assert.deepEqual(
    clock?.innocent.map(i => i.reading),
    ["aircraft", "clockError"],
  );
});

test("whoever merely uses a name does not get its bearer flagged; two that hold its key do", () => {
  const [, impostor] = alarmsOf([heard(3, 0, { keyId: "k" }), heard(3, 900, { deviceId: "e", afterMs: 5 })]);
  assert.deepEqual([impostor?.sign, impostor?.recommendation], ["twoDevices", "review"]);
  assert.match(impostor!.innocent[0]!.because, /Only device d has proved itself; device e uses the name/);
  const copy = heard(3, 900, { deviceId: "e", keyId: "k" });
  const both = alarmsOf([heard(3, 0, { keyId: "k" }), heard(3, 900, { deviceId: "e" }), copy]);
  assert.deepEqual(
    both.map(alarm => alarm?.recommendation ?? null),
    [null, "review", "cloneSuspect"],
  );
});

test("the records themselves are the evidence, earlier first, and each sentence names its figure", () => {
  const first = heard(0);
  const second = heard(240, 1_200);
  const alarm = alarmsOf([first, second])[1]!;
  assert.deepEqual(alarm.records, [first, second]);
  assert.ok(Math.abs(alarm.distanceKm - 1_200) < 0.01 && alarm.elapsedMs === 3_600_000);
  assert.ok(Math.abs(alarm.speedKmh! - 1_200) < 0.01);
  assert.match(alarm.innocent[0]!.because, /1200 km\/h/);
});

test("memory is bounded: silent terminals are forgotten, and a talkative device drives out no other", () => {
  const watch = new CloneWatch();
  for (let i = 0; i < 100; i++) watch.take(heard(i, 0, { terminalId: `ut-${i}` }));
  watch.forgetBefore(90);
  assert.equal(watch.size, 10);
  const talk = new CloneWatch();
  for (let ms = 0; ms < 1_000; ms++) talk.take(heard(1, 0, { afterMs: ms }));
  assert.equal(talk.take(heard(1, 400, { afterMs: 1_000 }))?.sign, "twoCells");
  assert.equal(talk.take(heard(0)), null, "a slot gone by");
  // Heard once here, a thousand times in the cell next to it, and then in the one beyond: the first is not forgotten.
  const inARow = [
    ...Map.groupBy(
      Array.from({ length: 60 }, (_, km) => heard(1, km)),
      r => r.cell,
    ).values(),
  ];
  const [first, next, beyond] = inARow.map(group => group[0]!);
  const busy = new CloneWatch();
  assert.equal(busy.take(first!), null);
  for (let ms = 0; ms < 1_000; ms++) assert.equal(busy.take({ ...next!, atMs: next!.atMs + ms }), null);
  assert.equal(busy.take({ ...beyond!, atMs: beyond!.atMs + 1_000 })?.records[0].cell, first!.cell);
});

test("I9: over random sessions, the slots with an alarm are those that comparing every pair finds", () => {
  const places = [0, 1, 14, 45, 60, 300, 5_000].map(km => destination(home, 90, km));
  const named = places.map(position => ({ position, cell: cellAt(position.latDeg, position.lonDeg) }));
  const session = fc.record({
    slot: fc.nat(3),
    place: fc.nat(places.length - 1),
    device: fc.nat(1),
    afterMs: fc.constantFrom(0, 100, 7_000, 14_999),
    isPlaced: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(session, { minLength: 2, maxLength: 8 }), made => {
      const records = made
        .toSorted((a, b) => a.slot - b.slot)
        .map(({ slot, place, device, afterMs, isPlaced }): SessionRecord => {
          const { cell, position } = named[place]!;
          return {
            ...{ terminalId: "ut-1", deviceId: `d${device}`, keyId: null, cell, slot },
            ...{ atMs: slot * slotMs + afterMs, position: isPlaced ? position : null },
          };
        });
      const watch = new CloneWatch();
      const found = new Set(records.flatMap(record => watch.take(record)?.slot ?? []));
      // The twin: all pairs, of one slot or of one slot and the one before it in which anything was heard.
      const slots = [...new Set(records.map(r => r.slot))];
      const expected = new Set<number>();
      for (const a of records) {
        for (const b of records) {
          const isNeighbour = slots.indexOf(b.slot) - slots.indexOf(a.slot);
          if (a === b || (isNeighbour !== 0 && isNeighbour !== 1)) continue;
          if (isSuspicious(a, b)) expected.add(b.slot);
        }
      }
      assert.deepEqual([...found].sort(), [...expected].sort());
    }),
    { numRuns: cases(10_000) },
  );
});

/** The rules once more, from the definitions: angle between unit vectors instead of haversines, corners by brute force. */
function isSuspicious(a: SessionRecord, b: SessionRecord): boolean {
  if (a.slot === b.slot && a.deviceId !== b.deviceId) return true;
  const hours = Math.abs(a.atMs - b.atMs) / 3_600_000;
  const gap = cellGapKm(a.cell, b.cell);
  if (a.slot === b.slot && a.cell !== b.cell && gap > 1_000 * (hours + 7.5 / 3_600)) return true;
  const isPlaced = a.position !== null && b.position !== null;
  const km = isPlaced ? arcKm(a.position, b.position) : a.cell === b.cell ? 0 : gap;
  return km > 50 && km / hours > 1_000;
}

function arcKm(a: Position, b: Position): number {
  const unit = ({ latDeg, lonDeg }: Position): readonly [number, number, number] => {
    const lat = (latDeg * Math.PI) / 180;
    const lon = (lonDeg * Math.PI) / 180;
    return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  };
  const [u, v] = [unit(a), unit(b)];
  const chord = Math.hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]);
  return 2 * Math.asin(chord / 2) * 6_371.0088;
}

const gaps = new Map<string, number>();
function cellGapKm(a: string, b: string): number {
  const known = gaps.get(a + b);
  if (known !== undefined) return known;
  const reach = (cell: string): number =>
    Math.max(...cellBoundary(cell).map(corner => arcKm(cellCentre(cell), corner)));
  const gap = Math.max(0, arcKm(cellCentre(a), cellCentre(b)) - reach(a) - reach(b));
  gaps.set(a + b, gap);
  return gap;
}
