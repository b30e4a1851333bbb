// SPDX-License-Identifier: MIT
// Story 4: where the area does not permit service there is none, with the reason; crossing a border changes the answer.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Explanation } from "@perigee/operator/contract";
import { eventually, OperatorProcess, root, temporaryData } from "./operator-process.ts";
import { startOrigin } from "./origin-server.ts";
import { readExactly, SocksRefused, socksConnect } from "./socks-client.ts";

/** The demo, with one terminal that is carried over a border and back: seconds after the start, latitude, longitude. */
function crossingScenario(path: string, track: readonly (readonly [number, number, number])[]): void {
  const scenario = JSON.parse(readFileSync(join(root, "demo/scenario.json"), "utf8"));
  const crosser = scenario.world.terminals.find((t: { id: string }) => t.id === "warsaw");
  crosser.track = track.map(([atS, latDeg, lonDeg]) => ({ atS, latDeg, lonDeg }));
  scenario.records.terminals.find((t: { id: string }) => t.id === "warsaw").planId = "roam";
  scenario.title = "A terminal crosses a border";
  writeFileSync(path, JSON.stringify(scenario));
}

test("a terminal whose area is not active never gets a byte, and hears why", async () => {
  await using operator = await OperatorProcess.start();
  await using origin = await startOrigin();
  const expected = {
    dubai: {
      reason: "AREA_NOT_ACTIVE",
      axis: "activation",
      value: "neverActive",
      asserter: "Perigee demo operator",
    },
    moscow: {
      reason: "AREA_NOT_LICENSED",
      axis: "licence",
      value: "notGranted",
      asserter: "Demo statement of the Russian administration",
    },
    sevastopol: {
      reason: "LEGAL_REGIME",
      axis: "legalRegime",
      value: "prohibited",
      asserter: "United States",
    },
  };
  const ends = performance.now() + 17_000; // more than one slot
  let attempts = 0;
  while (performance.now() < ends) {
    for (const id of Object.keys(expected)) {
      const port = await operator.proxyPort(id);
      await assert.rejects(
        socksConnect(port, "127.0.0.1", origin.httpPort),
        (error: unknown) => error instanceof SocksRefused && error.reply === 2,
      );
      attempts++;
    }
    await new Promise(done => setTimeout(done, 700));
  }
  assert.ok(attempts > 20);
  assert.equal(origin.requests(), 0);
  for (const [id, { reason, axis, value, asserter }] of Object.entries(expected)) {
    const row = await operator.terminal(id);
    assert.equal(row.link, null, `${id} has no beam`);
    assert.equal(row.detail.traffic.downBytes + row.detail.traffic.upBytes, 0);
    const explanation = await operator.get<Explanation>(`/v1/terminals/${id}/explain`);
    assert.equal(explanation.admission.reason, reason);
    assert.equal(explanation.admission.outcome, "deny");
    const ground = explanation.grounds[0]!;
    assert.deepEqual([ground.axis, ground.value, ground.asserter], [axis, value, asserter]);
    assert.equal(ground.rule, "axis.asserted");
    for (const word of [asserter, value])
      assert.ok(explanation.paragraph.includes(word), explanation.paragraph);
  }
});

test("carried over a border, it loses service at the next slot, and has it again when it is back", async () => {
  const data = temporaryData();
  const scenario = join(data, "crossing.json");
  // Near Bartoszyce in Poland, then near Pravdinsk in Kaliningrad oblast: about 30 km on either side of the border.
  crossingScenario(scenario, [
    [0, 54.2, 20.8],
    [20, 54.2, 20.8],
    [21, 54.6, 20.8],
    [60, 54.6, 20.8],
    [61, 54.2, 20.8],
  ]);
  try {
    await using operator = await OperatorProcess.start({ data, scenario });
    await using origin = await startOrigin();
    const port = await operator.proxyPort("warsaw");
    const open = await socksConnect(port, "127.0.0.1", origin.echoPort);
    open.write("before");
    assert.equal((await readExactly(open, 6)).toString(), "before");
    let reset = false;
    open.on("error", () => {
      reset = true;
    });
    open.on("close", () => {
      reset = true;
    });
    // 20 s in Poland, then at most one slot and its preparation.
    await eventually("the terminal is refused in Russia", 45_000, async () => {
      const row = await operator.terminal("warsaw");
      return row.admission?.reason === "AREA_NOT_LICENSED" && row.position?.territory !== "PL" ? row : null;
    });
    await eventually("the open connection ends", 1_000, async () => reset);
    await assert.rejects(socksConnect(port, "127.0.0.1", origin.echoPort), SocksRefused);
    const [last] = (await operator.terminal("warsaw")).detail.decisions;
    assert.equal(last?.outcome, "deny");
    await eventually("the terminal is served in Poland again", 60_000, async () => {
      const row = await operator.terminal("warsaw");
      return row.admission?.reason === "ALLOW" && row.position?.country === "PL" ? row : null;
    });
    const again = await eventually("traffic flows again", 20_000, () =>
      socksConnect(port, "127.0.0.1", origin.echoPort).catch(() => null),
    );
    again.destroy();
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
