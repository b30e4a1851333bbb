// SPDX-License-Identifier: MIT
// What the programs of customers do with service lines. Whose program it is the operator API has established.
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import type { DueCommand } from "../decisions/decision-commands.ts";
import { id, instantMs, words } from "../decisions/request-parts.ts";
import { pendingLines } from "../map-book.ts";
import { fail } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import { detached, lineChanges } from "./binding.ts";
import { ownAccount, ownAddress, ownLine, ownRunningLine } from "./fleet-parts.ts";
import { checkPlan } from "./line-commands.ts";
import { isOpen, saltSchema, sealedSchema, withoutPersonal } from "./personal-data.ts";
import { atOwnWish, dayMs, named, put, type RulingResult, ruled } from "./ruled.ts";
import type { ServiceLine } from "./service-line.ts";

/** Longer than any billing cycle. */
const mostDelayMs = 62 * dayMs;
/** Most service lines of one account. */
export const mostLines = 100_000;

const productId = words(1, 64);
const planId = words(1, 64);
const name = z.union([z.strictObject({ salt: saltSchema, nickname: words(1, 100) }), sealedSchema]);

const openRequest = z.strictObject({ party: id, accountId: id, addressId: id, planId, productId });
const nameRequest = z.strictObject({ party: id, serviceLineId: id, personal: name });
const productRequest = z.strictObject({
  party: id,
  serviceLineId: id,
  planId,
  productId,
  /** From when it holds; `null`: at once. */
  fromMs: instantMs.nullable(),
});
const publicIpRequest = z.strictObject({ party: id, serviceLineId: id, publicIp: z.boolean() });
const endRequest = z.strictObject({
  party: id,
  serviceLineId: id,
  /** When it ends; `null`: at once. */
  atMs: instantMs.nullable(),
  reason: words(1, 500),
});
const settleRequest = z.strictObject({ serviceLineId: id });

const open: Command<z.infer<typeof openRequest>> = commandOf({
  name: "fleet.openLine",
  summary: "Opens a service line of one's own account at one of its addresses.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const { party, accountId, addressId } = request;
    const account = ownAccount(book, party, accountId);
    if (!account.ok) return account;
    const address = ownAddress(book, party, addressId);
    if (!address.ok) return address;
    if (address.value.accountId !== accountId) {
      return fail("addressOther", "addressId", `Address ${addressId} is of another account.`);
    }
    const plan = checkPlan(context, request.planId, true);
    if (!plan.ok) return plan;
    const nth = book.about("serviceLine", accountId).length;
    if (nth >= mostLines) {
      return fail("linesTooMany", "accountId", `An account has at most ${mostLines} service lines.`);
    }
    const line: ServiceLine = {
      id: contentId("line", { ...request, nth, atMs }),
      accountId,
      planId: request.planId,
      nickname: "",
      serviceAddress: address.value.position,
      hasAddress: true,
      terminalId: null,
      state: "active",
      sponsorshipId: null,
      sinceMs: atMs,
      addressId,
      productId: request.productId,
      publicIp: false,
    };
    return ruled(
      context,
      { name: open.name, request },
      {
        subject: accountId,
        action: "open service line",
        outcome: "active",
        reasons: [],
        text: `Service line ${line.id} with plan ${plan.value.title} is opened for account ${accountId}.`,
        inputs: {
          serviceLine: line.id,
          plan: request.planId,
          product: request.productId,
          address: addressId,
        },
      },
      [put("serviceLine", line)],
    );
  },
});

const rename: Command<z.infer<typeof nameRequest>> = commandOf({
  name: "fleet.renameLine",
  summary: "Gives one's own service line another name.",
  permission: "fleet",
  decide(request, context) {
    const found = ownLine(context.book, request.party, request.serviceLineId);
    if (!found.ok) return found;
    const { salt: _, ...line } = found.value;
    const entered = withoutPersonal(request);
    const told = isOpen(request.personal) ? request.personal : { nickname: "" };
    return ruled(
      context,
      { name: rename.name, request: entered },
      {
        ...aboutLine(found.value, "rename line"),
        text: `Service line ${line.id} is called otherwise from now on.`,
        inputs: { serviceLine: line.id, name: entered.personal.sealed },
      },
      [put("serviceLine", { ...line, ...told })],
    );
  },
});

const changeProduct: Command<z.infer<typeof productRequest>> = commandOf({
  name: "fleet.changeProduct",
  summary:
    "Changes plan and product of one's own service line, at once or later; takes up an ended one again.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const found = ownLine(book, request.party, request.serviceLineId);
    if (!found.ok) return found;
    const account = ownAccount(book, request.party, found.value.accountId);
    if (!account.ok) return account;
    const plan = checkPlan(context, request.planId, found.value.hasAddress);
    if (!plan.ok) return plan;
    const to = { planId: request.planId, productId: request.productId };
    const asked = { name: changeProduct.name, request };
    const inputs = {
      serviceLine: found.value.id,
      from: found.value.planId,
      to: to.planId,
      product: to.productId,
    };
    const { fromMs } = request;
    if (fromMs === null || found.value.state === "ended") {
      const { pending, endedMs, ...line } = found.value;
      const same = line.planId === to.planId && line.productId === to.productId;
      if (same && pending === undefined && line.state !== "ended") {
        return fail("nothingChanges", "productId", "The line has this product already.");
      }
      const reopened = endedMs !== undefined || line.state === "ended";
      const after: ServiceLine = { ...line, ...to, state: reopened ? "active" : line.state };
      const how = reopened ? "is taken up again with" : `changes from plan ${line.planId} to`;
      return ruled(
        context,
        asked,
        {
          ...aboutLine(after, reopened ? "take up line" : "change plan"),
          text: `Service line ${line.id} ${how} plan ${plan.value.title}.`,
          inputs,
        },
        lineChanges(book, after),
      );
    }
    const due = checkLater(fromMs, atMs, "fromMs");
    if (!due.ok) return due;
    return ruled(
      context,
      asked,
      {
        ...aboutLine(found.value, "put off change of plan"),
        text: `Service line ${found.value.id} changes to plan ${plan.value.title} on ${dateOf(fromMs)}.`,
        inputs,
      },
      [put("serviceLine", { ...found.value, pending: { atMs: fromMs, to } })],
    );
  },
});

const setPublicIp: Command<z.infer<typeof publicIpRequest>> = commandOf({
  name: "fleet.setPublicIp",
  summary: "Says whether the Internet reaches the terminal on one's own service line.",
  permission: "fleet",
  decide(request, context) {
    const found = ownRunningLine(context.book, request.party, request.serviceLineId);
    if (!found.ok) return found;
    const { publicIp } = request;
    return ruled(
      context,
      { name: setPublicIp.name, request },
      {
        ...aboutLine(found.value, "set public address"),
        text: `Service line ${found.value.id} has ${publicIp ? "a" : "no"} public address from now on.`,
        inputs: { serviceLine: found.value.id },
      },
      [put("serviceLine", { ...found.value, publicIp })],
    );
  },
});

const end: Command<z.infer<typeof endRequest>> = commandOf({
  name: "fleet.endLine",
  summary:
    "Ends one's own service line, at once or later; its terminal stays with the account, without a plan.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const found = ownRunningLine(book, request.party, request.serviceLineId);
    if (!found.ok) return found;
    const asked = { name: end.name, request };
    if (request.atMs === null) return endNow(context, asked, found.value, request.reason);
    const due = checkLater(request.atMs, atMs, "atMs");
    if (!due.ok) return due;
    return ruled(
      context,
      asked,
      {
        ...aboutLine(found.value, "put off end of line", request.reason),
        text: `Service line ${found.value.id} ends on ${dateOf(request.atMs)}: ${request.reason}`,
        inputs: { serviceLine: found.value.id },
        ...atOwnWish(atMs),
      },
      [put("serviceLine", { ...found.value, pending: { atMs: request.atMs, to: null } })],
    );
  },
});

/** What was put off happens, and nothing else: the plan of its day may have gone from the policy, and service with it. */
const settle: Command<z.infer<typeof settleRequest>> = commandOf({
  name: "serviceLine.settle",
  summary: "Does what the holder of a service line has put off until now.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = named(book, "serviceLine", request.serviceLineId, "serviceLineId");
    if (!found.ok) return found;
    const { pending, ...line } = found.value;
    if (pending === undefined || line.state === "ended") {
      return fail("nothingChanges", "serviceLineId", "Nothing was put off.");
    }
    if (pending.atMs > atMs) {
      return fail("termNotOver", "serviceLineId", `It was put off until ${dateOf(pending.atMs)}.`);
    }
    const asked = { name: settle.name, request };
    if (pending.to === null) return endNow(context, asked, line, "The holder asked for it.");
    return ruled(
      context,
      asked,
      {
        ...aboutLine(line, "change plan"),
        text: `Service line ${line.id} changes from plan ${line.planId} to ${pending.to.planId}, as its holder asked.`,
        inputs: {
          serviceLine: line.id,
          from: line.planId,
          to: pending.to.planId,
          product: pending.to.productId,
        },
      },
      lineChanges(book, { ...line, ...pending.to }),
    );
  },
});

/** What was put off and is due, the oldest first. */
export function fleetDue(book: Book, atMs: number): readonly DueCommand[] {
  return book
    .about("serviceLine", pendingLines)
    .flatMap(({ id: serviceLineId, pending, state }) =>
      pending === undefined || pending.atMs > atMs || state === "ended"
        ? []
        : [{ name: settle.name, request: { serviceLineId }, dueMs: pending.atMs }],
    )
    .toSorted((a, b) => a.dueMs - b.dueMs);
}

function endNow(
  context: CommandContext,
  asked: { readonly name: string; readonly request: unknown },
  { pending: _, ...line }: ServiceLine,
  why: string,
): RulingResult {
  const { book, atMs } = context;
  return ruled(
    context,
    asked,
    {
      ...aboutLine({ ...line, state: "ended" }, "end service line", why),
      text: `Service line ${line.id} ends: ${why}`,
      inputs: { serviceLine: line.id },
      ...atOwnWish(atMs),
    },
    detached(book, { ...line, state: "ended", endedMs: atMs }),
  );
}

function checkLater(ms: number, atMs: number, place: string) {
  if (ms > atMs && ms <= atMs + mostDelayMs) return { ok: true, value: null } as const;
  return fail("instantUnfit", place, "It lies in the past, or beyond the next bill day.");
}

function aboutLine(
  { terminalId, accountId, state }: ServiceLine,
  action: string,
  ...reasons: readonly string[]
) {
  return { subject: terminalId ?? accountId, action, outcome: state, reasons };
}

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Commands about service lines, for customers' programs; and the one that does what they put off. */
export const fleetLineCommands: readonly CommandEntry[] = [
  entryOf(open, openRequest),
  entryOf(rename, nameRequest),
  entryOf(changeProduct, productRequest),
  entryOf(setPublicIp, publicIpRequest),
  entryOf(end, endRequest),
  entryOf(settle, settleRequest),
];
