// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { slotAt, slotStartMs } from "@perigee/network";
import Fastify, { type FastifyInstance } from "fastify";
import { z } from "zod";
import { ConditionDesk } from "../conditions/condition-desk.ts";
import { builtInConstellation } from "../constellation.ts";
import type { OperatorContext } from "../context.ts";
import { linkCondition } from "../contract.ts";
import { NetworkService } from "../network-service.ts";
import { AT_MS, siteAt, WARSAW } from "../planet/testing/region.ts";
import { serveFaults } from "./faults.ts";
import { answerProblems } from "./problem.ts";
import { useContract } from "./zod-contract.ts";

const slot = slotAt(AT_MS) + 1;
const nowMs = slotStartMs(slot) + 3_000;
const constellation = builtInConstellation(AT_MS, AT_MS);
const network = new NetworkService(constellation, 1);
const [link] = network.plan(slot, [siteAt("warsaw", WARSAW)]).plan.links;

let server: FastifyInstance;
let carriedOut = 0;
/** Each test begins so; a hook at the root would run for the tests of every other file too. */
async function begin(): Promise<void> {
  network.conditions.clear(null, nowMs);
  carriedOut = 0;
  server = Fastify();
  answerProblems(server);
  await useContract(server, "0");
  const linkConditions = new ConditionDesk({
    network,
    hasTerminal: id => id === "warsaw",
    slot: () => slot,
    nowMs: () => nowMs,
    carryOut: async change => {
      if (!change(nowMs)) return false;
      carriedOut++;
      return true;
    },
  });
  serveFaults(server, { linkConditions } as unknown as OperatorContext);
}

const post = (conditions: unknown) =>
  server.inject({ method: "POST", url: "/v1/faults/links", payload: { conditions } as object });
const remove = (path = "") => server.inject({ method: "DELETE", url: `/v1/faults/links${path}` });
const listed = async () => z.array(linkCondition).parse((await server.inject("/v1/faults/links")).json());

test("conditions are set, listed with whom they touch, replaced and removed", async () => {
  await begin();
  const gateway = `gateway:${link!.gateway.id}`;
  const response = await post([
    { on: "terminal:warsaw", addedMs: 40, forS: 60 },
    { on: gateway, loss: 0.02 },
  ]);
  assert.equal(response.statusCode, 201, response.body);
  assert.deepEqual(response.json(), await listed());
  const from = new Date(nowMs).toISOString();
  assert.deepEqual(await listed(), [
    {
      on: "terminal:warsaw",
      from,
      until: new Date(nowMs + 60_000).toISOString(),
      addedMs: 40,
      terminals: ["warsaw"],
    },
    { on: gateway, from, until: null, loss: 0.02, terminals: ["warsaw"] },
  ]);
  assert.equal((await post([{ on: gateway, off: true }])).statusCode, 201);
  assert.deepEqual(
    (await listed()).map(({ on, off, loss }) => [on, off, loss]),
    [
      ["terminal:warsaw", undefined, undefined],
      [gateway, true, undefined],
    ],
  );
  assert.equal((await remove(`/${encodeURIComponent(gateway)}`)).statusCode, 200);
  assert.equal((await remove(`/${encodeURIComponent(gateway)}`)).statusCode, 404);
  assert.deepEqual((await remove()).json(), { removed: 1 });
  assert.deepEqual(await listed(), []);
  assert.equal(carriedOut, 4, "what changes nothing is not carried out");
});

test("a request with anything wrong in it is refused as a whole, with the place", async () => {
  await begin();
  const good = { on: "terminal:warsaw", addedMs: 1 };
  const unknown: [string, string][] = [
    ["terminal:nobody", "no terminal"],
    ["satellite:NOBODY", "no satellite"],
    ["gateway:nowhere", "no such gateway"],
    ["pop:NONE", "no such PoP"],
    ["laser:1-2", "two satellites"],
  ];
  for (const [on, words] of unknown) {
    const response = await post([good, { on, addedMs: 1 }]);
    const problem = response.json() as { code: string; place: string; detail: string };
    assert.deepEqual(
      [response.statusCode, problem.code, problem.place],
      [404, "TARGET_UNKNOWN", "body.conditions.1.on"],
    );
    assert.ok(problem.detail.includes(words), problem.detail);
  }
  const bad: unknown[] = [
    [],
    Array.from({ length: 101 }, () => good),
    [{ on: "terminal:warsaw" }],
    [{ on: "terminal:warsaw", off: false }],
    [{ on: "terminal:warsaw", off: true, addedMs: 4 }],
    [{ on: "share:5%", off: true }],
    [{ on: "warsaw", off: true }],
    ...[
      { addedMs: -1 },
      { addedMs: 2_001 },
      { addedMs: "40" },
      { loss: 1.1 },
      { downMbps: 0 },
      { upMbps: 100_001 },
      { downFactor: 0 },
      { upFactor: 1.5 },
      { forS: 0 },
      { colour: "red" },
    ].map(change => [good, { ...good, ...change }]),
  ];
  for (const conditions of bad) {
    const response = await post(conditions);
    assert.equal(response.statusCode, 400, JSON.stringify(conditions).slice(0, 100));
    assert.equal((response.json() as { code: string }).code, "INVALID_INPUT");
  }
  const target = (k: number) => ({ on: `satellite:${constellation.elements[k]!.catalogNumber}`, loss: 0.1 });
  for (let k = 0; k < 10; k++) {
    const hundred = Array.from({ length: 100 }, (_, i) => target(100 * k + i));
    assert.equal((await post(hundred)).statusCode, 201);
  }
  const response = await post([good]);
  assert.deepEqual(
    [response.statusCode, (response.json() as { code: string }).code],
    [409, "TOO_MANY_CONDITIONS"],
  );
  assert.equal((await listed()).length, 1_000);
});
