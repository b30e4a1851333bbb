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
  [
    "a program touches its own account's terminals only",
    "packages/authority/src/registry/fleet-parts.ts",
    "if (terminal !== undefined && answersFor(book, party, account)) return",
    "if (terminal !== undefined) return",
    "packages/authority/src/registry/fleet-commands.test.ts",
  ],
  [
    "a terminal is on lines of its own account only",
    "packages/authority/src/registry/fleet-terminal-commands.ts",
    "if (terminal.accountId !== line.value.accountId) {",
    "if (false as boolean) {",
    "packages/authority/src/registry/fleet-commands.test.ts",
  ],
  [
    "an unverified holder's terminal is on no line",
    "packages/authority/src/registry/fleet-terminal-commands.ts",
    "const verified = checkParties(context.book, terminal);",
    "const verified = succeed(null);",
    "packages/authority/src/registry/fleet-commands.test.ts",
  ],
  [
    "what is put off waits for its day",
    "packages/authority/src/registry/fleet-line-commands.ts",
    "if (pending.atMs > atMs) {",
    "if (false as boolean) {",
    "packages/authority/src/registry/fleet-commands.test.ts",
  ],
  [
    "a disabled service account's tokens are void at once",
    "packages/operator/src/fleet/serve.ts",
    "|| !fleet.clients.isLive(client)",
    "",
    "packages/operator/src/fleet/fleet.test.ts",
  ],
  [
    "to see is not to change",
    "packages/operator/src/fleet/feature.ts",
    "levels[has] >= levels[level]",
    "true",
    "packages/operator/src/fleet/fleet.test.ts",
  ],
  [
    "what was paid for a plan is credited when it changes",
    "packages/operator/src/fleet/billing/charges.ts",
    "if (paid !== null) charges.push(...part(paid, -1));",
    "",
    "packages/operator/src/fleet/billing/charges.test.ts",
  ],
  [
    "no block of data counts before its day",
    "packages/operator/src/fleet/data/allot.ts",
    "if (block.fromDay > day || block.freeBytes === 0) continue;",
    "if (block.freeBytes === 0) continue;",
    "packages/operator/src/fleet/data/allot.test.ts",
  ],
  [
    "a reader of telemetry goes on where it stopped",
    "packages/operator/src/fleet/telemetry/stream-reader.ts",
    "if (given++ < skip) continue;",
    "if (given++ <= skip) continue;",
    "packages/operator/src/fleet/telemetry/stream-reader.test.ts",
  ],
  [
    "messages about a terminal stay in order",
    "packages/operator/src/fleet/webhooks/webhook-store.ts",
    "select distinct on (webhook_id, lane) row",
    "select row",
    "packages/operator/src/fleet/webhooks/webhook-desk.test.ts",
  ],
  [
    "what no account has is refused",
    "packages/operator/src/fleet/serve.ts",
    "(gated || !mayUse(",
    "(!mayUse(",
    "packages/operator/src/fleet/use-operations.test.ts",
  ],
  [
    "the same twice in a millisecond is two decisions",
    "packages/operator/src/fleet/same-instant.ts",
    "if ((error as { readonly code?: unknown }).code !== UNIQUE_VIOLATION) throw error;",
    "throw error;",
    "packages/operator/src/fleet/same-instant.test.ts",
  ],
];

export const fleetMutants = mutantsOf(rows);
