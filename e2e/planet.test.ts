// SPDX-License-Identifier: MIT
// The planet's plan beside the terminals': one plan from beams to packets, within the limits of every satellite, drawn in
// the console, and without a beam where the area is switched off.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type {
  Planet,
  PlanetCellDetail,
  PlanetGateway,
  PlanetSatellite,
  Status,
  TerminalRow,
} from "@perigee/operator/contract";
import { artifacts, launch, skip, violations } from "./console-page.ts";
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

const WITHDRAWN_AFTER_S = 120;
const data = temporaryData();
const scenario = join(data, "..", `planet-${process.pid}.json`);
let operator: OperatorProcess;
let startedMs: number;
/** A cell of Poland, seen while it was served. */
let polish: string;

// Planning the planet takes a processor for seconds in every slot: the tests look at one operator, in this order.
before(async () => {
  startedMs = Date.now();
  withdrawingScenario(scenario, WITHDRAWN_AFTER_S);
  operator = await OperatorProcess.start({ data, scenario, planet: "land" });
});
after(async () => {
  await operator?.[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
  rmSync(scenario, { force: true });
});

test("terminals use the satellite of their cell, and satellites keep their limits", async () => {
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
  polish = cell.cell;
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
});

test("the planet's coverage is drawn, and a satellite's beams", { skip }, async () => {
  await using stack = new AsyncDisposableStack();
  const browser = stack.adopt(await launch(), launched => launched.close());
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(180_000);
  await page.goto(`${operator.url}/network?layer=coverage`);
  const coarse = page.locator('[data-coarse-cells]:not([data-coarse-cells="0"])');
  await coarse.waitFor({ state: "attached" });
  const parents = Number(await coarse.getAttribute("data-coarse-cells"));
  assert.ok(parents > 12_000 && parents < 20_000, `all land has ${parents} parents of resolution 3`);
  await page.getByRole("rowheader", { name: "Not permitted or sold out" }).waitFor();

  const { cells } = (await (
    await fetch(`${operator.url}/v1/planet/cells?parent=821e67fffffffff`)
  ).json()) as {
    cells: { satellite: { catalogNumber: number } | null }[];
  };
  const serving = cells.find(({ satellite }) => satellite !== null)?.satellite?.catalogNumber;
  await page.goto(`${operator.url}/network?layer=coverage&sat=${serving}`);
  await page.locator('[data-beams-cells]:not([data-beams-cells="0"])').waitFor({ state: "attached" });
  await page.getByRole("heading", { name: /^Beams of/ }).waitFor();
  await page.screenshot({ path: join(artifacts, "beams-dark.png") });
  assert.deepEqual(await violations(page), []);
});

test("a closed area has no beams", async () => {
  // Two slots after the end of service, and the time that planning takes.
  await new Promise(done =>
    setTimeout(done, Math.max(0, startedMs + (WITHDRAWN_AFTER_S + 32) * 1000 - Date.now())),
  );
  const closed = await operator.get<PlanetCellDetail>(`/v1/planet/cells/${polish}`);
  assert.deepEqual([closed.reason, closed.beams, closed.satellite], ["notPermitted", 0, null]);
});
