// SPDX-License-Identifier: MIT
// What fleets see of themselves, broken on purpose: telemetry, and the operator API V2.
import { mutantsOf, type Row } from "./row.ts";

const rows: readonly Row[] = [
  [
    "a slot of telemetry is taken once",
    "packages/operator/src/telemetry/store.ts",
    "slot <= this.#lastSlot",
    "slot < this.#lastSlot",
    "packages/operator/src/telemetry/store.test.ts",
  ],
  [
    "a stay over midnight is one stay",
    "packages/operator/src/telemetry/visits.ts",
    "before.untilSlot + 1 === visit.fromSlot",
    "before.untilSlot === visit.fromSlot",
    "packages/operator/src/telemetry/store.test.ts",
  ],
  [
    "files of telemetry need the sight of positions",
    "packages/operator/src/api/telemetry.ts",
    "if (!exact) throw filesNeedPositions();",
    "",
    "packages/operator/src/api/telemetry.test.ts",
  ],
  [
    "cells of any size are asked for by their prefix",
    "packages/operator/src/telemetry/cell-prefix.ts",
    "3 * (15 - resolution)",
    "3 * (14 - resolution)",
    "packages/operator/src/telemetry/store.test.ts",
  ],
  [
    "a terminal's file is found by its bytes",
    "packages/operator/src/telemetry/sources.ts",
    "bytes.compare(Buffer.from(firstTerminal)) >= 0",
    "terminal >= firstTerminal",
    "packages/operator/src/telemetry/store.test.ts",
  ],
  [
    "a day without one of its files is noticed",
    "packages/operator/src/telemetry/days.ts",
    "number === i)",
    "true)",
    "packages/operator/src/telemetry/crash.test.ts",
  ],
];

export const fleetMutants = mutantsOf(rows);
