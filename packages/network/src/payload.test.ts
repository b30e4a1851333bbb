// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { builtInElements, parseElements } from "@perigee/orbit";
import { GENERATIONS, type GenerationId, generation, generationsOf } from "./payload.ts";
import { needs, recorded } from "./testing/recorded-data.ts";

const one = builtInElements(Date.UTC(2026, 4, 21)).elements[0]!;

const idsOf = (sets: Parameters<typeof generationsOf>[0]) =>
  [...generationsOf(sets)].map(k => GENERATIONS[k]!.id);

test("what users of a satellite get together fits through its links to the ground", () => {
  // Clear-sky rates of reference filings, Gbit/s up: Ka 20 to 25.6, E 40; lasers carry the rest.
  const most = { Ka: 25_600, E: 40_000 };
  for (const { gatewayLinks, userDownMbps, id } of GENERATIONS) {
    const ground = gatewayLinks.reduce((sum, { band, count }) => sum + count * most[band], 0);
    assert.ok(ground > 0.7 * userDownMbps, `${id}: ${ground}`);
  }
});

test("launch and number of pieces tell the generation", () => {
  const at = (internationalDesignator: string, inclinationDeg = 53) => ({
    ...one,
    internationalDesignator,
    inclinationDeg,
  });
  assert.deepEqual(idsOf([at("2019-074B"), at("2021-059C", 97.5), at("2021-081A")]), [
    "v1.0",
    "v1.5",
    "v1.0",
  ]);
  assert.deepEqual(idsOf([at("2021-082A"), at("2023-025Z"), at("2023-026A")]), ["v1.5", "v1.5", "v2-mini"]);
  // 2023-028BD is the 52nd piece: its whole launch is v1.5. BD of 2024 is v2-mini whatever its letter.
  assert.deepEqual(idsOf([at("2023-028A"), at("2023-028BD"), at("2023-056X"), at("2024-001BD")]), [
    "v1.5",
    "v1.5",
    "v2-mini",
    "v2-mini",
  ]);
});

test("without a designator the altitude tells, unless the caller knows better", () => {
  const { elements, shellOf, shells } = builtInElements(Date.UTC(2026, 4, 21));
  const found = idsOf(elements);
  elements.forEach((_, i) => {
    assert.equal(found[i], shells[shellOf[i]!]!.pattern.altitudeKm < 500 ? "v2-mini" : "v1.5");
  });
  const v3 = generationsOf([one, one], (_, i): GenerationId | undefined => (i === 1 ? "v3" : undefined));
  assert.deepEqual(
    [...v3].map(k => GENERATIONS[k]!.id),
    ["v1.5", "v3"],
  );
  assert.equal(generation("v3").userDownMbps, 1_000_000);
  for (const odd of ["", "2023-26A", "2023-026I", "23026A"]) {
    assert.deepEqual(idsOf([{ ...one, internationalDesignator: odd }]), ["v1.5"]);
  }
});

test(
  "the operator's own names tell the same: five digits since v2-mini",
  needs("tle/starlink-2026-05-30.tle.gz"),
  t => {
    const parsed = parseElements(recorded("tle/starlink-2026-05-30.tle.gz"));
    assert.ok(parsed.ok);
    const found = idsOf(parsed.value);
    const counts = new Map<string, number>();
    let compared = 0;
    let same = 0;
    parsed.value.forEach(({ name }, i) => {
      counts.set(found[i]!, (counts.get(found[i]!) ?? 0) + 1);
      const number = /^STARLINK-(\d+)/.exec(name)?.[1];
      if (number === undefined) return;
      compared += 1;
      if ((number.length === 5) === (found[i] === "v2-mini")) same += 1;
    });
    t.diagnostic(`${[...counts].map(entry => entry.join(" ")).join(", ")}; ${same} of ${compared} agree`);
    assert.ok(compared > 10_000);
    assert.ok(same / compared > 0.999, `${same} of ${compared}`);
  },
);
