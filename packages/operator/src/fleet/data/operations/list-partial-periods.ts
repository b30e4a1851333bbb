// SPDX-License-Identifier: MIT
import { z } from "zod";
import { partialPeriods } from "../../billing/charges.ts";
import { answered, operation } from "../../operation.ts";
import { partialPeriodResponse } from "../contract.ts";
import { ownLine } from "../own-line.ts";
import { iso } from "../views.ts";

export const listPartialPeriods = operation({
  operationId: "listPartialPeriods",
  method: "GET",
  path: "/public/v2/service-lines/{serviceLineNumber}/billing-cycles/partial-periods",
  summary: "The parts of the running billing cycle in which the line had one product or another",
  tag: "data",
  permission: { feature: "ServicePlan", level: "View" },
  content: z.array(partialPeriodResponse),
  async handle(call) {
    const found = await ownLine(call);
    if (!found.ok) return found;
    const { desk, story, line } = found.value;
    return answered(
      partialPeriods(line, story.billingDay!, desk.time.nowMs()).map(({ productId, fromMs, untilMs }) => ({
        productReferenceId: productId,
        periodStart: iso(fromMs),
        periodEnd: iso(untilMs),
      })),
    );
  },
});
