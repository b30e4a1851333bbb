// SPDX-License-Identifier: MIT
// Test support: takes slot after slot across a midnight until it is killed, and says each that is on disk.
import { writeSync } from "node:fs";
import { TelemetryStore } from "../store.ts";
import { FIRST_SLOT, rowOf } from "../testing.ts";

const store = await TelemetryStore.open({ folder: process.argv[2]!, retentionDays: 30 });
for (let slot = FIRST_SLOT + 5760 - 30; slot < FIRST_SLOT + 5760 + 5000; slot++) {
  await store.take(Array.from({ length: 40 }, (_, i) => rowOf(slot, `t${i}`)));
  writeSync(1, `${slot}\n`);
}
