// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cellAt, destination } from "@perigee/earth";
import { slotAt, slotStartMs } from "@perigee/network";
import {
  createRanging,
  createWorld,
  positionOnTrack,
  type RangingLie,
  type WorldTerminal,
} from "@perigee/world";
import { IdentityWatch } from "../authority/identity-watch.ts";
import { replayLog } from "../authority/replay-log.ts";
import { builtInConstellation } from "../constellation.ts";
import { NetworkService } from "../network-service.ts";
import { SlotLoop } from "../slot-loop.ts";
import { verifyStoredLog } from "../storage/ledger-audit.ts";
import { readRecords } from "../storage/records.ts";
import { devicesOf } from "../storage/seed.ts";
import { type TestAuthority, testAuthority } from "../testing.ts";
import { actOnEncounter } from "./encounters.ts";
import { findEvidence, lastContradicted } from "./evidence-store.ts";
import { LocationWatch } from "./location-watch.ts";
import { RoundSky } from "./round-sky.ts";
import { watchOf } from "./watch-of.ts";

const always = { fromS: 0, untilS: 1e9 };
const atStart = ({ track }: WorldTerminal) => positionOnTrack(track, 0);
type Lying = (truth: { latDeg: number; lonDeg: number }) => RangingLie;

/** The attacker ladder of docs/location.md, on terminals of the demo. The others are honest. */
const ladder: Readonly<Record<string, Lying>> = {
  // L1: 40 km to the east.
  kyiv: truth => ({ kind: "spoofedGnss", claim: destination(truth, 90, 40), ...always }),
  // L3: one delay for all answers.
  warsaw: truth => ({ kind: "delay", claim: destination(truth, 200, 5), ...always }),
  // L2 and L5: firmware that answers each satellite as late as it likes, at the frequency it likes.
  "kansas-farm": truth => ({ kind: "delayEach", claim: destination(truth, 45, 5), ...always }),
  // L4: 1 us hides 150 m of 2 km.
  "kenya-school": truth => ({
    ...{ kind: "answerEarly", claim: destination(truth, 310, 2), earlyUs: 1 },
    ...always,
  }),
  // L6: what stands behind a repeater shows by the way there and back.
  "gdansk-workshop": truth => ({
    ...{ kind: "repeater", at: destination(truth, 120, 8), behindKm: 8 },
    ...always,
  }),
  // L4: 20 us hide 3 km, so 2 km pass: slack is the margin, and the reason to keep it small.
  "dobrogea-warehouse": truth => ({
    ...{ kind: "answerEarly", claim: destination(truth, 310, 2), earlyUs: 20 },
    ...always,
  }),
  // L7: nothing on the air shows whom a terminal serves.
  ulukhaktok: () => ({ kind: "relay", ...always }),
};
const caught = ["kyiv", "warsaw", "kansas-farm", "kenya-school", "gdansk-workshop"];
/** Hears one satellite of each round. */
const jammed = "nairobi-depot";

let bed: TestAuthority;
let loop: SlotLoop;
let watch: LocationWatch;
let slot: number;
/** Per terminal the reasons that admission gave, slot by slot. */
const reasons = new Map<string, string[]>();

before(async () => {
  bed = await testAuthority();
  const { authority, scenario } = bed;
  const { startMs, seed } = scenario;
  const terminals = scenario.world.map(terminal => {
    const lie = ladder[terminal.id]?.(atStart(terminal));
    return lie === undefined ? terminal : { ...terminal, device: { ...terminal.device, ranging: [lie] } };
  });
  const network = new NetworkService(builtInConstellation(startMs, startMs), seed);
  const devices = devicesOf({ ...scenario, world: terminals }, startMs);
  const ranging = createRanging(terminals, startMs, seed);
  watch = new LocationWatch({
    ...{ sky: new RoundSky(network), seed },
    ranger: {
      measure: (deviceId, visits) =>
        ranging.measure(
          deviceId,
          deviceId === `${jammed}/0` ? visits.filter(({ atMs }) => slotAt(atMs) % 4 === 2) : visits,
        ),
    },
    heardAt: atMs =>
      devices.transmitting(atMs).map(({ terminalId, deviceId, latDeg, lonDeg }) => ({
        ...{ terminalId, deviceId },
        cell: cellAt(latDeg, lonDeg),
      })),
  });
  const identities = new IdentityWatch(
    devices,
    id => authority.book.get("terminal", id)?.publicKey ?? null,
    bytes => new Uint8Array(bytes),
  );
  loop = new SlotLoop(authority, network, createWorld(terminals, startMs), () => null, identities, watch);
  // Nobody is measured before something was decided about them.
  slot = Math.ceil(slotAt(startMs) / 4 + 1) * 4 - 1;
  await pass(1);
});
after(() => bed[Symbol.asyncDispose]());

/** Prepares slots, a round asked for of everybody whenever one begins. */
async function pass(slots: number, asked = true): Promise<void> {
  for (const endSlot = slot + slots; slot < endSlot; slot++) {
    for (const id of bed.authority.terminalIds()) if (asked) watch.requestRound(id);
    await loop.prepare(slot, slotStartMs(slot) - 1_500);
    for (const id of bed.authority.terminalIds())
      reasons.set(id, [...(reasons.get(id) ?? []), bed.authority.admissionOf(id)!.reason]);
  }
}

test("one round contradicts, a second confirms it: who lies is restricted within two rounds", async () => {
  await pass(5);
  for (const id of caught) {
    assert.equal(bed.authority.admissionOf(id)?.outcome, "provisional", id);
    assert.equal(reasons.get(id)?.at(-1), "LOCATION_INSUFFICIENT", id);
  }
  await pass(4);
  for (const id of caught) {
    const admission = bed.authority.admissionOf(id)!;
    assert.equal(admission.reason, "LOCATION_INCONSISTENT", id);
    assert.deepEqual(
      [admission.outcome, admission.linked, admission.reach],
      ["restricted", true, "accountAndEmergency"],
    );
  }
  assert.equal(watch.latest("kyiv")?.finding.basis[0]?.why, "elsewhere");
  assert.ok(Math.abs(watch.latest("kyiv")!.finding.basis[0]!.offsetKm! - 40) < 0.5);
  for (const id of ["warsaw", "kansas-farm", "gdansk-workshop"])
    assert.equal(watch.latest(id)?.finding.basis[0]?.why, "noPlace", id);
  assert.equal(watch.latest("kansas-farm")?.finding.basis[0]?.doppler, "agrees", "it says nothing");
});

test("an honest terminal is never held to anything, standing or moving; neither is who cannot be told from one", async () => {
  await pass(20);
  for (const [id, given] of reasons) {
    if (caught.includes(id) || id === jammed) continue;
    assert.ok(!given.some(reason => reason.startsWith("LOCATION_IN")), `${id}: ${[...new Set(given)]}`);
  }
  for (const id of [
    "chasiv-yar-hospital",
    "german-train",
    "black-sea-ship",
    "ulukhaktok",
    "dobrogea-warehouse",
  ])
    assert.equal(watch.latest(id)?.finding.verdict, "consistent", id);
});

test("who is heard by one satellite keeps service, on short leases", () => {
  const { finding } = watch.latest(jammed)!;
  assert.equal(finding.verdict, "insufficient");
  assert.equal(finding.basis[0]?.satellites, 1);
  const admission = bed.authority.admissionOf(jammed)!;
  assert.deepEqual([admission.outcome, admission.reach, admission.leaseMs], ["provisional", "all", 15_000]);
});

test("nobody asks any more: who was contradicted is measured on, a zone too, the others are let be", async () => {
  await pass(8, false);
  for (const id of caught) assert.equal(bed.authority.admissionOf(id)?.reason, "LOCATION_INCONSISTENT", id);
  assert.ok(
    !watch.isAwaited("german-train") && watch.isAwaited("kyiv") && watch.isAwaited("chasiv-yar-hospital"),
  );
  assert.equal(reasons.get(jammed)?.at(-1), "ALLOW", "its round is old, and it is in no zone");
});

test("what decisions rest on is kept, without a position; the log verifies and decides the same again", async () => {
  const { db, key, authority, decisions } = bed;
  const admitted = decisions.findLast(
    ({ subject, action, reasons }) =>
      subject === "kyiv" && action === "admission" && reasons[0] === "LOCATION_INCONSISTENT",
  );
  assert.match(admitted!.text, /not where it says it is/);
  const [ground] = authority.admissionOf("kyiv")!.grounds;
  const evidence = await findEvidence(db, String(ground?.record));
  assert.equal(evidence?.verdict, "inconsistent");
  assert.equal(evidence.windows.length, 2);
  assert.notEqual(evidence.claimedCell, evidence.measuredCell);
  assert.deepEqual(await lastContradicted(db), [...caught].sort());
  const measured = decisions.filter(
    ({ action, subject }) => action === "measure location" && subject === "kyiv",
  );
  assert.ok(measured.some(({ inputs }) => inputs["evidence"] === evidence.id));
  const kept = JSON.stringify(await readRecords(db, "locationVerdict"));
  assert.doesNotMatch(kept + JSON.stringify(measured), /latDeg|lonDeg|roundTripUs|xKm/);
  assert.ok((await verifyStoredLog(db, key)).ok);
  const replayed = await replayLog(db, authority.commands.values());
  assert.deepEqual([replayed.differences, replayed.notKept], [[], 0]);
});

test("two radios under one name are measured where each is, and the name is marked: no device could have been at both", async () => {
  const { startMs, seed } = bed.scenario;
  const [honest] = bed.scenario.world.filter(({ id }) => id === "warsaw");
  const there = destination(atStart(honest!), 250, 300);
  const track = { waypoints: [{ atS: 0, ...there }], afterEnd: "stay" } as const;
  const terminals = [{ ...honest!, clones: [{ track, off: [], hasKey: true }] }];
  const network = new NetworkService(builtInConstellation(startMs, startMs), seed);
  const devices = devicesOf({ ...bed.scenario, world: terminals }, startMs);
  const both = watchOf({ network, terminals, devices, startMs, seed });
  const first = Math.ceil(slotAt(startMs) / 4 + 1) * 4;
  const found = [0, 1, 2, 3, 4].flatMap(k => {
    const nowMs = slotStartMs(first + k) - 1_500;
    const { latDeg, lonDeg } = atStart(honest!);
    const last = { atMs: nowMs, latDeg, lonDeg, cell: cellAt(latDeg, lonDeg) };
    const row = { id: "warsaw", last, isLinked: true, isInSpecialZone: false, isCloneSuspect: false };
    const { verdicts, encounters } = both.step(first + k, nowMs, [row]);
    if (k === 4)
      assert.equal(verdicts.get("warsaw")?.verdict, "consistent", "the report came from one of them");
    return encounters;
  });
  assert.deepEqual(
    found.map(({ deviceIds, encounter }) => [
      deviceIds,
      Math.round(encounter.distanceKm),
      encounter.impossible,
    ]),
    [[["warsaw/0", "warsaw/1"], 300, true]],
  );
  const { authority, decisions } = bed;
  const atMs = slotStartMs(slot);
  const marked = await actOnEncounter(found[0]!, authority, atMs);
  assert.ok(marked?.ok, JSON.stringify(marked));
  assert.ok(authority.book.get("terminal", "warsaw")?.flags.cloneSuspect !== undefined);
  assert.equal(authority.admissionOf("warsaw")?.reason, "CLONE_SUSPECT");
  const measured = decisions.findLast(({ outcome }) => outcome === "impossible");
  assert.match(measured!.text, / (299|300) km apart/);
  assert.deepEqual(decisions.findLast(({ action }) => action === "suspect clone")?.evidence, [measured!.id]);
  assert.equal(await actOnEncounter(found[0]!, authority, atMs), null, "it is marked");
  const replayed = await replayLog(bed.db, authority.commands.values());
  assert.deepEqual(replayed.differences, []);
});
