// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { z } from "zod";
import { defaults } from "../config.ts";
import * as contract from "../contract.ts";
import { type Operator, startOperator } from "../operator.ts";
import { demoPath } from "../testing.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-api-"));
let operator: Operator;

before(async () => {
  const config = {
    ...defaults(demoPath),
    data: folder,
    port: 0,
    proxyPort: 0,
    dishPort: 0,
    planet: "off" as const,
  };
  const started = await startOperator({ config, consoleFolder: join(folder, "no-console") });
  assert.ok(started.ok, started.ok ? "" : started.error.message);
  operator = started.value;
});
after(async () => {
  await operator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string): Promise<Response> => fetch(operator.url + path);

/** A GET with headers that `fetch` does not let anyone set. */
function rawStatus(headers: Record<string, string>, method = "GET"): Promise<number> {
  return new Promise((done, fail) => {
    request(`${operator.url}/v1/status`, { method, headers }, response => {
      response.resume();
      done(response.statusCode ?? 0);
    })
      .on("error", fail)
      .end();
  });
}

const answers: [string, z.ZodType][] = [
  ["/v1/status", contract.status],
  ["/v1/satellites", contract.satellites],
  ["/v1/ground", contract.ground],
  ["/v1/terminals", z.array(contract.terminalRow)],
  ["/v1/terminals/kyiv", contract.terminalDetail],
  ["/v1/terminals/moscow", contract.terminalDetail],
  ["/v1/terminals/ulukhaktok/explain", contract.explanation],
  ["/v1/terminals/warsaw/link", contract.linkRecord],
  ["/v1/terminals/moscow/link", contract.linkRecord],
  ["/v1/planet", contract.planet],
  ["/v1/orders", z.array(contract.order)],
  ["/v1/areas", z.array(contract.areaStatement)],
  ["/v1/ledger/head", contract.ledgerHead],
  ["/v1/ledger/entries?limit=5", z.array(contract.ledgerEntry)],
];

for (const [path, schema] of answers) {
  test(`GET ${path} answers as the contract says`, async () => {
    const response = await get(path);
    assert.equal(response.status, 200);
    // A field that the contract does not know is as wrong as one that is missing.
    const body: unknown = await response.json();
    const parsed = schema.safeParse(body);
    assert.ok(parsed.success, JSON.stringify(parsed.error?.issues.slice(0, 3)));
    assert.deepEqual(parsed.data, body, "nothing beyond the contract");
  });
}

test("every route stands in the OpenAPI document", async () => {
  const document = (await (await get("/v1/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, unknown>;
  };
  assert.match(document.openapi, /^3\.1/);
  for (const [path] of answers) {
    const pattern = path
      .split("?")[0]!
      .replace(/terminals\/(kyiv|moscow|ulukhaktok|warsaw)/, "terminals/{id}");
    assert.ok(pattern in document.paths, pattern);
  }
});

test("the ephemeris is where SGP4 says, at the slot's start, middle and end", async () => {
  const bytes = Buffer.from(await (await get("/v1/ephemeris")).arrayBuffer());
  const count = bytes.readUInt32LE(16);
  const { constellation } = operator.context.network;
  assert.equal(count, constellation.elements.length);
  assert.equal(bytes.length, 24 + 36 * count);
  const slotStartMs = bytes.readDoubleLE(0);
  assert.equal(new Date(slotStartMs).getUTCSeconds() % 15, 12);
  const at = (instant: number, axis: number, satellite: number): number =>
    bytes.readFloatLE(24 + 4 * ((3 * instant + axis) * count + satellite));
  const { createPropagator } = await import("@perigee/orbit");
  const propagator = createPropagator(constellation.elements);
  for (const [instant, offsetMs] of [0, 7_500, 15_000].entries()) {
    const states = propagator.propagateSome([0, 4321, count - 1], slotStartMs + offsetMs);
    [0, 4321, count - 1].forEach((satellite, k) => {
      // Float32 resolves 0.5 m at 7,000 km.
      assert.ok(Math.abs(at(instant, 0, satellite) - states.xKm[k]!) < 0.001);
      assert.ok(Math.abs(at(instant, 1, satellite) - states.yKm[k]!) < 0.001);
      assert.ok(Math.abs(at(instant, 2, satellite) - states.zKm[k]!) < 0.001);
    });
  }
});

test("the ephemeris goes a day back and an hour ahead, links as far as they are on record", async () => {
  const running = operator.context.slot();
  const startMs = async (slot: number): Promise<number> => {
    const response = await get(`/v1/ephemeris?slot=${slot}`);
    assert.equal(response.status, 200);
    return Buffer.from(await response.arrayBuffer()).readDoubleLE(0);
  };
  assert.equal((await startMs(running + 200)) - (await startMs(running - 5_000)), 5_200 * 15_000);
  for (const path of [
    `/v1/ephemeris?slot=${running - 6_000}`,
    `/v1/ephemeris?slot=${running + 300}`,
    `/v1/terminals/warsaw/link?slot=${running - 6_000}`,
    `/v1/terminals/warsaw/link?slot=${running + 10}`,
  ]) {
    const response = await get(path);
    const problem = contract.problem.parse(await response.json());
    assert.deepEqual([response.status, problem.code], [404, "SLOT_NOT_KEPT"], path);
  }
});

test("web pages of other origins are kept out", async () => {
  const { host } = new URL(operator.url);
  assert.equal(await rawStatus({ host }), 200);
  assert.equal(await rawStatus({ host: "evil.example" }), 421, "DNS rebinding");
  assert.equal(await rawStatus({ host, origin: "http://evil.example" }), 403, "another origin");
  assert.equal(await rawStatus({ host, origin: `http://${host}` }), 200);
  assert.equal(await rawStatus({ host }, "POST"), 403, "no client header");
});

test("what does not exist is a problem document", async () => {
  for (const path of [
    "/v1/nothing",
    "/v1/terminals/atlantis",
    "/v1/terminals/atlantis/explain",
    "/v1/boundary-views/mars/borders",
  ]) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    const parsed = contract.problem.safeParse(await response.json());
    assert.ok(parsed.success, path);
    assert.equal(parsed.data.code, "NOT_FOUND");
  }
});

test("proofs from the log verify, and questions outside it are refused", async () => {
  const { verifyConsistency, verifyInclusion, hashFromHex } = await import("@perigee/ledger");
  const head = contract.ledgerHead.parse(await (await get("/v1/ledger/head")).json());
  const [entry] = z
    .array(contract.ledgerEntry)
    .parse(await (await get("/v1/ledger/entries?from=3&limit=1")).json());
  const answer = async (path: string): Promise<Uint8Array[]> =>
    ((await (await get(path)).json()) as { proof: string[] }).proof.map(h => hashFromHex(h)!);
  const root = hashFromHex(head.root)!;
  const proof = await answer(`/v1/ledger/proof/inclusion?index=3&size=${head.size}`);
  assert.ok(
    verifyInclusion({ leafHash: hashFromHex(entry!.leafHash)!, index: 3, size: head.size, proof, root }),
  );
  const grew = await answer(`/v1/ledger/proof/consistency?from=${head.size}&to=${head.size}`);
  assert.ok(
    verifyConsistency({ oldSize: head.size, oldRoot: root, newSize: head.size, newRoot: root, proof: grew }),
  );
  for (const path of [
    `inclusion?index=${head.size}&size=${head.size}`,
    "inclusion?index=0&size=99999",
    "consistency?from=5&to=4",
    "inclusion?index=-1&size=1",
  ]) {
    assert.equal((await get(`/v1/ledger/proof/${path}`)).status, 400, path);
  }
});

test("events announce slots with what the status says", async () => {
  const response = await get("/v1/events");
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/event: slot\ndata: .*\n\n/.test(text)) break;
  }
  const data = /event: slot\ndata: (.*)\n\n/.exec(text)![1]!;
  assert.ok(contract.status.safeParse(JSON.parse(data)).success);
});
