// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { asPerson, stillOperator } from "../api/testing/still-operator.ts";
import { terminalDetail } from "../contract.ts";

test("compliance has a terminal measured; others may not, and nobody has one measured that is not there", async () => {
  await using operator = await stillOperator();
  const { server, context, clock } = operator;
  const ask = (id: string, who: string) =>
    server.inject({
      ...{ method: "POST", url: `/v1/terminals/${id}/location-round`, headers: asPerson(who) },
      payload: {},
    });
  assert.equal((await ask("kyiv", "paolo-venn")).statusCode, 403);
  assert.equal((await ask("nowhere", "tomas-reid")).statusCode, 404);
  assert.equal(context.locations.isAwaited("kyiv"), false);
  const answer = await ask("kyiv", "tomas-reid");
  assert.equal(answer.statusCode, 202, answer.body);
  const { terminalId, until } = answer.json() as { terminalId: string; until: string };
  assert.equal(terminalId, "kyiv");
  const waitS = (Date.parse(until) - clock.nowMs()) / 1000;
  assert.ok(waitS > 60 && waitS <= 135, `${waitS} s`);
  assert.equal(context.locations.isAwaited("kyiv"), true);
  // A viewer sees that it is measured, and never where.
  const seen = await server.inject({ url: "/v1/terminals/kyiv", headers: asPerson("paolo-venn") });
  assert.deepEqual(terminalDetail.parse(seen.json()).detail.location, { latest: null, awaited: true });
});
