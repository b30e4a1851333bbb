// SPDX-License-Identifier: MIT
import { contentId } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import { type BulkLimits, blastRadiusOf, canaryOf, checkBlastRadius, lately } from "./bulk-limits.ts";
import type { BulkOrder, BulkState, CanaryObservation } from "./bulk-order.ts";
import { type Asked, decided } from "./decided.ts";
import { type LastCell, protectedSitesNear } from "./protected-terminals.ts";
import { type StateTable, stepOf } from "./state-table.ts";
import { deactivateTerminal, releaseTerminal, restrictTerminal, suspendTerminal } from "./terminal-orders.ts";

const hourMs = 3_600_000;

type BulkEvent = "look" | "confirm" | "sampleFailed" | "siteFound" | "stop" | "rollBack";

const rollBack = {
  to: "rolledBack",
  decision: "roll back",
  sentence: "All that the order did is reversed.",
} as const;

/** State × event of a bulk order. It begins as `canary`, or as `stopped` where it touches a protected site. */
export const bulkTransitions: StateTable<BulkState, BulkEvent> = {
  stopped: {
    look: {
      to: "canary",
      decision: "let go on",
      sentence: "A person who did not ask for it has looked at every protected site, and lets it go on.",
    },
    rollBack,
  },
  canary: {
    confirm: {
      to: "complete",
      decision: "complete",
      sentence: "The canary did what was meant; the rest is carried out.",
    },
    sampleFailed: {
      to: "rolledBack",
      decision: "roll back",
      sentence: "The canary did not do what was meant; it is reversed.",
    },
    siteFound: {
      to: "stopped",
      decision: "stop",
      sentence: "The rest touches a protected site that nobody has looked at yet.",
    },
    stop: { to: "stopped", decision: "stop", sentence: "A person stops it." },
    rollBack,
  },
  complete: { rollBack },
  rolledBack: {},
};

export type BulkRuling = Result<Ruling, AuthorityError<string>>;

/** What begins a bulk order. */
export interface BulkRequest
  extends Pick<
    BulkOrder,
    | "action"
    | "ground"
    | "basis"
    | "hours"
    | "reviewDays"
    | "evidence"
    | "evidenceClasses"
    | "exemption"
    | "terminalIds"
  > {
  readonly lastCells: readonly LastCell[];
}

/**
 * Begins a bulk order: carries it out on its canary, or on all where it gives service back, or on nobody where it touches
 * a protected site. Whether enough persons approved is for the caller to have asked.
 *
 * @param endsMs nothing of it may last longer; `null` where two persons approved
 */
export function beginBulk(
  context: CommandContext,
  asked: Asked,
  { lastCells, ...request }: BulkRequest,
  limits: BulkLimits,
  endsMs: number | null = null,
): BulkRuling {
  const { book, actor, atMs, approvals } = context;
  const possible = checkRequest(request);
  if (!possible.ok) return possible;
  const { terminalIds, action } = request;
  const radius = blastRadiusOf(book, terminalIds, lastCells);
  const together = [...new Set([...terminalIds, ...lately(book, atMs)])];
  const reach = together.length === terminalIds.length ? radius : blastRadiusOf(book, together, []);
  const bounded = checkBlastRadius(reach, action, limits);
  if (!bounded.ok) return bounded;
  const content: Omit<BulkOrder, "id"> = {
    ...request,
    requestedBy: { id: actor.id, name: actor.name },
    approvals,
    endsMs,
    canary: [],
    done: [],
    state: "canary",
    stoppedBecause: null,
    sitesSeen: [],
    observations: [],
    orderIds: [],
    atMs,
  };
  const bulk: BulkOrder = { id: contentId("blk", content), ...content };
  const begun = { action: `bulk ${action}`, sentence: `A bulk order begins: ${action}.` };
  if (action === "restore")
    return carryOut(context, asked, { ...bulk, state: "complete" }, terminalIds, begun);
  if (radius.protectedSites.length > 0) {
    const because = becauseOf(radius.protectedSites);
    return succeed(said(context, asked, { ...bulk, state: "stopped", stoppedBecause: because }, begun));
  }
  return carryOutCanary(context, asked, bulk, limits, begun);
}

/** Lets a stopped order go on, without the terminals taken out, once every protected site has been looked at. */
export function lookAtBulk(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  request: {
    readonly sitesSeen: readonly string[];
    readonly exclude: readonly string[];
    readonly lastCells: readonly LastCell[];
    readonly reason: string;
  },
  limits: BulkLimits,
): BulkRuling {
  const step = stepOf(bulkTransitions, bulk.state, "look", `Bulk order ${bulk.id}`);
  if (!step.ok) return step;
  const other = isAnother(context, bulk, []);
  if (!other.ok) return other;
  const narrowed = without(bulk, request.exclude);
  if (!narrowed.ok) return narrowed;
  const sitesSeen = [...new Set([...bulk.sitesSeen, ...request.sitesSeen])].sort();
  const remaining = { ...narrowed.value, sitesSeen, stoppedBecause: null, state: step.value.to };
  const unseen = sitesUnseen(context, remaining, request.lastCells);
  if (unseen.length > 0) return fail("protectedSiteUnseen", "sitesSeen", becauseOf(unseen));
  const row = { action: step.value.decision, sentence: `${step.value.sentence} ${request.reason}` };
  if (remaining.canary.length > 0) return succeed(said(context, asked, remaining, row));
  return carryOutCanary(context, asked, remaining, limits, row);
}

/** Judges the canary by what somebody else saw: carries out the rest, stops, or reverses all. */
export function judgeCanary(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  request: {
    readonly observations: readonly CanaryObservation[];
    readonly exclude: readonly string[];
    readonly lastCells: readonly LastCell[];
    readonly reason: string;
  },
  limits: BulkLimits,
): BulkRuling {
  const confirm = stepOf(bulkTransitions, bulk.state, "confirm", `Bulk order ${bulk.id}`);
  if (!confirm.ok) return confirm;
  const other = isAnother(
    context,
    bulk,
    bulk.approvals.map(({ approverId }) => approverId),
  );
  if (!other.ok) return other;
  const { observations, exclude, lastCells, reason } = request;
  const stranger = observations.findIndex(({ terminalId }) => !bulk.canary.includes(terminalId));
  if (stranger >= 0) {
    return fail("notInCanary", `observations[${stranger}].terminalId`, "That terminal is not in the canary.");
  }
  const seen = { ...bulk, observations: [...bulk.observations, ...observations] };
  if (observations.some(({ asExpected }) => !asExpected)) {
    return reverseAll(context, asked, seen, "sampleFailed", reason);
  }
  const needed = Math.min(limits.sample, bulk.canary.length);
  if (new Set(observations.map(({ terminalId }) => terminalId)).size < needed) {
    return fail("sampleTooSmall", "observations", `Look at ${needed} terminals of the canary at least.`);
  }
  const narrowed = without(seen, exclude);
  if (!narrowed.ok) return narrowed;
  const rest = narrowed.value;
  const because = reversedSince(context, bulk) ?? becauseOrNull(sitesUnseen(context, rest, lastCells));
  if (because !== null) return stopBulk(context, asked, rest, "siteFound", because);
  return carryOut(context, asked, { ...rest, state: confirm.value.to }, remainingOf(rest), {
    action: confirm.value.decision,
    sentence: `${confirm.value.sentence} ${reason}`,
  });
}

/** Stops an order between its steps. */
export function stopBulk(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  event: "siteFound" | "stop",
  because: string,
): BulkRuling {
  const step = stepOf(bulkTransitions, bulk.state, event, `Bulk order ${bulk.id}`);
  if (!step.ok) return step;
  const stopped: BulkOrder = { ...bulk, state: step.value.to, stoppedBecause: because };
  return succeed(said(context, asked, stopped, { action: step.value.decision, sentence: because }));
}

/** Reverses what an order did, wherever it still holds; what ended since, by itself or by a reversal, stays as it is. */
export function reverseAll(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  event: "rollBack" | "sampleFailed",
  reason: string,
): BulkRuling {
  const step = stepOf(bulkTransitions, bulk.state, event, `Bulk order ${bulk.id}`);
  if (!step.ok) return step;
  if (bulk.action === "restore") {
    return fail("notReversible", "bulkId", "Service that was given back is not taken away by a reversal.");
  }
  const rulings: Ruling[] = [];
  for (const orderId of bulk.orderIds) {
    const order = context.book.get("order", orderId);
    if (order === undefined || order.endedAtMs !== null) continue;
    const released = releaseTerminal(context, asked, {
      terminalId: order.terminalId,
      ground: `The bulk order ${bulk.id} is reversed: ${reason}`,
      bulkOrderId: bulk.id,
    });
    if (!released.ok) return released;
    rulings.push(released.value);
  }
  return succeed(
    said(
      context,
      asked,
      { ...bulk, state: step.value.to },
      {
        action: step.value.decision,
        sentence: `${step.value.sentence} ${rulings.length} terminals have service back. ${reason}`,
      },
      rulings,
    ),
  );
}

function carryOutCanary(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  limits: BulkLimits,
  row: Row,
): BulkRuling {
  const canary = canaryOf(bulk.id, bulk.terminalIds, limits.canaryShare);
  return carryOut(context, asked, { ...bulk, canary }, canary, row);
}

/** Gives each of some terminals its order: all of them or none. */
function carryOut(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  terminalIds: readonly string[],
  row: Row,
): BulkRuling {
  if (bulk.endsMs !== null && context.atMs + (bulk.hours ?? 0) * hourMs > bulk.endsMs) {
    const until = new Date(bulk.endsMs).toISOString();
    return fail("outlastsBreakGlass", "hours", `What one person began in an emergency ends by ${until}.`);
  }
  // In the name of who asked and who approved: they answer for it, and none of them decides an appeal.
  const inTheirName = {
    ...context,
    actor: { ...bulk.requestedBy, roles: [] },
    approvals: bulk.approvals,
  };
  const rulings: Ruling[] = [];
  const orderIds: string[] = [];
  for (const [i, terminalId] of terminalIds.entries()) {
    const made = orderOne(inTheirName, asked, bulk, terminalId);
    if (!made.ok) {
      const { code, message } = made.error;
      return fail(
        code,
        `terminalIds[${i}]`,
        `${terminalId}: ${message} Nothing of this step was carried out.`,
      );
    }
    rulings.push(made.value);
    for (const { orderId } of made.value.decisions) if (orderId !== undefined) orderIds.push(orderId);
  }
  const after: BulkOrder = {
    ...bulk,
    done: [...bulk.done, ...terminalIds],
    orderIds: [...bulk.orderIds, ...orderIds],
  };
  return succeed(said(context, asked, after, row, rulings));
}

function orderOne(context: CommandContext, asked: Asked, bulk: BulkOrder, terminalId: string): BulkRuling {
  const { action, ground, evidence, evidenceClasses, exemption, basis, hours, reviewDays } = bulk;
  const about = {
    terminalId,
    ground,
    evidence,
    evidenceClasses,
    exemption,
    protectedSitesSeen: bulk.sitesSeen,
    bulkOrderId: bulk.id,
  };
  switch (action) {
    case "suspend":
      return suspendTerminal(context, asked, { ...about, hours: hours! });
    case "restrict":
      return restrictTerminal(context, asked, { ...about, reviewDays });
    case "deactivate": {
      const { kind, id } = basis;
      if (kind === "policy") throw new RangeError("No policy deactivates a terminal.");
      return deactivateTerminal(context, asked, { ...about, reviewDays, basis: { kind, id } });
    }
    case "restore":
      return releaseTerminal(context, asked, about);
  }
}

function checkRequest({
  action,
  basis,
  hours,
  terminalIds,
}: Omit<BulkRequest, "lastCells">): Result<null, AuthorityError<string>> {
  if ((action === "suspend") !== (hours !== null)) {
    return fail("hoursInvalid", "hours", "A suspension has hours; nothing else has.");
  }
  if (action === "deactivate" && basis.kind === "policy") {
    return fail("basisInsufficient", "basis", "A deactivation rests on a finding or a lawful order.");
  }
  if (basis.kind === "finding" && action !== "restore" && terminalIds.length > 1) {
    return fail(
      "basisInsufficient",
      "basis",
      "A finding is about one terminal and carries no order about others.",
    );
  }
  return succeed(null);
}

/** Whoever checks an order had no part in it. */
function isAnother(
  { actor }: CommandContext,
  bulk: BulkOrder,
  others: readonly string[],
): Result<null, AuthorityError<"checkerNotIndependent">> {
  if (actor.id !== bulk.requestedBy.id && !others.includes(actor.id)) return succeed(null);
  return fail("checkerNotIndependent", "bulkId", "Somebody who had no part in the order looks at it.");
}

function without(bulk: BulkOrder, exclude: readonly string[]): Result<BulkOrder, AuthorityError<string>> {
  const open = new Set(remainingOf(bulk));
  const late = exclude.findIndex(id => !open.has(id));
  if (late >= 0) {
    return fail(
      "cannotExclude",
      `exclude[${late}]`,
      "The order is not about that terminal, or was carried out on it.",
    );
  }
  const gone = new Set(exclude);
  const terminalIds = bulk.terminalIds.filter(id => !gone.has(id));
  if (terminalIds.length === 0)
    return fail("cannotExclude", "exclude", "Nothing would remain; stop it instead.");
  return succeed({ ...bulk, terminalIds });
}

function remainingOf({ terminalIds, done }: BulkOrder): readonly string[] {
  const gone = new Set(done);
  return terminalIds.filter(id => !gone.has(id));
}

function sitesUnseen(
  { book }: CommandContext,
  bulk: BulkOrder,
  lastCells: readonly LastCell[],
): readonly string[] {
  return protectedSitesNear(book, remainingOf(bulk), lastCells).filter(
    site => !bulk.sitesSeen.includes(site),
  );
}

/** A canary terminal that somebody gave service back before its term says that the order was not right about it. */
function reversedSince({ book }: CommandContext, bulk: BulkOrder): string | null {
  for (const orderId of bulk.orderIds) {
    const order = book.get("order", orderId);
    if (order === undefined || order.endedAtMs === null) continue;
    if (order.expiresAtMs !== null && order.endedAtMs >= order.expiresAtMs) continue;
    return `The order about ${order.terminalId}, of the canary, was reversed since.`;
  }
  return null;
}

const becauseOf = (sites: readonly string[]): string =>
  `It touches protected sites that a person has to look at: ${sites.join(", ")}.`;

const becauseOrNull = (sites: readonly string[]): string | null =>
  sites.length === 0 ? null : becauseOf(sites);

/** How the decision about the order as a whole is called, and its sentence. */
interface Row {
  readonly action: string;
  readonly sentence: string;
}

/** The decision about the order as a whole, before those about its terminals. */
function said(
  context: CommandContext,
  asked: Asked,
  bulk: BulkOrder,
  { action, sentence }: Row,
  parts: readonly Ruling[] = [],
): Ruling {
  const { state, basis, ground, terminalIds, done } = bulk;
  const content: Omit<Decision, "id"> = decided(context, asked, {
    subject: bulk.id,
    action,
    outcome: state,
    reasons: [ground],
    text: `${context.actor.name}: ${sentence} Carried out on ${done.length} of ${terminalIds.length} terminals.`,
    inputs: { basisKind: basis.kind, basis: basis.id },
  });
  return {
    decisions: [decisionOf(content), ...parts.flatMap(part => part.decisions)],
    changes: [{ kind: "bulkOrder", id: bulk.id, document: bulk }, ...parts.flatMap(part => part.changes)],
  };
}
