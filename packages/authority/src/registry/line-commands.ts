// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import type { Asked } from "../decisions/decided.ts";
import { id, position, words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import type { Plan } from "../terminal.ts";
import { openAccount } from "./account-commands.ts";
import { bindingOf, checkFree, detached, lineChanges, step } from "./binding.ts";
import { isOpen, saltSchema, sealed, sealedSchema, withoutPersonal } from "./personal-data.ts";
import { atOwnWish, named, put, type RulingResult, ruled } from "./ruled.ts";
import type { ServiceLine } from "./service-line.ts";

const reason = words(3, 500);
const place = z.union([
  z.strictObject({ salt: saltSchema, nickname: words(1, 100), serviceAddress: position.nullable() }),
  sealedSchema,
]);
const openRequest = z.strictObject({
  accountId: id,
  planId: words(1, 64),
  /** Whether the line has a service address; a plan that does not roam needs one. */
  hasAddress: z.boolean(),
  sponsorshipId: id.nullable().default(null),
  personal: place,
});
const changePlanRequest = z.strictObject({ serviceLineId: id, planId: words(1, 64) });
/** Of `serviceLine.changeAddress`. */
export const changeAddressRequest = z.strictObject({
  serviceLineId: id,
  hasAddress: z.boolean(),
  personal: place,
});
const reasonRequest = z.strictObject({ serviceLineId: id, reason });
const resumeRequest = z.strictObject({ serviceLineId: id });
const assignRequest = z.strictObject({ serviceLineId: id, terminalId: id });

const open: Command<z.infer<typeof openRequest>> = commandOf({
  name: "serviceLine.open",
  summary: "Opens a subscription of an account.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { accountId, planId, hasAddress, sponsorshipId, personal } = request;
    const account = openAccount(book, accountId);
    if (!account.ok) return account;
    const plan = checkPlan(context, planId, hasAddress);
    if (!plan.ok) return plan;
    const told = checkAddress(personal, hasAddress);
    if (!told.ok) return told;
    if (sponsorshipId !== null) {
      const sponsorship = named(book, "sponsorship", sponsorshipId, "sponsorshipId");
      if (!sponsorship.ok) return sponsorship;
      if (!sponsorship.value.accountIds.includes(accountId)) {
        return fail("sponsorshipOther", "sponsorshipId", "The sponsorship does not pay for this account.");
      }
    }
    const entered = withoutPersonal(request);
    const nth = book.about("serviceLine", accountId).length;
    const line: ServiceLine = {
      id: contentId("line", { ...entered, nth, atMs }),
      accountId,
      planId,
      ...placeOf(personal),
      hasAddress,
      terminalId: null,
      state: "active",
      sponsorshipId,
      sinceMs: atMs,
    };
    return ruled(
      context,
      { name: open.name, request: entered },
      {
        subject: accountId,
        action: "open service line",
        outcome: "active",
        reasons: [],
        text: `Service line ${line.id} with plan ${plan.value.title} is opened for account ${accountId}.`,
        inputs: { serviceLine: line.id, plan: planId, place: entered.personal.sealed },
      },
      [put("serviceLine", line)],
    );
  },
});

const changePlan: Command<z.infer<typeof changePlanRequest>> = commandOf({
  name: "serviceLine.changePlan",
  summary: "Changes the plan of a service line, and of its terminal with it.",
  permission: "parties.change",
  decide(request, context) {
    const { book } = context;
    const found = runningLine(book, request.serviceLineId);
    if (!found.ok) return found;
    const line = found.value;
    // What was bought was another plan.
    const { productId: _, ...unsold } = line;
    const plan = checkPlan(context, request.planId, line.hasAddress);
    if (!plan.ok) return plan;
    return ruled(
      context,
      { name: changePlan.name, request },
      {
        subject: line.terminalId ?? line.accountId,
        action: "change plan",
        outcome: line.state,
        reasons: [],
        text: `Service line ${line.id} changes from plan ${line.planId} to ${request.planId}.`,
        inputs: { serviceLine: line.id, from: line.planId, to: request.planId },
      },
      lineChanges(book, { ...unsold, planId: request.planId }),
    );
  },
});

const changeAddress: Command<z.infer<typeof changeAddressRequest>> = commandOf({
  name: "serviceLine.changeAddress",
  summary: "Changes name and service address of a line, and the address of its terminal with it.",
  permission: "parties.change",
  decide: (request, context) =>
    moveLine(context, { name: changeAddress.name, request: withoutPersonal(request) }, request),
});

/**
 * Gives a line another name and service address, and its terminal with it.
 *
 * @param asked without personal data: it goes into the ledger
 */
export function moveLine(
  context: CommandContext,
  asked: Asked,
  request: z.infer<typeof changeAddressRequest>,
): RulingResult {
  const { book } = context;
  const found = runningLine(book, request.serviceLineId);
  if (!found.ok) return found;
  const line = found.value;
  const { hasAddress, personal } = request;
  const plan = checkPlan(context, line.planId, hasAddress);
  if (!plan.ok) return plan;
  const told = checkAddress(personal, hasAddress);
  if (!told.ok) return told;
  return ruled(
    context,
    asked,
    {
      subject: line.terminalId ?? line.accountId,
      action: "change address",
      outcome: line.state,
      reasons: [],
      text: `Service line ${line.id} has ${hasAddress ? "another" : "no"} service address from now on.`,
      inputs: { serviceLine: line.id, place: sealed(personal).sealed },
    },
    lineChanges(book, { ...line, ...placeOf(personal), hasAddress }),
  );
}

/** Pauses a line at its holder's wish, and its terminal where it is in service. */
export function pauseLine(
  context: CommandContext,
  asked: Asked,
  request: { readonly serviceLineId: string; readonly reason: string },
): RulingResult {
  const { book, atMs } = context;
  const found = runningLine(book, request.serviceLineId);
  if (!found.ok) return found;
  const line = found.value;
  if (line.state === "paused") return fail("nothingChanges", "serviceLineId", "The line is paused already.");
  const terminal = line.terminalId === null ? undefined : book.get("terminal", line.terminalId);
  // Before service, there is none to pause; everything else must allow it, or an order would be undone by it.
  const waits = terminal === undefined || terminal.state === "registered" || terminal.state === "verified";
  const paused = waits ? null : step(book, terminal, { type: "pause" }, atMs);
  if (paused?.ok === false) return paused;
  return ruled(
    context,
    asked,
    {
      subject: line.terminalId ?? line.accountId,
      action: "pause",
      outcome: "paused",
      reasons: [request.reason],
      text: `Service line ${line.id} is paused: ${request.reason}`,
      inputs: { serviceLine: line.id },
      ...atOwnWish(atMs),
    },
    [put("serviceLine", { ...line, state: "paused" }), ...(paused?.value.changes ?? [])],
  );
}

/** Takes up a paused line again, and its terminal where it is paused. */
export function resumeLine(
  context: CommandContext,
  asked: Asked,
  request: { readonly serviceLineId: string },
): RulingResult {
  const { book, atMs } = context;
  const found = named(book, "serviceLine", request.serviceLineId, "serviceLineId");
  if (!found.ok) return found;
  const line = found.value;
  if (line.state !== "paused") {
    return fail("lineNotPaused", "serviceLineId", `Service line ${line.id} is ${line.state}.`);
  }
  const terminal = line.terminalId === null ? undefined : book.get("terminal", line.terminalId);
  const resumed = terminal?.state === "paused" ? step(book, terminal, { type: "resume" }, atMs) : null;
  if (resumed?.ok === false) return resumed;
  return ruled(
    context,
    asked,
    {
      subject: line.terminalId ?? line.accountId,
      action: "resume",
      outcome: "active",
      reasons: [],
      text: `Service line ${line.id} is taken up again.`,
      inputs: { serviceLine: line.id },
    },
    [put("serviceLine", { ...line, state: "active" }), ...(resumed?.value.changes ?? [])],
  );
}

const pause: Command<z.infer<typeof reasonRequest>> = commandOf({
  name: "serviceLine.pause",
  summary: "Pauses a service line at its holder's wish.",
  permission: "parties.change",
  decide: (request, context) => pauseLine(context, { name: pause.name, request }, request),
});

const resume: Command<z.infer<typeof resumeRequest>> = commandOf({
  name: "serviceLine.resume",
  summary: "Takes up a paused service line again.",
  permission: "parties.change",
  decide: (request, context) => resumeLine(context, { name: resume.name, request }, request),
});

const end: Command<z.infer<typeof reasonRequest>> = commandOf({
  name: "serviceLine.end",
  summary: "Ends a service line for good; its terminal stays with the account, without a plan.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = runningLine(book, request.serviceLineId);
    if (!found.ok) return found;
    const line = found.value;
    return ruled(
      context,
      { name: end.name, request },
      {
        subject: line.terminalId ?? line.accountId,
        action: "end service line",
        outcome: "ended",
        reasons: [request.reason],
        text: `Service line ${line.id} ends: ${request.reason}`,
        inputs: { serviceLine: line.id },
        ...atOwnWish(atMs),
      },
      detached(book, { ...line, state: "ended" }),
    );
  },
});

const assignTerminal: Command<z.infer<typeof assignRequest>> = commandOf({
  name: "serviceLine.assignTerminal",
  summary: "Puts a terminal of the account on a service line that has none.",
  permission: "parties.change",
  decide(request, context) {
    const { book } = context;
    const found = named(book, "serviceLine", request.serviceLineId, "serviceLineId");
    if (!found.ok) return found;
    const terminal = named(book, "terminal", request.terminalId, "terminalId");
    if (!terminal.ok) return terminal;
    const { id: terminalId, accountId, serviceLineId } = terminal.value;
    if (accountId !== found.value.accountId) {
      return fail(
        "terminalOther",
        "terminalId",
        `Terminal ${terminalId} is not registered with the account.`,
      );
    }
    if (serviceLineId !== null) {
      return fail("terminalOnLine", "terminalId", `Terminal ${terminalId} is on line ${serviceLineId}.`);
    }
    const free = checkFree(terminal.value, found.value);
    if (!free.ok) return free;
    const line: ServiceLine = { ...found.value, terminalId };
    return ruled(
      context,
      { name: assignTerminal.name, request },
      {
        subject: terminalId,
        action: "assign to line",
        outcome: terminal.value.state,
        reasons: [],
        text: `Terminal ${terminalId} is on service line ${line.id} from now on.`,
        inputs: { serviceLine: line.id },
      },
      [put("serviceLine", line), put("terminal", { ...terminal.value, ...bindingOf(line) })],
    );
  },
});

const removeTerminal: Command<z.infer<typeof reasonRequest>> = commandOf({
  name: "serviceLine.removeTerminal",
  summary: "Takes the terminal off a service line; it stays with the account, without a plan.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = runningLine(book, request.serviceLineId);
    if (!found.ok) return found;
    const { terminalId } = found.value;
    if (terminalId === null) {
      return fail("lineFree", "serviceLineId", `No terminal is on service line ${found.value.id}.`);
    }
    return ruled(
      context,
      { name: removeTerminal.name, request },
      {
        subject: terminalId,
        action: "take off line",
        outcome: "withoutPlan",
        reasons: [request.reason],
        text: `Terminal ${terminalId} is taken off service line ${found.value.id}: ${request.reason}`,
        inputs: { serviceLine: found.value.id },
        ...atOwnWish(atMs),
      },
      detached(book, found.value),
    );
  },
});

function runningLine(book: Book, lineId: string): Result<ServiceLine, AuthorityError<string>> {
  const line = named(book, "serviceLine", lineId, "serviceLineId");
  if (line.ok && line.value.state === "ended") {
    return fail("lineEnded", "serviceLineId", `Service line ${lineId} has ended.`);
  }
  return line;
}

/** The plan of a policy, or `planUnknown`; `addressMissing` where it works around an address only. */
export function checkPlan(
  { policy }: CommandContext,
  planId: string,
  hasAddress: boolean,
): Result<Plan, AuthorityError<"planUnknown" | "addressMissing">> {
  const plan = policy.planById.get(planId);
  if (plan === undefined) return fail("planUnknown", "planId", `The policy has no plan ${planId}.`);
  if (plan.roaming === "none" && !hasAddress) {
    return fail("addressMissing", "hasAddress", `The plan ${plan.title} works around a service address.`);
  }
  return succeed(plan);
}

/** Whether what is open says the same as what the ledger will say. */
function checkAddress(
  personal: z.infer<typeof place>,
  hasAddress: boolean,
): Result<null, AuthorityError<"addressUnclear">> {
  if (isOpen(personal) && (personal.serviceAddress !== null) !== hasAddress) {
    return fail("addressUnclear", "hasAddress", "Whether there is an address is said in two ways.");
  }
  return succeed(null);
}

function placeOf(personal: z.infer<typeof place>): Pick<ServiceLine, "nickname" | "serviceAddress" | "salt"> {
  if (!isOpen(personal)) return { nickname: "", serviceAddress: null };
  return personal;
}

/** Commands about service lines. */
export const serviceLineCommands: readonly CommandEntry[] = [
  entryOf(open, openRequest),
  entryOf(changePlan, changePlanRequest),
  entryOf(changeAddress, changeAddressRequest),
  entryOf(pause, reasonRequest),
  entryOf(resume, resumeRequest),
  entryOf(end, reasonRequest),
  entryOf(assignTerminal, assignRequest),
  entryOf(removeTerminal, reasonRequest),
];
