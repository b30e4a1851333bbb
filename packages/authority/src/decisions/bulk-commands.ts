// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { longestSuspensionHours } from "../orders.ts";
import { fail } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import { type BulkLimits, blastRadiusOf, defaultBulkLimits } from "./bulk-limits.ts";
import type { BulkOrder } from "./bulk-order.ts";
import { type BulkRuling, beginBulk, judgeCanary, lookAtBulk, reverseAll, stopBulk } from "./bulk-orders.ts";
import { longestReviewDays, orderParts } from "./order-commands.ts";
import { isLastCell } from "./protected-terminals.ts";
import { ground, id, ids, words } from "./request-parts.ts";
import { approvedByTwo } from "./two-persons.ts";

/** Terminals that one bulk order may name. */
const most = 100_000;

const lastCells = z
  .array(
    z.strictObject({
      terminalId: id,
      cell: z.string().max(20).refine(isLastCell, "Expected an H3 cell of resolution 5."),
    }),
  )
  .max(most)
  .default([]);

/** What begins a bulk order. The operator fills in `lastCells`, whatever the caller wrote there. */
export const beginRequest = z.strictObject({
  action: z.enum(["suspend", "restrict", "deactivate", "restore"]),
  ...orderParts,
  basis: z.strictObject({ kind: z.enum(["lawfulOrder", "finding", "policy"]), id }),
  terminalIds: ids(1, most),
  hours: z.int().min(1).max(longestSuspensionHours).nullable().default(null),
  reviewDays: z.int().min(1).max(longestReviewDays).default(90),
  lastCells,
});
const lookRequest = z.strictObject({
  bulkId: id,
  sitesSeen: ids(0, 1_000).default([]),
  exclude: ids(0, most).default([]),
  lastCells,
  reason: ground,
});
const confirmRequest = z.strictObject({
  bulkId: id,
  observations: z
    .array(z.strictObject({ terminalId: id, asExpected: z.boolean(), note: words(3, 500) }))
    .min(1)
    .max(1_000),
  exclude: ids(0, most).default([]),
  lastCells,
  reason: ground,
});
const endRequest = z.strictObject({ bulkId: id, reason: ground });

/**
 * Orders about many terminals: propose, look where a protected site stopped it, judge the canary, stop, roll back.
 *
 * @param limits how far one order may reach; a replay needs the ones that were in force
 */
export function bulkCommands(limits: BulkLimits = defaultBulkLimits): readonly CommandEntry[] {
  const propose: Command<z.infer<typeof beginRequest>> = commandOf({
    name: "bulk.propose",
    summary: "Orders something about many terminals; begins with a canary of at most one per cent.",
    permission: "orders.request",
    approvalsNeeded: () => 2,
    blastRadius: ({ terminalIds, lastCells }, { book }) => blastRadiusOf(book, terminalIds, lastCells),
    decide(request, context) {
      const approved = approvedByTwo(context);
      if (!approved.ok) return approved;
      return beginBulk(context, { name: propose.name, request }, request, limits);
    },
  });
  const look: Command<z.infer<typeof lookRequest>> = commandOf({
    name: "bulk.look",
    summary: "Lets a bulk order go on after somebody looked at the protected sites it touches.",
    permission: "orders.request",
    decide: (request, context) =>
      found(context, request.bulkId, bulk =>
        lookAtBulk(context, { name: look.name, request }, bulk, request, limits),
      ),
  });
  const confirm: Command<z.infer<typeof confirmRequest>> = commandOf({
    name: "bulk.confirmCanary",
    summary: "Says what was seen at the canary; carries out the rest, or reverses all.",
    permission: "orders.request",
    decide: (request, context) =>
      found(context, request.bulkId, bulk =>
        judgeCanary(context, { name: confirm.name, request }, bulk, request, limits),
      ),
  });
  const stop: Command<z.infer<typeof endRequest>> = commandOf({
    name: "bulk.stop",
    summary: "Stops a bulk order between its canary and the rest.",
    permission: "orders.suspend",
    decide: (request, context) =>
      found(context, request.bulkId, bulk =>
        stopBulk(context, { name: stop.name, request }, bulk, "stop", request.reason),
      ),
  });
  const rollBack: Command<z.infer<typeof endRequest>> = commandOf({
    name: "bulk.rollBack",
    summary: "Reverses all that a bulk order did.",
    permission: "orders.suspend",
    decide: (request, context) =>
      found(context, request.bulkId, bulk =>
        reverseAll(context, { name: rollBack.name, request }, bulk, "rollBack", request.reason),
      ),
  });
  return [
    entryOf(propose, beginRequest),
    entryOf(look, lookRequest),
    entryOf(confirm, confirmRequest),
    entryOf(stop, endRequest),
    entryOf(rollBack, endRequest),
  ];
}

function found({ book }: CommandContext, bulkId: string, then: (bulk: BulkOrder) => BulkRuling): BulkRuling {
  const bulk = book.get("bulkOrder", bulkId);
  if (bulk !== undefined) return then(bulk);
  return fail("bulkOrderUnknown", "bulkId", `There is no bulk order ${bulkId}.`);
}
