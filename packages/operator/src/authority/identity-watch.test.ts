// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type Actor, theSystem } from "@perigee/authority";
import { cellAt } from "@perigee/earth";
import { createDevices, createWorld, parseWorld, type WorldTerminal } from "@perigee/world";
import { devicesOf } from "../storage/seed.ts";
import { testAuthority } from "../testing.ts";
import { actOn } from "./clone-alarms.ts";
import { IdentityWatch } from "./identity-watch.ts";

const startMs = Date.UTC(2026, 10, 21);
const slotMs = 15_000;
const berlin = { atS: 0, latDeg: 52.5, lonDeg: 13.4 };
const constanta = { atS: 0, latDeg: 44.2, lonDeg: 28.6 };
const cellOf = ({ latDeg, lonDeg }: typeof berlin): string => cellAt(latDeg, lonDeg);

function nonces(): (bytes: number) => Uint8Array {
  let n = 0;
  return bytes => createHash("sha256").update(String(n++)).digest().subarray(0, bytes);
}

function worldOf(terminals: readonly object[]): readonly WorldTerminal[] {
  const parsed = parseWorld({ terminals });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}

/** A watch over devices of which all genuine ones, unless named, have an enrolled key; and its rounds by number. */
function listening(terminals: readonly object[], without: readonly string[] = []) {
  const devices = createDevices(worldOf(terminals), startMs, "seed");
  const watch = new IdentityWatch(
    devices,
    id => (without.includes(id) ? null : devices.enrolment(id)),
    nonces(),
  );
  const round = (n: number) => watch.round(1_000 + n, startMs + n * slotMs);
  return { watch, round };
}

test("a genuine device has proved itself in the round in which it is first heard, and stays proved", () => {
  const { round } = listening([{ id: "ut-1", track: [berlin] }]);
  for (let n = 0; n < 12; n++) {
    const { identities, refusedCells, alarms, heard } = round(n);
    assert.deepEqual(identities.get("ut-1"), { state: "proved", sinceMs: startMs });
    assert.deepEqual([refusedCells.size, alarms.length, heard.has("ut-1")], [0, 0, true]);
  }
});

test("without an enrolled key nobody is asked, and nothing is held against the terminal", () => {
  const { round } = listening([{ id: "ut-1", track: [berlin] }], ["ut-1"]);
  for (let n = 0; n < 6; n++) {
    const { identities, refusedCells, alarms } = round(n);
    assert.deepEqual([identities.size, refusedCells.size, alarms.length], [0, 0, 0]);
  }
});

test("a device that signs with another key is unproved at once, failed in the next slot, and proved again", () => {
  const wrongKey = [{ fromS: 0, untilS: 40 }];
  const { round } = listening([{ id: "ut-1", track: [berlin], device: { wrongKey } }]);
  assert.equal(round(0).identities.get("ut-1")!.state, "unproved");
  const next = round(1);
  assert.equal(next.identities.get("ut-1")!.state, "failed");
  assert.deepEqual([...next.refusedCells.get("ut-1")!], [cellOf(berlin)]);
  round(2);
  const after = round(3);
  assert.equal(after.identities.get("ut-1")!.state, "proved");
  assert.deepEqual(after.refusedCells.size, 0, "it proved itself on the very channel");
});

test("F15 a device without the key is refused where it is, fails nobody else, and is looked at by a person", () => {
  const impostor = { track: [constanta], off: [{ fromS: 0, untilS: 30 }], hasKey: false };
  const { round } = listening([{ id: "ut-1", track: [berlin], clones: [impostor] }]);
  round(0);
  round(1);
  for (let n = 2; n < 10; n++) {
    const { identities, refusedCells, alarms } = round(n);
    assert.equal(identities.get("ut-1")!.state, "proved");
    if (n > 2) assert.deepEqual([...refusedCells.get("ut-1")!], [cellOf(constanta)]);
    assert.deepEqual(
      alarms.map(({ recommendation }) => recommendation),
      ["review"],
      `slot ${n}`,
    );
  }
});

test("F15 an impostor in the very cell of the genuine device takes its service from nobody", () => {
  const impostor = { track: [berlin], off: [{ fromS: 0, untilS: 20 }], hasKey: false };
  const { round } = listening([{ id: "ut-1", track: [berlin], clones: [impostor] }]);
  for (let n = 0; n < 10; n++) {
    const { identities, refusedCells } = round(n);
    assert.equal(identities.get("ut-1")!.state, "proved", `slot ${n}`);
    assert.equal(refusedCells.size, 0, `slot ${n}`);
  }
});

test("F9 ordered off, a device is not heard from the next moment on, unless it calls for help and is spared", () => {
  const emergency = [{ fromS: 45, untilS: 60 }];
  const { watch, round } = listening([{ id: "ut-1", track: [berlin], device: { emergency } }]);
  const off = (sparesEmergency: boolean) => () => ({ sparesEmergency });
  round(0);
  watch.command(off(true), startMs + slotMs);
  assert.equal(round(1).heard.size, 0);
  watch.command(off(true), startMs + 3 * slotMs);
  const third = round(3);
  assert.deepEqual([third.heard.has("ut-1"), third.calling.has("ut-1")], [true, true]);
  watch.command(off(false), startMs + 3 * slotMs);
  assert.equal(round(3).heard.size, 0, "a stricter order is another order");
  watch.command(() => null, startMs + 5 * slotMs);
  assert.ok(round(5).heard.has("ut-1"));
});

test("F8 who is turned away is silent until it has waited or moved; calling for help, or being served, ends that", () => {
  const emergency = [{ fromS: 30, untilS: 45 }];
  const heardIn = (device: object, track: readonly object[], turnsAway = true): number[] => {
    const { watch, round } = listening([{ id: "ut-1", track, device }]);
    const slots: number[] = [];
    for (let n = 0; n < 12; n++) {
      if (round(n).heard.has("ut-1")) slots.push(n);
      watch.answer(() => (turnsAway ? { minDistanceKm: 10, minRetryS: 60 } : null), startMs + n * slotMs);
    }
    return slots;
  };
  assert.deepEqual(heardIn({}, [berlin]), [0, 4, 8], "a minute is four slots");
  assert.deepEqual(heardIn({ emergency }, [berlin]), [0, 2, 6, 10]);
  assert.deepEqual(heardIn({ ignoresReject: true }, [berlin]), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  // 6 km in a slot: farther than 10 km from where it last asked in every second one.
  const north = [berlin, { atS: 180, latDeg: 52.52 + (12 * 6) / 111.2, lonDeg: 13.405 }];
  assert.deepEqual(heardIn({}, north), [0, 2, 4, 6, 8, 10]);
  assert.equal(heardIn({}, [berlin], false).length, 12);
});

test("F15 two devices with one key: in the slot in which both are heard both are restricted, until a person clears it", async () => {
  await using bed = await testAuthority();
  const { scenario, authority } = bed;
  const clone = { track: [constanta], afterEnd: "stay", off: [], hasKey: true } as const;
  const own = parsedTrack(clone);
  const world = scenario.world.map(one => (one.id === "warsaw" ? { ...one, clones: [own] } : one));
  const keyOf = (id: string) => authority.book.get("terminal", id)!.publicKey;
  const watch = new IdentityWatch(devicesOf({ ...scenario, world }, scenario.startMs), keyOf, nonces());
  const nowMs = scenario.startMs + slotMs;
  const round = watch.round(1, nowMs);
  const reports = createWorld(world, scenario.startMs).reportsAt(nowMs);
  assert.deepEqual(await authority.takeReports(reports, nowMs), []);
  authority.takeIdentities(round);
  assert.deepEqual(
    round.alarms.map(({ terminalId, recommendation }) => [terminalId, recommendation]),
    [["warsaw", "cloneSuspect"]],
  );
  const done = await actOn(round.alarms[0]!, authority, nowMs);
  assert.ok(done?.ok);
  await authority.evaluateAll(nowMs);

  const { outcome, reason, linked, reach } = authority.admissionOf("warsaw")!;
  assert.deepEqual(
    [outcome, reason, linked, reach],
    ["restricted", "CLONE_SUSPECT", true, "accountAndEmergency"],
  );
  const [lease] = authority.issueLeases(["warsaw"], nowMs);
  assert.equal(lease!.claims.reach, "accountAndEmergency");
  const others = authority.terminalIds().map(id => authority.admissionOf(id)!.reason);
  assert.equal(others.filter(code => code === "CLONE_SUSPECT").length, 1);
  const [notice] = authority.book.about("notice", "warsaw");
  assert.ok(notice!.text.automated);
  assert.deepEqual(notice!.decidedBy, [theSystem.id]);
  const decisions = await authority.decisions("warsaw");
  const measured = decisions.find(({ action }) => action === "measure sessions");
  for (const device of ["warsaw/0", "warsaw/1"])
    assert.match(measured!.text, new RegExp(`Device ${device}, heard in cell`));
  assert.equal(await actOn(round.alarms[0]!, authority, nowMs), null, "it is marked already");

  const person: Actor = { id: "p-1", name: "P. Erson", roles: ["compliance"] };
  const cleared = await authority.carryOut(
    {
      name: "terminal.clearClone",
      request: { terminalId: "warsaw", ground: "The copy was found and destroyed." },
      actor: person,
    },
    nowMs + 1,
  );
  assert.ok(cleared.ok, JSON.stringify(cleared));
  assert.equal(authority.admissionOf("warsaw")!.reason, "ALLOW");
});

test("F15 where an innocent reading fits, a finding without a verdict waits for a person, one a day, and service goes on", async () => {
  await using bed = await testAuthority();
  const { scenario, authority } = bed;
  const copy = parsedTrack({ track: [constanta], afterEnd: "stay", off: [], hasKey: false });
  const world = scenario.world.map(one => (one.id === "warsaw" ? { ...one, clones: [copy] } : one));
  const keyOf = (id: string) => authority.book.get("terminal", id)!.publicKey;
  const watch = new IdentityWatch(devicesOf({ ...scenario, world }, scenario.startMs), keyOf, nonces());
  for (let n = 1; n <= 4; n++) {
    const nowMs = scenario.startMs + n * slotMs;
    const round = watch.round(n, nowMs);
    await authority.takeReports(createWorld(world, scenario.startMs).reportsAt(nowMs), nowMs);
    authority.takeIdentities(round);
    for (const alarm of round.alarms) await actOn(alarm, authority, nowMs);
    await authority.evaluateAll(nowMs);
    assert.equal(authority.admissionOf("warsaw")!.reason, "ALLOW", `slot ${n}`);
    assert.ok(!authority.isRefusedWhereItIs("warsaw"));
  }
  const findings = authority.book.about("finding", "warsaw");
  assert.deepEqual(
    findings.map(({ verdict, by }) => [verdict, by]),
    [["inconclusive", "system"]],
  );
  assert.match(findings[0]!.summary, /has proved itself/);
});

function parsedTrack(clone: object) {
  return worldOf([{ id: "ut-1", track: [berlin], clones: [clone] }])[0]!.clones![0]!;
}
