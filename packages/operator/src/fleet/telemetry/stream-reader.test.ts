// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { slotStartMs } from "@perigee/network";
import fc from "fast-check";
import type { TelemetryRow } from "../../telemetry/row.ts";
import { addressesOf } from "./addresses.ts";
import { columns } from "./columns.ts";
import { RouterWindow } from "./router-window.ts";
import { type Batch, fill, type Position, positionIn, positionText, streamJson } from "./stream-reader.ts";
import type { RowContext } from "./stream-rows.ts";

const FIRST = 120_000_000;

const row = (slot: number, terminal: string, more: Partial<TelemetryRow> = {}): TelemetryRow => ({
  ...{
    slot,
    terminal,
    account: "acc-a",
    cell: 0x85283473fffffffn,
    country: "IS",
    inTerritorialWaters: false,
  },
  ...{ satellite: 44_713, gateway: "gw", pop: "lndngbr1", rttMs: 31.5, pingLatencyMs: 33.25 },
  ...{ pingDropRate: 0.01, downBytes: 1_875_000, upBytes: 187_500, obstruction: 0.004, signalQuality: 0.9 },
  ...{ uptimeS: 12_345, secondsUntilReboot: 259_200, software: "2026.07.1", wireCode: 1, reason: "" },
  ...{ reporting: true, alerts: [] },
  ...more,
});

const context: RowContext = {
  accountNumber: "ACC-511274-31364-54",
  wireId: terminal => `00020900-00000000-${terminal.padStart(8, "0")}`,
  addresses: terminal => addressesOf(Number(terminal), 3, false),
  routers: () => [],
};

const fresh = (slot = 0): Batch => ({ rows: [], next: { slot, given: 0 } });

/** Reads everything with batches of given sizes, as one client after another would. */
function readAll(all: readonly TelemetryRow[], untilSlot: number, sizes: readonly number[]): string[] {
  const read: string[] = [];
  let next: Position = { slot: 0, given: 0 };
  for (let i = 0; next.slot < untilSlot; i++) {
    const page = all.filter(({ slot }) => slot >= next.slot - 1);
    const kept = positionIn(positionText(next))!;
    const batch = fill({ rows: [], next: kept }, page, FIRST, untilSlot, sizes[i % sizes.length]!, context);
    read.push(...batch.rows);
    next = batch.next;
  }
  return read;
}

test("an answer holds integers above 2^53 digit by digit", () => {
  const text = streamJson(fill(fresh(), [row(FIRST, "1")], FIRST, FIRST + 1, 10, context));
  const ns = `${slotStartMs(FIRST)}000000`;
  assert.ok(BigInt(ns) > 2n ** 53n && BigInt(Number(ns)) !== BigInt(ns) + 1n);
  assert.ok(
    text.includes(
      `["u",${ns},"ut00020900-00000000-00000001",1,0.1,0.01,33.25,0.004,12345,0.9,599686042433355775,`,
    ),
  );
  assert.ok(text.includes(`"LastPartitionUtcTimestampNs":${ns}`));
  const answer = JSON.parse(text);
  assert.deepEqual(Object.keys(answer.data.columnNamesByDeviceType), ["u", "r", "i"]);
  assert.equal(answer.metadata.enums.AlertsByDeviceType.u["50"], "ethernet_slow_10mbps");
  for (const values of answer.data.values) {
    assert.equal(values.length, columns[values[0] as keyof typeof columns].length);
  }
});

test("readers with batches of any size get every row once, in order", () => {
  const terminals = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 });
  const slots = fc.array(terminals, { minLength: 1, maxLength: 25 });
  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(slots, sizes, fc.infiniteStream(fc.boolean()), (heard, batches, online) => {
      const all = heard.flatMap((ids, i) =>
        ids.map(id => row(FIRST + i, String(id), online.next().value ? {} : { reporting: false, pop: null })),
      );
      const until = FIRST + heard.length;
      assert.deepEqual(readAll(all, until, batches), readAll(all, until, [65_000]));
    }),
  );
});

test("a terminal that is not heard has no row, and its addresses are taken back once", () => {
  const rows = [
    row(FIRST + 1, "1"),
    row(FIRST + 2, "1"),
    row(FIRST + 3, "1", { pop: "frntdeu1" }),
    row(FIRST + 4, "1", { reporting: false, pop: null }),
    row(FIRST + 5, "1", { reporting: false, pop: null }),
  ];
  const { rows: told } = fill(fresh(), rows, FIRST, FIRST + 6, 100, context);
  const read = told.map(text => JSON.parse(text) as unknown[]);
  assert.deepEqual(
    read.map(values => values[0]),
    ["u", "i", "u", "u", "i", "i"],
  );
  assert.deepEqual(read.at(-1)!.slice(2), [
    "ip-ut00020900-00000000-00000001",
    "ACC-511274-31364-54",
    [],
    [],
    [],
  ]);
});

test("addresses are said again at least every five minutes", () => {
  const rows = Array.from({ length: 100 }, (_, i) => row(FIRST + i, "1"));
  const { rows: told } = fill(fresh(), rows, FIRST, FIRST + 100, 1_000, context);
  const said = told.map(text => JSON.parse(text) as unknown[]).filter(values => values[0] === "i");
  const seconds = said.map(values => Number(values[1]) / 1e9);
  assert.ok(seconds.every((second, i) => i === 0 || second - seconds[i - 1]! <= 300));
});

test("a reader who comes too late goes on with the oldest that is held", () => {
  const rows = [row(FIRST + 10, "1"), row(FIRST + 11, "1")];
  const { rows: told, next } = fill(fresh(FIRST), rows, FIRST + 10, FIRST + 12, 100, context);
  assert.equal(told.filter(text => text.startsWith('["u"')).length, 2);
  assert.deepEqual(next, { slot: FIRST + 12, given: 0 });
});

test("where nothing came, the place stays", () => {
  assert.deepEqual(fill(fresh(FIRST + 5), [], FIRST, FIRST + 5, 100, context).next, {
    slot: FIRST + 5,
    given: 0,
  });
  for (const text of ["", "1", "1.", ".1", "-1.0", "1.2.3", "1e3.0"])
    assert.equal(positionIn(text), null, text);
});

test("addresses are of the ranges for documents and tests, and no two terminals share one", () => {
  assert.deepEqual(addressesOf(0, 0, false), {
    ipv4: ["100.64.0.0"],
    ipv6Ue: ["3fff:0:0:0::/64"],
    ipv6Cpe: ["3fff:0:0:100::/56"],
  });
  assert.deepEqual(addressesOf(70_000, 255, true), {
    ipv4: ["198.19.17.112"],
    ipv6Ue: ["3fff:ff0:222:e000::/64"],
    ipv6Cpe: ["3fff:ff0:222:e100::/56"],
  });
  const seen = new Set<string>();
  for (let terminal = 0; terminal < 2_000; terminal++) {
    const { ipv4, ipv6Ue, ipv6Cpe } = addressesOf(terminal, 7, false);
    for (const address of [...ipv4, ...ipv6Ue, ...ipv6Cpe]) seen.add(address);
  }
  assert.equal(seen.size, 6_000);
});

test("routers' rows stand behind their terminal's, and the oldest slots are let go", () => {
  const routers = new RouterWindow();
  const one = {
    ...{ terminal: "1", routerId: "0".repeat(24), uptimeS: 5, software: null, hardware: null },
    ...{ isRepeater: false, hopsFromController: 0, isBypassed: false, internetPing: null },
    ...{ popPing: { dropRate: 0, latencyMs: 20 }, dishPing: null, clients2Ghz: 1, clients5Ghz: 2 },
    ...{ clientsEthernet: 3, wanRxBytes: 2 ** 53 - 1, wanTxBytes: 0 },
  };
  for (let slot = FIRST; slot < FIRST + 2_000; slot++) routers.take(slot, [one]);
  assert.equal(routers.of(FIRST, "1").length, 0);
  assert.equal(routers.of(FIRST + 80, "1").length, 1);
  assert.deepEqual(routers.newest("1"), [one]);
  const { rows } = fill(fresh(), [row(FIRST + 99, "1")], FIRST, FIRST + 100, 10, {
    ...context,
    routers: (slot, terminal) => routers.of(slot, terminal),
  });
  const values = JSON.parse(rows[1]!) as unknown[];
  assert.equal(values[columns.r.indexOf("Clients")], 6);
  assert.equal(values[columns.r.indexOf("DishId")], "ut00020900-00000000-00000001");
  assert.ok(rows[1]!.includes("9007199254740991"));
});
