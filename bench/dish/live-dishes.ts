// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import { Dish } from "../../packages/dish/src/terminal/dish.ts";

/** How long each has been running, in milliseconds. */
const UP_MS = 3_600_000;

/** Terminals in service, each under its own satellite with its own traffic; nothing tells them of a new slot. */
export function liveDishes(count: number): Dish[] {
  const nowMs = Date.now();
  return Array.from({ length: count }, (_, i) => liveDish(i, nowMs));
}

function liveDish(index: number, nowMs: number): Dish {
  const id = `ut01000000-00000000-${index.toString(16).padStart(8, "0")}`;
  const dish = new Dish({
    identity: {
      id,
      kitNumber: `KIT${String(index).padStart(8, "0")}`,
      serial: `2DWEEEEE${index}`,
      hardwareVersion: "rev4_prod3",
      softwareVersion: "2026.07.11.mr54321",
      manufacturedVersion: "2025.01.01.mr1",
      countryCode: "DE",
      utcOffsetS: 3600,
      bootCount: 3,
      hasActuators: false,
      routers: ["Router-0123456789abcdef01234567"],
    },
    ports: {
      ping: (_link, atMs) => (((atMs / 1000 + index) | 0) % 97 === 0 ? null : 28 + ((atMs / 1000) % 7)),
      traffic: atMs => ({ downBps: 20e6 + ((atMs + index) % 1000) * 1e4, upBps: 2e6 }),
      skyMask: null,
    },
    clock: Date.now,
    startedMs: nowMs - UP_MS,
  });
  dish.enter({
    slot: 1,
    fromMs: nowMs - UP_MS,
    untilMs: nowMs + UP_MS,
    link: linkOf(id, nowMs),
    unserved: null,
    admission: { wireCode: 1, linked: true, reach: "all", reason: "OK" },
    position: { latDeg: 50 + (index % 100) / 100, lonDeg: 8, heightM: 120 },
    speedMps: 0,
    plan: { mobilityClass: 0, classOfService: 1, downLimit: 1, upLimit: 1 },
    locationPolicy: "allowed",
    lanWrites: true,
  });
  return dish;
}

const linkOf = (terminalId: string, nowMs: number): LinkState => ({
  terminalId,
  slot: 1,
  fromMs: nowMs - UP_MS,
  untilMs: nowMs + UP_MS,
  satellite: { index: 0, catalogNumber: 44_713, name: "Example 1" },
  gateway: { id: "gw", name: "Gateway" },
  pop: { code: "fra", city: "Frankfurt am Main" },
  elevationDeg: 61,
  azimuthDeg: 120,
  nodes: [],
  hops: [],
  oneWayMs: [9, 9, 9],
  fixedMs: 9,
  access: { frameMs: 4 / 3, grantPeriodMs: 4, missProbability: 0.05, seed: 1 },
  downMbps: 200,
  upMbps: 20,
  lossProbability: 0.001,
  gap: null,
  rttMs: { floor: 25, median: 30 },
});
