// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { actorOf } from "../../api/guard.ts";
import { ProblemError } from "../../api/problem.ts";
import type { Fleet } from "../fleet.ts";
import { invoiceSummary } from "./contract.ts";
import { inMajor, inMinor } from "./money.ts";
import { travelWithLines } from "./travel.ts";
import { summaryView } from "./views.ts";

const instant = z.iso.datetime();
const accountParams = z.object({ accountId: z.string().max(120) });
const balances = z.array(z.object({ currency: z.string(), dueAmount: z.number() }));

const paymentRequest = z.strictObject({
  amount: z.number().positive().max(1_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, "a currency is three capitals (ISO 4217)"),
  /** What the bank says about it. */
  reference: z.string().trim().min(1).max(200),
});

const billingTime = z.object({ now: instant, aheadMs: z.number().int() });
const travelRequest = z.strictObject({ days: z.number().positive().max(3_660) });

/** Bills as those who work here see them, money that came in, and, where faults are allowed, billing time. */
export function serveBilling(server: FastifyInstance, fleet: Fleet): void {
  const { authority, config, clock } = fleet.operator;
  const desk = fleet.desks.billing;
  const known = (accountId: string): void => {
    if (authority.book.get("account", accountId) === undefined) {
      throw new ProblemError(404, "NOT_FOUND", `There is no account "${accountId}".`, "params.accountId");
    }
  };
  const balancesOf = async (accountId: string): Promise<z.infer<typeof balances>> =>
    Array.from((await desk.bill(accountId)).balances, ([currency, minor]) => ({
      currency,
      dueAmount: inMajor(minor, currency),
    }));

  server.get(
    "/v1/billing/accounts/:accountId",
    {
      config: { permission: "parties.read" },
      schema: {
        summary: "The bill of an account: invoices, the latest first, and what is open",
        tags: ["billing"],
        params: accountParams,
        response: { 200: z.object({ balances, invoices: z.array(invoiceSummary) }) },
      },
    },
    async request => {
      const { accountId } = request.params as z.infer<typeof accountParams>;
      known(accountId);
      const bill = await desk.bill(accountId);
      return {
        balances: await balancesOf(accountId),
        invoices: bill.invoices.toReversed().slice(0, 1_000).map(summaryView),
      };
    },
  );

  server.post(
    "/v1/billing/accounts/:accountId/payments",
    {
      config: { permission: "parties.change" },
      schema: {
        summary: "Enters money that came in from an account; it pays the oldest invoices first",
        tags: ["billing"],
        params: accountParams,
        body: paymentRequest,
        response: { 201: z.object({ balances }) },
      },
    },
    async (request, reply) => {
      const { accountId } = request.params as z.infer<typeof accountParams>;
      known(accountId);
      const { amount, currency, reference } = request.body as z.infer<typeof paymentRequest>;
      const amountMinor = inMinor(amount, currency);
      if (amountMinor === 0) {
        throw new ProblemError(
          400,
          "INVALID_INPUT",
          `There is no so small amount of ${currency}.`,
          "body.amount",
        );
      }
      const { id, name } = actorOf(request);
      await desk.record(
        accountId,
        { id, name },
        { kind: "payment", amountMinor, currency, reference },
        `${inMajor(amountMinor, currency)} ${currency} came in from account ${accountId}.`,
      );
      return reply.code(201).send({ balances: await balancesOf(accountId) });
    },
  );

  if (!config.faults) return;
  const timeView = (): z.infer<typeof billingTime> => {
    const nowMs = desk.time.nowMs();
    return { now: new Date(nowMs).toISOString(), aheadMs: nowMs - clock.nowMs() };
  };
  server.get(
    "/v1/faults/billing-time",
    {
      config: { permission: "faults.use" },
      schema: { summary: "The time that bills go by", tags: ["faults"], response: { 200: billingTime } },
    },
    timeView,
  );
  server.post(
    "/v1/faults/billing-time",
    {
      config: { permission: "faults.use" },
      schema: {
        summary:
          "Send billing time ahead: cycles end, invoices fall due, what was put off to a bill day happens",
        description: "It never goes back. Leases, admissions and telemetry go by real time still.",
        tags: ["faults"],
        body: travelRequest,
        response: { 200: billingTime },
      },
    },
    async request => {
      const { days } = request.body as z.infer<typeof travelRequest>;
      const travelled = await travelWithLines(fleet, actorOf(request), Math.ceil(days * 86_400_000));
      if (!travelled.ok) throw new ProblemError(409, travelled.error.code, travelled.error.message);
      return timeView();
    },
  );
}
