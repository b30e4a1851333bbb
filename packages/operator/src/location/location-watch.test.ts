// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, destination } from "@perigee/earth";
import { slotAt, slotStartMs } from "@perigee/network";
import { createRanging, type RangingLie } from "@perigee/world";
import { builtInConstellation } from "../constellation.ts";
import { type LocatedTerminal, LocationWatch } from "./location-watch.ts";
import { RoundSky } from "./round-sky.ts";

const startMs = Date.UTC(2026, 10, 21, 12);
const constellation = builtInConstellation(startMs, startMs);
const home = { latDeg: 52.52, lonDeg: 13.4 };
const claim = destination(home, 90, 10);
const first = Math.ceil(slotAt(startMs) / 4 + 1) * 4;

interface Scene {
  readonly broken?: readonly number[];
  readonly suspected?: readonly string[];
  readonly hears?: (slot: number) => boolean;
  readonly isInSpecialZone?: boolean;
  /** When it lies, in slots since the first. */
  readonly lies?: readonly [from: number, until: number];
  readonly lie?: RangingLie;
}

/** One terminal in Berlin and a watch over it. */
function scene({
  broken = [],
  suspected = [],
  hears = () => true,
  isInSpecialZone = false,
  lies,
  lie,
}: Scene) {
  const sky = new RoundSky({ constellation, outageAt: () => ({ satellites: broken }) });
  const toS = (slot: number): number => (slotStartMs(first + slot) - 1_500 - startMs) / 1000;
  const ranging: RangingLie[] = lie === undefined ? [] : [lie];
  if (lies !== undefined)
    ranging.push({ kind: "spoofedGnss", claim, fromS: toS(lies[0]), untilS: toS(lies[1]) });
  const track = { waypoints: [{ atS: 0, ...home }], afterEnd: "stay" } as const;
  const world = createRanging([{ id: "ut-1", track, off: [], device: { ranging } }], startMs, 5);
  let isDeaf = false;
  const asked: { readonly satellite: number; readonly atMs: number }[] = [];
  const watch = new LocationWatch({
    ...{ sky, seed: 5, suspected },
    ranger: {
      measure: (id, visits) => {
        asked.push(...visits);
        return world.measure(id, isDeaf ? visits.filter(({ atMs }) => slotAt(atMs) % 4 === 2) : visits);
      },
    },
    heardAt: atMs =>
      hears(slotAt(atMs) + 1 - first)
        ? [{ terminalId: "ut-1", deviceId: "ut-1/0", cell: cellAt(home.latDeg, home.lonDeg) }]
        : [],
  });
  const step = (k: number) => {
    const nowMs = slotStartMs(first + k) - 1_500;
    const said = world.claimAt("ut-1/0", nowMs)!;
    const last = { ...said, atMs: nowMs, cell: cellAt(said.latDeg, said.lonDeg) };
    const terminal: LocatedTerminal = {
      ...{ id: "ut-1", last, isInSpecialZone },
      ...{ isLinked: true, isCloneSuspect: false },
    };
    return watch.step(first + k, nowMs, [terminal]);
  };
  const deafen = (): void => {
    isDeaf = true;
  };
  return { watch, asked, step, deafen };
}

test("a round is four satellites, one a slot, each asked three times in its slot and never ahead of it", () => {
  const { watch, asked, step } = scene({});
  watch.requestRound("ut-1");
  for (let k = 0; k < 5; k++) {
    step(k);
    assert.equal(asked.length, 3 * k);
    assert.ok(asked.every(({ atMs }) => atMs < slotStartMs(first + k) - 1_500));
  }
  assert.equal(new Set(asked.map(({ satellite }) => satellite)).size, 4);
  for (const [i, { atMs }] of asked.entries())
    assert.equal(atMs, slotStartMs(first + Math.floor(i / 3)) + 5_000 * (i % 3));
  assert.equal(watch.latest("ut-1")?.finding.verdict, "consistent");
});

test("a satellite that is out of order asks nobody", () => {
  const ask = (broken: readonly number[]): readonly number[] => {
    const { watch, asked, step } = scene({ broken });
    watch.requestRound("ut-1");
    for (let k = 0; k < 5; k++) step(k);
    return asked.map(({ satellite }) => satellite);
  };
  const before = ask([]);
  const now = ask(before);
  assert.equal(new Set(now).size, 4);
  assert.ok(now.every(satellite => !before.includes(satellite)));
});

test("who is in no zone and whom nobody asks for is measured once in four hours", () => {
  const { asked, step } = scene({});
  const rounds = new Set<number>();
  for (let k = 0; k < 4 * 480 + 4; k++) {
    step(k);
    if (asked.length > 0) rounds.add(Math.floor(slotAt(asked.splice(0)[0]!.atMs) / 4));
  }
  const [one, two, ...more] = [...rounds];
  assert.equal(more.length, 0);
  assert.equal(two! - one!, 240);
});

test("who lies for a while is measured until it is where it says, and nobody is held to a word that is old", () => {
  const { step, watch } = scene({ isInSpecialZone: true, lies: [6, 18] });
  const words = Array.from({ length: 40 }, (_, k) => step(k).verdicts.get("ut-1")?.verdict ?? null);
  const changes = words.flatMap((word, k) => (word === words[k - 1] ? [] : [[k, word] as const]));
  assert.deepEqual(changes, [
    [0, null],
    [4, "consistent"],
    [8, "insufficient"],
    [12, "inconsistent"],
    // It stopped within a round: that one is judged by a claim that jumped back, and contradicts too.
    [24, "consistent"],
  ]);
  assert.equal(watch.latest("ut-1")?.finding.verdict, "consistent");
});

test("who was contradicted and falls silent comes back to short leases, not to a clean sheet", () => {
  const { step } = scene({ lies: [0, 1e6], suspected: ["ut-1"], hears: slot => slot < 9 || slot >= 60 });
  const words = Array.from({ length: 80 }, (_, k) => step(k).verdicts.get("ut-1")?.verdict ?? null);
  assert.equal(words[0], "stale", "it was contradicted before a restart");
  assert.deepEqual([words[4], words[8], words[11]], ["insufficient", "inconsistent", "inconsistent"]);
  assert.ok(words.slice(14, 64).every(word => word === "stale"));
  assert.deepEqual([words[64], words[68]], ["insufficient", "inconsistent"]);
});

test("who is deaf to all satellites but one does not get out of a contradiction by answering that one late", () => {
  const lie = { kind: "delayEach" as const, claim, fromS: 0, untilS: 1e9 };
  const { step, deafen } = scene({ isInSpecialZone: true, lie });
  const words = Array.from({ length: 40 }, (_, k) => {
    if (k === 12) deafen();
    return step(k).verdicts.get("ut-1")?.verdict ?? null;
  });
  assert.equal(words[12], "inconsistent");
  assert.ok(!words.slice(12).includes("consistent"), words.join());
});

test("the same seed gives the same evidence, byte for byte", () => {
  const run = () => {
    const { step } = scene({ isInSpecialZone: true, lies: [6, 18] });
    return Array.from({ length: 30 }, (_, k) => step(k).evidence);
  };
  assert.equal(JSON.stringify(run()), JSON.stringify(run()));
});
