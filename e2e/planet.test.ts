// SPDX-License-Identifier: MIT
// The planet's plan beside the terminals': one plan from beams to packets, within the limits of every satellite, and
// without a beam where the area is switched off.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type {
  Planet,
  PlanetCellDetail,
  PlanetGateway,
  PlanetSatellite,
  Status,
  TerminalRow,
} from "@perigee/operator/contract";
import { eventually, OperatorProcess, root, temporaryData } from "./operator-process.ts";

/** The demo, with service in Poland withdrawn so many seconds after the start. */
function withdrawingScenario(path: string, afterS: number): void {
  const scenario = JSON.parse(readFileSync(join(root, "demo/scenario.json"), "utf8"));
  const statement = scenario.policy.statements.find(
    (s: { territory: string; axis: string }) => s.territory === "PL" && s.axis === "activation",
  );
  const at = new Date(Date.now() + afterS * 1000).toISOString();
  const withdrawal = { id: `${statement.id}-withdrawn`, value: "withdrawn", validFrom: at };
  scenario.policy.statements.push({ ...statement, ...withdrawal });
  statement.validTo = at;
  scenario.title = "Service in Poland ends";
  writeFileSync(path, JSON.stringify(scenario));
}

test("terminals use the satellite of their cell, satellites keep their limits, a closed area has no beams", async () => {
  const data = temporaryData();
  const scenario = join(data, "..", `planet-${process.pid}.json`);
  const WITHDRAWN_AFTER_S = 120;
  const startedMs = Date.now();
  withdrawingScenario(scenario, WITHDRAWN_AFTER_S);
  try {
    await using operator = await OperatorProcess.start({ data, scenario, planet: "land" });
    const ready = await eventually("the running slot has a planet's plan", 100_000, async () => {
      const planet = await operator.get<Planet>("/v1/planet");
      assert.notEqual(planet.state, "failed", planet.error ?? "");
      const { slot } = await operator.get<Status>("/v1/status");
      return planet.slot === slot.number && planet;
    });
    assert.ok(ready.cells > 500_000 && ready.served > 0.9 * ready.permitted, JSON.stringify(ready));

    // A slot may begin between two requests: then the next try sees one slot throughout.
    const { row, cell } = await eventually("cell and terminal have one satellite", 10_000, async () => {
      const { slot } = await operator.get<Planet>("/v1/planet");
      const row = await operator.get<TerminalRow>("/v1/terminals/warsaw");
      const path = `/v1/planet/cells/${row.position!.cell}?slot=${slot}`;
      const cell = await operator.get<PlanetCellDetail>(path);
      return cell.satellite !== null && cell.satellite.name === row.link?.satellite && { row, cell };
    });
    assert.equal(cell.territory, "PL");
    assert.equal(cell.hops.at(-1)?.id, cell.pop);
    assert.ok(cell.oneWayMs! > 3 && cell.oneWayMs! < row.link!.rttMs / 2);

    const satellite = await operator.get<PlanetSatellite>(
      `/v1/planet/satellites/${cell.satellite!.catalogNumber}?slot=${cell.slot}`,
    );
    assert.ok(satellite.beams.length > 0 && satellite.beams.length <= satellite.maxBeams);
    assert.ok(satellite.beams.some(beam => beam.cells.some(c => c.cell === cell.cell)));
    for (const { cells } of satellite.beams) {
      assert.ok(cells.reduce((sum, c) => sum + c.share, 0) <= 1 + 1e-9, "a beam's time is given away once");
    }
    assert.ok(satellite.downMbps <= satellite.limitDownMbps * (1 + 1e-6));
    for (const gateway of await operator.get<PlanetGateway[]>(`/v1/planet/gateways?slot=${cell.slot}`)) {
      assert.ok(gateway.used <= gateway.antennas, gateway.id);
      assert.ok(gateway.loadShare <= 1 + 1e-6, gateway.id);
    }

    // Two slots after the end of service, and the time that planning takes.
    await new Promise(done =>
      setTimeout(done, Math.max(0, startedMs + (WITHDRAWN_AFTER_S + 32) * 1000 - Date.now())),
    );
    const closed = await operator.get<PlanetCellDetail>(`/v1/planet/cells/${cell.cell}`);
    assert.deepEqual([closed.reason, closed.beams, closed.satellite], ["notPermitted", 0, null]);
  } finally {
    rmSync(data, { recursive: true, force: true });
    rmSync(scenario, { force: true });
  }
});
