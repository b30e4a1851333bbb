// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { requestEntries, terminalApiTable } from "./api-table.ts";

/** Pairs that clients of real terminals rely on: [request, number, answers]. */
const known: readonly [string, number, Record<string, number>][] = [
  ["reboot", 1001, { reboot: 1001 }],
  ["get_status", 1004, { dish_get_status: 2004, wifi_get_status: 3004 }],
  ["get_history", 1007, { dish_get_history: 2006, wifi_get_history: 3006 }],
  ["get_device_info", 1008, { get_device_info: 1004 }],
  ["factory_reset", 1011, { factory_reset: 1011 }],
  ["get_location", 1017, { get_location: 1017 }],
  ["get_radio_stats", 1036, { get_radio_stats: 1035 }],
  ["dish_stow", 2002, { dish_stow: 2002 }],
  ["dish_power_save", 2013, {}],
  ["dish_inhibit_gps", 2014, { dish_inhibit_gps: 2013 }],
  ["dish_clear_obstruction_map", 2017, { dish_clear_obstruction_map: 2015 }],
  ["get_diagnostics", 6000, { wifi_get_diagnostics: 6000, dish_get_diagnostics: 6001 }],
  ["toggle_mode", 7001, { toggle_mode: 7001 }],
];

test("requests are paired with the answers that clients expect", () => {
  const entries = new Map(requestEntries().map(entry => [entry.name, entry]));
  for (const [name, number, answers] of known) {
    const entry = entries.get(name)!;
    assert.equal(entry.number, number, name);
    assert.deepEqual(
      Object.fromEntries(entry.answers.map(answer => [answer.name, answer.number])),
      answers,
      name,
    );
  }
});

test("the page's table has a row for each request, by number, and says what is new", () => {
  const lines = terminalApiTable().trimEnd().split("\n");
  assert.equal(lines.length, requestEntries().length + 2);
  assert.equal(new Set(lines.map(line => line.length)).size, 1);
  const numbers = lines.slice(2).map(line => Number(line.split("|")[1]));
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => a - b),
  );
  assert.match(lines.at(-1)!, /^\| 7001 \| `toggle_mode` .* \| 2026\.07 \|$/);
  assert.match(terminalApiTable(), /\| 2013 \| `dish_power_save` +\| nothing of its own /);
});
