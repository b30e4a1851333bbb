// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OwnStatement } from "@perigee/casework";
import { cellAt } from "@perigee/earth";
import { slotAt } from "@perigee/network";
import { stillOperator } from "../api/testing/still-operator.ts";
import type { LandCells } from "../public/land-cells.ts";
import { PublicMap } from "../public/public-map.ts";
import { ownStatementOf, scenarioStatement } from "../scenario/own-statements.ts";
import { testOwnStatements } from "./own-statements.ts";

/** Land of two cells of two countries: what is asked needs no more. */
const places = [
  { territory: "RU", country: "RU", cell: cellAt(55.75, 37.6) },
  { territory: "UA", country: "UA", cell: cellAt(50.45, 30.52) },
];
const land: LandCells = {
  id: BigUint64Array.from(places, ({ cell }) => BigInt(`0x${cell}`)),
  ...{ latDeg: new Float64Array(2), lonDeg: new Float64Array(2), territoryOf: Uint16Array.of(0, 1) },
  territories: places.map(({ territory, country }) => ({
    ...{ territory, country, territoryName: territory, zone: "land" as const },
  })),
  ...{ parent: new BigUint64Array(0), offset: new Int32Array(1) },
};

test("what the operator says is held against map and service: a denial by who was served there", async () => {
  await using operator = await stillOperator();
  const { context, authority, clock } = operator;
  const nowMs = clock.nowMs();
  const day = (area: string, holds: boolean): OwnStatement =>
    ownStatementOf(
      scenarioStatement.parse({
        ...{ id: `on-${area.toLowerCase()}`, text: `On ${area}.`, predicate: "activeIn", area, holds },
        ...{ from: "2026-11-20T00:00:00Z", to: "2026-11-22T00:00:00Z" },
      }),
    );
  const published = { map: new PublicMap(authority, async () => land), land: async () => land };
  const check = async (statements: readonly OwnStatement[]) => {
    const tests = await testOwnStatements({ ...context, ownStatements: statements }, published, nowMs);
    return new Map(tests.map(each => [each.statement.id, each]));
  };
  const before = await check([day("RU", false), day("UA", true), day("UA", false)]);
  assert.equal(before.get("on-ru")?.verdict, "holds");
  const service = before.get("on-ru")?.checks.find(({ against }) => against === "service");
  assert.equal(service?.result, "agrees", "no terminal had a link there");
  const records = [...before.values()].filter(({ statement }) => !statement.id.startsWith("on-"));
  assert.ok(records.length > 0, "what it says about areas on record is tested as well");

  const cell = BigInt(`0x${places[0]!.cell}`);
  await context.telemetry.take([
    {
      ...{ slot: slotAt(nowMs) - 2, terminal: "moscow", account: null, cell, country: "RU" },
      ...{ inTerritorialWaters: null, satellite: 5, gateway: "g", pop: "p", rttMs: 30, pingLatencyMs: 30 },
      ...{ pingDropRate: 0, downBytes: 1, upBytes: 1, obstruction: 0, signalQuality: 1, uptimeS: 1 },
      ...{ secondsUntilReboot: -1, software: "1", wireCode: 1, reason: "", reporting: true, alerts: [] },
    },
  ]);
  const after = (await check([day("RU", false)])).get("on-ru");
  assert.equal(after?.verdict, "contradicted");
  assert.match(
    after?.checks.map(({ text }) => text).join(" ") ?? "",
    /1 terminals had a link there, in 1 slots/,
  );
});

test("a statement of a scenario is read strictly", () => {
  const good = {
    ...{ id: "own-1", text: "Never active", predicate: "everActiveIn", area: "RU", holds: false },
    ...{ from: "2022-01-01T00:00:00Z", to: "2023-01-01T00:00:00Z" },
  };
  assert.ok(scenarioStatement.safeParse(good).success);
  for (const wrong of [{ predicate: "isGood" }, { from: "yesterday" }, { holds: "no" }, { more: 1 }]) {
    assert.equal(scenarioStatement.safeParse({ ...good, ...wrong }).success, false, JSON.stringify(wrong));
  }
});
