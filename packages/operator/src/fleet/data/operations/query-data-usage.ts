// SPDX-License-Identifier: MIT
import { z } from "zod";
import { cyclesSoFar } from "../../billing/bill.ts";
import { phaseAt } from "../../billing/story.ts";
import { answered, operation } from "../../operation.ts";
import { paged, pageOf, pageQuery } from "../../paging.ts";
import { lineNumberOf } from "../../wire-ids.ts";
import { lineDataUsage, queryDataUsageRequest } from "../contract.ts";
import type { CycleUse } from "../cycle-use.ts";
import { lineUsageView } from "../views.ts";

/** Billing cycles before the running one, where the request says no number. */
const PREVIOUS_CYCLES = 1;

export const queryDataUsage = operation({
  operationId: "queryDataUsage",
  method: "POST",
  path: "/public/v2/data-usage/query",
  summary: "What service lines used, by day and billing cycle, and what it counted as",
  tag: "data",
  permission: { feature: "ServicePlan", level: "View" },
  query: z.object({
    ...pageQuery.shape,
    limit: z.number().int().min(1).max(250).default(50),
  }),
  body: queryDataUsageRequest,
  content: paged(lineDataUsage, "ServiceLineDataUsageForBillingCycles"),
  async handle({ fleet, account, query, body }) {
    const desk = fleet.desks.billing;
    const story = await desk.story(account.id);
    const nowMs = desk.time.nowMs();
    const { serviceLineNumbers, activeServiceLinesOnly, previousBillingCycles, queryStartDate } = body;
    const lines = story.lines.filter(
      line =>
        (serviceLineNumbers?.length ? serviceLineNumbers.includes(lineNumberOf(line.lineId)) : true) &&
        (activeServiceLinesOnly === false || phaseAt(line, nowMs)?.state === "active"),
    );
    const fromMs = queryStartDate == null ? Number.NEGATIVE_INFINITY : Date.parse(queryStartDate);
    const cycles = cyclesSoFar(story, nowMs)
      .toReversed()
      .slice(0, (previousBillingCycles ?? PREVIOUS_CYCLES) + 1)
      .filter(cycle => cycle.untilMs > fromMs);
    const { results, ...page } = pageOf(lines, query.page, query.limit);
    const uses: CycleUse[] = [];
    for (const cycle of results.length === 0 ? [] : cycles) uses.push(await desk.use(story, cycle));
    return answered({
      ...page,
      results: cycles.length === 0 ? [] : results.map(line => lineUsageView(desk, story, line, uses)),
    });
  },
});
