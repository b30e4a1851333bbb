// SPDX-License-Identifier: MIT
import { z } from "zod";
import { nextBillDayMs } from "../../bill-day.ts";
import { done, operation, refusedBy } from "../../operation.ts";
import { lineMembers, ownLine } from "./own-line.ts";

export const endLine = operation({
  operationId: "deactivateServiceLine",
  method: "DELETE",
  path: "/public/v2/service-lines/{serviceLineNumber}",
  summary: "Ends a service line, by default with the billing cycle; its terminal stays with the account",
  tag: "service-lines",
  permission: { feature: "ServicePlan", level: "Edit" },
  query: z.object({
    reasonForCancellation: z.string().trim().max(500).optional(),
    endNow: z.boolean().default(false),
  }),
  async handle(call) {
    const line = ownLine(call);
    if (!line.ok) return line;
    const { reasonForCancellation, endNow } = call.query;
    const ended = await call.carryOut("fleet.endLine", {
      serviceLineId: line.value.id,
      atMs: endNow ? null : await nextBillDayMs(call),
      reason: reasonForCancellation || "No reason was given.",
    });
    return ended.ok ? done : refusedBy(ended.error, lineMembers);
  },
});
