// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { disablementCode, outageCause } from "../schema/constants.ts";
import { enumOf } from "../schema/directory.ts";
import { dishAlertTests, telemetryAlertTests } from "../terminal/alerts.ts";
import { ImaginedDish } from "../terminal/testing/imagined-dish.ts";
import { sceneNamed, scenes, scenesTable } from "./scenes.ts";

/** Long enough for a scene of obstructions: a quarter of an hour of looking. */
const LONG_S = 1000;

test("every scene shows what it promises, and its end leaves a terminal in order", () => {
  for (const scene of scenes) {
    const it = new ImaginedDish().pass(20);
    it.dish.setScene(scene);
    assert.equal(it.dish.scene, scene.name);
    const { shows } = scene;
    it.pass(shows.telemetryAlerts?.some(code => code >= 64 && code <= 67) ? LONG_S : 2);
    if (shows.dark) {
      assert.equal(it.refusalOf({ getStatus: {} }).code, 14);
    } else {
      const { status } = it;
      if (shows.disablement !== undefined) {
        assert.equal(status.disablementCode ?? 0, shows.disablement, scene.name);
        assert.equal(status.outage, undefined, `${scene.name} keeps its link`);
      }
      if (shows.outage !== undefined)
        assert.equal(status.outage?.cause, outageCause[shows.outage], scene.name);
      for (const alert of shows.alerts ?? [])
        assert.equal(status.alerts?.[alert], true, `${scene.name} ${alert}`);
      const seen = it.dish.telemetry(it.nowMs).alerts;
      for (const code of shows.telemetryAlerts ?? []) assert.ok(seen.includes(code), `${scene.name} ${code}`);
    }
    it.dish.setScene(null);
    it.pass(120);
    assert.equal(it.status.outage, undefined, `${scene.name} is over`);
    assert.equal(it.status.disablementCode, disablementCode.OKAY);
  }
});

test("a terminal in order shows no alert", () => {
  const it = new ImaginedDish().pass(LONG_S);
  assert.deepEqual(it.status.alerts, {});
  assert.deepEqual(it.dish.telemetry(it.nowMs).alerts, []);
});

test("there is a scene for every disablement code, cause of an outage and alert", () => {
  const shown = scenes.map(scene => scene.shows);
  const codes = Object.values(enumOf("SpaceX.API.Satellites.Network.UtDisablementCode"));
  for (const code of codes)
    assert.ok(
      shown.some(({ disablement }) => disablement === code),
      `code ${code}`,
    );
  for (const cause of Object.keys(enumOf("SpaceX.API.Device.DishOutage.Cause"))) {
    assert.ok(
      shown.some(({ outage }) => outage === cause),
      cause,
    );
  }
  for (const alert of Object.keys(dishAlertTests)) {
    assert.ok(
      shown.some(({ alerts }) => alerts?.some(name => name === alert)),
      alert,
    );
  }
  for (const code of telemetryAlertTests.keys()) {
    assert.ok(
      shown.some(({ telemetryAlerts }) => telemetryAlerts?.includes(code)),
      `alert ${code}`,
    );
  }
});

test("scenes have names of their own, and the table lists them", () => {
  const names = scenes.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const scene of scenes) {
    assert.match(scene.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.equal(sceneNamed(scene.name), scene);
    assert.ok(scenesTable().includes(`\`${scene.name}\``));
  }
  assert.equal(sceneNamed("sunny"), null);
});
