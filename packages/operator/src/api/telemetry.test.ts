// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { cellVisits, telemetryHistory, telemetryStatus } from "../telemetry/contract.ts";
import { slotFrom } from "../telemetry/day-files.ts";
import { rowOf, silent, someCells } from "../telemetry/testing.ts";
import { asPerson, type StillOperator, stillOperator } from "./testing/still-operator.ts";

describe("telemetry over HTTP", () => {
  let operator: StillOperator;
  let fromMs: number;

  before(async () => {
    operator = await stillOperator();
    fromMs = operator.clock.nowMs() - 3_600_000;
    const first = slotFrom(fromMs);
    for (let k = 0; k < 4; k++) {
      await operator.context.telemetry.take([
        rowOf(first + k, "kyiv", { cell: someCells[k < 2 ? 0 : 1]!, downBytes: 2 ** 40 + k, alerts: [62] }),
        rowOf(first + k, "warsaw", silent),
      ]);
    }
  });
  after(() => operator[Symbol.asyncDispose]());

  const get = (address: string, person = "jonas-fell") =>
    operator.server.inject({ url: address, headers: asPerson(person) });
  const reads = () => operator.context.access.reads.list({ limit: 100 });

  test("one terminal's slots, as the contract says; the read is on record", async () => {
    const response = await get("/v1/telemetry/terminals/kyiv");
    assert.equal(response.statusCode, 200, response.body);
    const body = telemetryHistory.strict().parse(response.json());
    assert.equal(body.rows.length, 4);
    assert.equal(body.downBytes, 4 * 2 ** 40 + 6);
    assert.equal(body.rows[3]!.cell, someCells[1]!.toString(16));
    assert.deepEqual(body.rows[0]!.alerts, [62]);
    const [read] = await reads();
    assert.deepEqual([read!.personId, read!.terminals], ["jonas-fell", ["kyiv"]]);
  });

  test("who may not see positions gets large cells, nothing to work a place out from, and no files", async () => {
    const before = (await reads()).length;
    const response = await get("/v1/telemetry/terminals/kyiv", "paolo-venn");
    const { rows } = telemetryHistory.parse(response.json());
    assert.ok(rows.every(row => row.satellite === null && row.rttMs === null && row.cell!.startsWith("83")));
    for (const cell of someCells) assert.ok(!response.body.includes(cell.toString(16)));
    for (const address of [
      "/v1/telemetry/terminals/kyiv?format=csv",
      `/v1/telemetry/cells?cells=${someCells[0]!.toString(16)}`,
      `/v1/telemetry/cells?cells=${someCells[0]!.toString(16)}&format=parquet`,
    ]) {
      const refused = await get(address, "paolo-venn");
      assert.equal(refused.statusCode, 403, refused.body);
      assert.equal(refused.json().code, "PERMISSION_MISSING");
    }
    assert.equal((await reads()).length, before);
  });

  test("who was in these cells; all who are named are on record as read", async () => {
    const cells = someCells.slice(1, 3).map(cell => cell.toString(16));
    const response = await get(`/v1/telemetry/cells?cells=${cells.join(",")}`, "ruth-adeyemi");
    const { visits } = cellVisits.strict().parse(response.json());
    assert.deepEqual(
      visits.map(({ terminal, cell, slots }) => [terminal, cell, slots]),
      [["kyiv", cells[0], 2]],
    );
    const [read] = await reads();
    assert.deepEqual([read!.personId, read!.route], ["ruth-adeyemi", "/v1/telemetry/cells"]);
  });

  test("a file holds every row, also where there is none", async () => {
    const csv = await get("/v1/telemetry/terminals/kyiv?format=csv");
    const lines = csv.body.trim().split("\n");
    assert.equal(lines.length, 5);
    assert.match(lines[0]!, /^slot_start,slot,terminal,account,cell,/);
    assert.match(
      String(csv.headers["content-disposition"]),
      /filename="telemetry-kyiv-\d{4}-\d{2}-\d{2}\.csv"/,
    );
    const empty = await get(
      "/v1/telemetry/terminals/kyiv?format=csv&from=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z",
    );
    assert.equal(empty.body.trim(), lines[0]);
    const parquet = await get(`/v1/telemetry/cells?cells=${someCells[0]!.toString(16)}&format=parquet`);
    assert.equal(parquet.rawPayload.subarray(0, 4).toString("latin1"), "PAR1");
  });

  test("what is off is refused, with its place", async () => {
    for (const [address, status, code] of [
      ["/v1/telemetry/terminals/nobodys", 404, "NOT_FOUND"],
      [
        "/v1/telemetry/terminals/kyiv?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z",
        400,
        "INVALID_INPUT",
      ],
      [
        "/v1/telemetry/terminals/kyiv?from=2026-01-01T00:00:00Z&until=2026-01-03T00:00:00Z",
        400,
        "INVALID_INPUT",
      ],
      ["/v1/telemetry/cells?cells=861f8d0dfffffff", 400, "INVALID_INPUT"],
      ["/v1/telemetry/cells?cells=000000000000000", 400, "INVALID_INPUT"],
      ["/v1/telemetry/cells?cells=x", 400, "INVALID_INPUT"],
    ] as const) {
      const response = await get(address);
      assert.deepEqual([response.statusCode, response.json().code], [status, code], address);
    }
  });

  test("what is kept is told", async () => {
    const status = telemetryStatus
      .strict()
      .parse((await get("/v1/telemetry?verify=true", "paolo-venn")).json());
    assert.deepEqual([status.openRows, status.files, status.damaged, status.retentionDays], [8, [], [], 30]);
  });
});
