// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { cellName } from "@perigee/earth";
import { slotAt } from "@perigee/network";
import Fastify, { type FastifyInstance } from "fastify";
import { z } from "zod";
import { builtInConstellation } from "../constellation.ts";
import type { OperatorContext } from "../context.ts";
import * as contract from "../contract.ts";
import { NetworkService } from "../network-service.ts";
import { parentsAt } from "../planet/parent-cells.ts";
import { AT_MS, regionCells, regionPlanet, siteAt, WARSAW } from "../planet/testing/region.ts";
import { servePlanet } from "./planet.ts";
import { answerProblems } from "./problem.ts";
import { useContract } from "./zod-contract.ts";

const cells = regionCells();
const slot = slotAt(AT_MS) + 1;
const permitted = new Uint8Array(cells.territories.length).fill(1);
const { record, subscribers } = regionPlanet(cells).plan({ slot, permitted, sites: [siteAt("t", WARSAW)] });
const cell = siteAt("t", WARSAW).cell;
const satellite = record.beamSatellite[record.beam[cells.table.id.indexOf(BigInt(`0x${cell}`))]!]!;

async function serverOf(planet: "off" | "land"): Promise<FastifyInstance> {
  const server = Fastify();
  answerProblems(server);
  await useContract(server, "0");
  const context = {
    config: { planet },
    network: new NetworkService(builtInConstellation(AT_MS, AT_MS), 1),
    planet: {
      ground: { ...cells, subscribers },
      slot: async (wanted: number = slot) => (wanted === slot ? record : null),
    },
  };
  servePlanet(server, context as unknown as OperatorContext);
  return server;
}

let server: FastifyInstance;
before(async () => {
  server = await serverOf("land");
});

const parent = (resolution: number): string => parentsAt(cells.table, resolution).id[0]!.toString(16);
const { catalogNumber } = builtInConstellation(AT_MS, AT_MS).elements[satellite]!;

const answers: [string, z.ZodType][] = [
  [`cells?parent=${parent(1)}`, contract.planetCells],
  [`cells?parent=${parent(4)}&slot=${slot}`, contract.planetCells],
  [`cells/${cell}`, contract.planetCellDetail],
  [`satellites/${catalogNumber}?slot=${slot}`, contract.planetSatellite],
  ["gateways", z.array(contract.planetGateway)],
];

for (const [path, schema] of answers) {
  test(`GET /v1/planet/${path} answers as the contract says`, async () => {
    const response = await server.inject(`/v1/planet/${path}`);
    assert.equal(response.statusCode, 200, response.body);
    const body: unknown = response.json();
    const parsed = schema.safeParse(body);
    assert.ok(parsed.success, JSON.stringify(parsed.error?.issues.slice(0, 3)));
    assert.deepEqual(parsed.data, body, "nothing beyond the contract");
  });
}

test("parents hold all cells of the table, once", async () => {
  const seen: string[] = [];
  for (const id of parentsAt(cells.table, 2).id) {
    const { cells: rows } = contract.planetCells.parse(
      (await server.inject(`/v1/planet/cells?parent=${id.toString(16)}`)).json(),
    );
    seen.push(...rows.map(row => row.cell));
  }
  assert.deepEqual(
    seen,
    Array.from({ length: cells.table.count }, (_, c) => cellName(cells.table, c)),
  );
});

test("coverage comes as bytes, as long as it says", async () => {
  for (const resolution of [2, 3, 4]) {
    const response = await server.inject(`/v1/planet/coverage?resolution=${resolution}&slot=${slot}`);
    assert.equal(response.headers["content-type"], "application/octet-stream");
    assert.equal(response.rawPayload.length, 16 + 25 * response.rawPayload.readUInt32LE(0));
  }
});

test("what is not there is refused by a code of its own", async () => {
  const refusals: [string, number, string][] = [
    [`coverage?slot=${slot - 1}`, 404, "SLOT_NOT_KEPT"],
    [`gateways?slot=${slot + 1}`, 404, "SLOT_NOT_KEPT"],
    ["cells/851fb467fffffff0", 404, "CELL_NOT_IN_TABLE"],
    ["cells/85283473fffffff", 404, "CELL_NOT_IN_TABLE"],
    ["satellites/1", 404, "SATELLITE_UNKNOWN"],
    ["satellites/x", 400, "INVALID_INPUT"],
    ["coverage?resolution=5", 400, "INVALID_INPUT"],
    ["coverage?slot=-1", 400, "INVALID_INPUT"],
    ["cells", 400, "INVALID_INPUT"],
    [`cells?parent=${cell}`, 400, "INVALID_INPUT"],
    ["cells?parent=zz", 400, "INVALID_INPUT"],
  ];
  for (const [path, status, code] of refusals) {
    const response = await server.inject(`/v1/planet/${path}`);
    const problem = response.json() as { code: string };
    assert.deepEqual([response.statusCode, problem.code], [status, code], path);
    assert.match(String(response.headers["content-type"]), /problem\+json/);
  }
});

test("without the planet every question is refused as such", async () => {
  const off = await serverOf("off");
  for (const path of ["coverage", `cells?parent=${parent(2)}`, `cells/${cell}`, "satellites/1", "gateways"]) {
    const response = await off.inject(`/v1/planet/${path}`);
    assert.deepEqual([response.statusCode, (response.json() as { code: string }).code], [404, "PLANET_OFF"]);
  }
});
