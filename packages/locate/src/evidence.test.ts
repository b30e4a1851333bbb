// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, destination } from "@perigee/earth";
import { admissionVerdict, evidenceOf } from "./evidence.ts";
import { createLocator } from "./locator.ts";
import { chooseRound } from "./spread.ts";
import { ground, measure, site, skyOf, startMs, turns } from "./testing/scene.ts";
import { verdictOf } from "./verdict.ts";

const locator = createLocator();
const claim = destination(site, 30, 25);

function finding() {
  const judgements = [0, 60_000].map((lateMs, i) => {
    const fromMs = startMs + lateMs;
    const slots = [0, 1, 2, 3].map(slot => skyOf(site, fromMs + slot * 15_000));
    const picks = chooseRound(slots).map((index, slot) => slots[slot]![index]!.satellite);
    const measurements = measure(site, turns(picks, fromMs, 60), i + 1);
    const judgement = locator.judge({ measurements, ...ground }, { ...claim, atMs: fromMs + 60_000 });
    assert.ok(judgement.ok);
    return judgement.value;
  });
  return verdictOf(judgements, startMs + 130_000);
}

test("evidence tells how far off, from how much, and holds no position", () => {
  const cell = cellAt(claim.latDeg, claim.lonDeg);
  const evidence = evidenceOf("kit-7", cell, finding(), cellAt);
  assert.equal(evidence.verdict, "inconsistent");
  assert.equal(evidence.windows.length, 2);
  for (const window of evidence.windows) {
    assert.ok(window.offsetKm !== null && Math.abs(window.offsetKm - 25) < 0.5);
    assert.ok(window.chanceLog10 < -6);
  }
  assert.equal(evidence.claimedCell, cell);
  assert.equal(evidence.measuredCell, cellAt(site.latDeg, site.lonDeg));
  const text = JSON.stringify(evidence);
  for (const place of [site, claim])
    for (const degrees of [place.latDeg, place.lonDeg]) assert.ok(!text.includes(degrees.toFixed(2)));
  assert.doesNotMatch(text, /latDeg|lonDeg|roundTrip|solutions|xKm/);
});

test("the id is the content's: the same finding has the same, another has another", () => {
  const once = evidenceOf("kit-7", "a", finding(), cellAt);
  assert.deepEqual(evidenceOf("kit-7", "a", finding(), cellAt), once);
  assert.match(once.id, /^loc-[0-9a-f]{32}$/);
  assert.notEqual(evidenceOf("kit-8", "a", finding(), cellAt).id, once.id);
  assert.deepEqual(admissionVerdict(once), { id: once.id, verdict: "inconsistent", atMs: once.atMs });
});

test("what was never measured is stale and names no cell", () => {
  const evidence = evidenceOf("kit-7", "a", verdictOf([], startMs), cellAt);
  assert.equal(evidence.verdict, "stale");
  assert.equal(evidence.measuredCell, null);
  assert.deepEqual(evidence.windows, []);
});

test("of two possible places neither is written down as the measured one", () => {
  const [first] = skyOf(site, startMs);
  const measurements = measure(site, turns([first!.satellite], startMs, 15), 1);
  const judgement = locator.judge({ measurements, ...ground }, { ...site, atMs: startMs + 15_000 });
  assert.ok(judgement.ok && judgement.value.places > 1);
  const evidence = evidenceOf("kit-7", "a", verdictOf([judgement.value], startMs + 20_000), cellAt);
  assert.equal(evidence.verdict, "ambiguous");
  assert.equal(evidence.measuredCell, null);
});
