// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { StillOperator } from "../api/testing/still-operator.ts";
import { atAnInstantOfItsOwn, SameInstant } from "./same-instant.ts";
import { client, fleetOperator, tokenOf } from "./testing.ts";

let operator: StillOperator;
let ask: ReturnType<typeof client>;
let line: string;

before(async () => {
  operator = await fleetOperator();
  ask = client(operator, await tokenOf(operator));
  const address = await ask("POST", "/addresses", {
    ...{ addressLines: ["Invented Street 5"], formattedAddress: "Invented Street 5, Warsaw" },
    ...{ latitude: 52.2297, longitude: 21.0122 },
  });
  const { addressReferenceId } = address.body.content;
  const made = await ask("POST", "/service-lines", { addressReferenceId, productReferenceId: "roam-50" });
  line = `/service-lines/${made.body.content.serviceLineNumber}`;
});
after(() => operator[Symbol.asyncDispose]());

test("the same twice in one millisecond happens once; a millisecond later it happens again", async () => {
  const asked: readonly [path: string, method: "PUT" | "POST", body: object][] = [
    [`${line}/public-ip`, "PUT", { publicIp: true }],
    [`${line}/data/top-up`, "POST", { productId: "roam-500", count: 1 }],
  ];
  for (const [path, method, body] of asked) {
    operator.clock.moveTo(operator.clock.nowMs() + 1);
    const before = operator.decisions.length;
    assert.equal((await ask(method, path, body)).status, 200, path);
    const again = await ask(method, path, body);
    assert.deepEqual([again.status, again.body.errors[0]?.errorMessage], [409, "same_instant"], path);
    assert.equal(operator.decisions.length, before + 1, path);
    operator.clock.moveTo(operator.clock.nowMs() + 1);
    assert.equal((await ask(method, path, body)).status, 200, path);
  }
});

test("where time goes on, whoever asks the same at once is answered", async () => {
  const { clock } = operator;
  clock.moveTo(clock.nowMs() + 1);
  const ticking = setInterval(() => clock.moveTo(clock.nowMs() + 1), 1);
  try {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => ask("PUT", `${line}/public-ip`, { publicIp: false })),
    );
    assert.deepEqual(
      all.map(({ status }) => status),
      [200, 200, 200, 200, 200],
    );
  } finally {
    clearInterval(ticking);
  }
});

test("what contradicts itself within a millisecond ends as it was said last", async () => {
  operator.clock.moveTo(operator.clock.nowMs() + 1);
  for (const publicIp of [true, false, true]) {
    const answer = await ask("PUT", `${line}/public-ip`, { publicIp });
    assert.ok(answer.status === 200 || answer.status === 409, String(answer.status));
  }
  const { publicIp } = (await ask("GET", line)).body.content;
  operator.clock.moveTo(operator.clock.nowMs() + 1);
  assert.equal((await ask("GET", line)).body.content.publicIp, publicIp);
});

test("other failures are nobody's to repeat", async () => {
  let tries = 0;
  const failing = (code: string) => async () => {
    tries++;
    throw Object.assign(new Error("no"), { code });
  };
  await assert.rejects(atAnInstantOfItsOwn(failing("23503")), { message: "no" });
  assert.equal(tries, 1);
  await assert.rejects(atAnInstantOfItsOwn(failing("23505")), SameInstant);
  assert.equal(tries, 5);
});
