// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultHome } from "./default-home.ts";

const routerId = (i: number): string => `Router-${i.toString(16).padStart(24, "0")}`;

test("people bring devices, machines one, and the same router has the same home", () => {
  for (let i = 0; i < 200; i++) {
    const home = defaultHome(routerId(i), 3);
    assert.deepEqual(home, defaultHome(routerId(i), 3));
    const personal = home.clients.filter(client => /-[123]$/.test(client.name));
    assert.ok(personal.length >= 3 && personal.length <= 9);
    assert.ok(home.clients.length <= 15);
    assert.equal(new Set(home.clients.map(client => client.name)).size, home.clients.length);
    assert.match(home.networkName, /^HOME-[0-9A-F]{4}$/);
  }
  assert.deepEqual(defaultHome(routerId(1), 0).clients, [{ name: "controller", connection: "ethernet" }]);
  assert.equal(defaultHome(routerId(1), 1000).clients.length, 128);
});

test("homes differ", () => {
  const homes = new Set(Array.from({ length: 50 }, (_, i) => JSON.stringify(defaultHome(routerId(i), 3))));
  assert.ok(homes.size > 45);
});
