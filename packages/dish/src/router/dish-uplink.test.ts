// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { ImaginedDish, imaginedLink, imaginedPorts } from "../terminal/testing/imagined-dish.ts";
import { dishUplink } from "./dish-uplink.ts";
import { Router } from "./router.ts";
import { imaginedHome, imaginedRouterIdentity } from "./testing/imagined-router.ts";

function routed(imagined: ImaginedDish): Router {
  const clock = (): number => imagined.nowMs;
  return new Router({
    identity: imaginedRouterIdentity,
    home: imaginedHome,
    ports: dishUplink({ dish: imagined.dish, clock, isPowered: () => true }),
    clock,
    startedMs: imagined.nowMs - 3_600_000,
  });
}

const ask = (router: Router) => {
  const answer = router.handle({ getHistory: {} }, "lan");
  assert.ok("wifiGetHistory" in answer);
  const { current, pingDropRate, pingLatencyMs } = answer.wifiGetHistory!;
  return { current: Number(current), drop: pingDropRate!, latency: pingLatencyMs! };
};

test("a router's seconds are its dish's seconds, however late it asks", () => {
  const ping = (_: unknown, atMs: number): number | null => {
    const second = Math.floor(atMs / 1000);
    return second % 11 === 0 ? null : 20 + (second % 17);
  };
  const imagined = new ImaginedDish({ ports: { ...imaginedPorts, ping } }).pass(15);
  const router = routed(imagined);
  imagined.pass(400);
  const { current, drop, latency } = ask(router);
  assert.equal(current, 400);
  const { history } = imagined;
  for (let back = 1; back <= 400; back++) {
    const dropped = history.popPingDropRate![(Number(history.current) - back) % 900]!;
    assert.equal(drop[(current - back) % 900], dropped, `${back} s ago`);
    if (dropped === 1) continue;
    const beyond =
      latency[(current - back) % 900]! - history.popPingLatencyMs![(Number(history.current) - back) % 900]!;
    assert.ok(beyond > 1.9 && beyond < 4.5, `${back} s ago: ${beyond} ms`);
  }
});

test("the code of the dish, its point of presence and its traffic are the router's", () => {
  const imagined = new ImaginedDish().pass(15);
  const router = routed(imagined);
  imagined.pass(60);
  const status = () => {
    const answer = router.handle({ getStatus: {} }, "lan");
    assert.ok("wifiGetStatus" in answer);
    return answer.wifiGetStatus!;
  };
  assert.equal(status().dishDisablementCode, 1);
  assert.equal(status().pingDropRate, 0);
  const address = status().ipv4WanAddress;
  const telemetry = router.telemetry(imagined.nowMs)!;
  assert.ok(Math.abs(telemetry.wanRxBytes / ((60 * 40e6) / 8) - 1) < 0.01);

  imagined.retell({ link: imaginedLink(imagined.nowMs, { pop: { code: "southbbb1", city: "Southtown" } }) });
  imagined.pass(30);
  assert.notEqual(status().ipv4WanAddress, address);

  imagined.retell({
    admission: { wireCode: 2, linked: true, reach: "accountAndEmergency", reason: "NO_ACCOUNT" },
  });
  imagined.pass(30);
  assert.equal(status().dishDisablementCode, 2);
  assert.equal(status().popPingDropRate, 0);
  assert.equal(status().pingDropRate, 1);
});

test("while the dish restarts, its cable is dead", () => {
  const imagined = new ImaginedDish().pass(60);
  const router = routed(imagined);
  imagined.pass(30);
  imagined.ask({ reboot: {} });
  imagined.pass(5);
  const answer = router.handle({ getStatus: {} }, "lan");
  assert.ok("wifiGetStatus" in answer);
  assert.equal(answer.wifiGetStatus?.noWanLink, true);
});
