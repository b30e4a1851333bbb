// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import type { Reversals } from "../decisions/appeals.ts";
import type { Asked } from "../decisions/decided.ts";
import type { EvidenceClass } from "../decisions/notices.ts";
import { exemption, ground, id, ids, instantMs, words } from "../decisions/request-parts.ts";
import { partyToTell } from "../decisions/terminal-orders.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { fail } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import type { Terminal, TerminalFlag } from "../terminal.ts";
import { step } from "./binding.ts";
import { keeperOf } from "./custody-chain.ts";
import { country } from "./party-commands.ts";
import { dayMs, named, put, type RulingResult, receiver, ruled, ruledWithNotice } from "./ruled.ts";
import { custodyLink, eventMs } from "./terminal-step.ts";

/** How soon somebody must look again at a mark: a measure nobody has confirmed lasts no longer unseen than a suspension. */
const reviewMs = { lost: 90 * dayMs, seized: 90 * dayMs, cloneSuspect: 3 * dayMs } as const;

const happened = {
  happenedMs: instantMs.nullable().default(null),
  country: country.nullable().default(null),
};
const lostRequest = z.strictObject({ terminalId: id, source: words(3, 300), ...happened });
const seizeRequest = z.strictObject({
  terminalId: id,
  /** The party that took it. */
  authority: id,
  /** The act it rests on, as the authority names it. */
  legalBasis: words(3, 300),
  documents: ids(1, 20),
  exemption,
  ...happened,
});
const releaseRequest = z.strictObject({
  terminalId: id,
  /** Who gets it; `null`: whose it was. */
  to: id.nullable(),
  user: id.nullable().default(null),
  documents: ids(1, 20),
  source: words(3, 300),
  ...happened,
});
const suspectRequest = z.strictObject({ terminalId: id, ground, measurements: ids(1, 100), exemption });
const clearRequest = z.strictObject({ terminalId: id, ground });

const reportLost: Command<z.infer<typeof lostRequest>> = commandOf({
  name: "terminal.reportLost",
  summary: "Marks a terminal that its holder reports lost or stolen.",
  permission: "terminals.change",
  decide: (request, context) => markLost(context, { name: reportLost.name, request }, request),
});

const found: Command<z.infer<typeof lostRequest>> = commandOf({
  name: "terminal.found",
  summary: "Takes the mark off a terminal that its holder has again.",
  permission: "terminals.change",
  decide: (request, context) => markFound(context, { name: found.name, request }, request),
});

/** See `terminal.reportLost`. */
export function markLost(
  context: CommandContext,
  asked: Asked,
  request: z.infer<typeof lostRequest>,
): RulingResult {
  const { book, atMs } = context;
  const known = named(book, "terminal", request.terminalId, "terminalId");
  if (!known.ok) return known;
  const past = eventMs(request, atMs);
  if (!past.ok) return past;
  const link = custodyLink(
    context,
    request.terminalId,
    "loss",
    request,
    keeperOf(book, request.terminalId),
    null,
  );
  return mark(context, asked, known.value, "lost", {
    action: "report lost",
    facts: "The terminal was reported lost or stolen; it reaches the account site and emergency services.",
    rule: "A terminal that is reported lost has no service until its holder reports it found.",
    evidence: ["holder"],
    changes: [link],
  });
}

/** See `terminal.found`. */
export function markFound(
  context: CommandContext,
  asked: Asked,
  request: z.infer<typeof lostRequest>,
): RulingResult {
  const { book, atMs } = context;
  const known = named(book, "terminal", request.terminalId, "terminalId");
  if (!known.ok) return known;
  const past = eventMs(request, atMs);
  if (!past.ok) return past;
  const link = custodyLink(context, request.terminalId, "recovery", request, null, known.value.holder);
  return unmark(context, asked, known.value, "lost", "found", "Its holder has it again.", [link]);
}

const seize: Command<z.infer<typeof seizeRequest>> = commandOf({
  name: "terminal.seize",
  summary: "Marks a terminal that an authority has taken.",
  permission: "orders.request",
  // The mark has no term; one person's word holds for 72 hours and not longer.
  approvalsNeeded: () => 2,
  decide(request, context) {
    const { book, atMs } = context;
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    const { terminalId, authority, legalBasis, documents } = request;
    const known = named(book, "terminal", terminalId, "terminalId");
    if (!known.ok) return known;
    const taker = named(book, "party", authority, "authority");
    if (!taker.ok) return taker;
    const past = eventMs(request, atMs);
    if (!past.ok) return past;
    const told = { ...request, source: legalBasis };
    const link = custodyLink(context, terminalId, "seizure", told, keeperOf(book, terminalId), authority);
    return mark(context, { name: seize.name, request }, known.value, "seized", {
      action: "seize",
      facts: `An authority has taken the terminal. It names as its ground: ${legalBasis}`,
      rule: "A terminal that an authority has taken reaches the account site and emergency services.",
      evidence: ["record"],
      cited: documents,
      exemption: request.exemption,
      changes: [link],
    });
  },
});

const release: Command<z.infer<typeof releaseRequest>> = commandOf({
  name: "terminal.release",
  summary: "Takes the mark off a seized terminal: given back, or to a new holder, who registers it anew.",
  permission: "orders.request",
  // Giving it to somebody else takes it from whose it was.
  approvalsNeeded: ({ to, terminalId }, { book }) =>
    to === null || to === book.get("terminal", terminalId)?.holder ? 0 : 2,
  decide(request, context) {
    const { book, atMs } = context;
    const { terminalId, documents, source } = request;
    const known = named(book, "terminal", terminalId, "terminalId");
    if (!known.ok) return known;
    const terminal = known.value;
    if (terminal.flags.seized === undefined) return notMarked(terminal, "seized");
    const past = eventMs(request, atMs);
    if (!past.ok) return past;
    const to = request.to ?? terminal.holder;
    const link = custodyLink(context, terminalId, "release", request, keeperOf(book, terminalId), to);
    const asked = { name: release.name, request };
    if (to === terminal.holder) {
      return unmark(context, asked, terminal, "seized", "release", source, [link], documents);
    }
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    for (const [place, partyId] of [
      ["to", to],
      ["user", request.user],
    ] as const) {
      const party = partyId === null ? null : receiver(book, partyId, place);
      if (party?.ok === false) return party;
    }
    const { seized: _, ...marks } = terminal.flags;
    const stepped = step(book, terminal, { type: "transfer", holder: to! }, atMs, marks);
    if (!stepped.ok) return stepped;
    const after: Terminal = { ...stepped.value.terminal, user: request.user };
    const changes = [...stepped.value.changes, put("terminal", after), link];
    const content = {
      subject: terminalId,
      action: stepped.value.transition.decision,
      outcome: after.state,
      reasons: [source],
      text: `The authority that took terminal ${terminalId} gives it to party ${to}: ${source}`,
      inputs: { formerHolder: terminal.holder ?? "nobody", holder: to! },
      evidence: documents,
    };
    return ruledWithNotice(
      context,
      asked,
      content,
      {
        subject: terminalId,
        party: partyToTell(context, terminal),
        cause: { kind: "terminalFlag", id: `seized:${terminalId}` },
        facts: "The authority that took the terminal has given it to another holder.",
        rule: "A seized terminal goes to whom the authority names, by two persons; the record of it stays.",
        evidence: ["record"],
        reviewMs: atMs + reviewMs.seized,
        exemption: null,
      },
      changes,
    );
  },
});

const suspectClone: Command<z.infer<typeof suspectRequest>> = commandOf({
  name: "terminal.suspectClone",
  summary: "Marks a terminal whose identity two devices use.",
  permission: "orders.suspend",
  decide(request, context) {
    const { book, actor } = context;
    const known = named(book, "terminal", request.terminalId, "terminalId");
    if (!known.ok) return known;
    return mark(context, { name: suspectClone.name, request }, known.value, "cloneSuspect", {
      action: "suspect clone",
      facts: `Two devices have used the identity of this terminal: ${request.ground}`,
      rule: "Of two devices with one identity neither has service until it is settled which is genuine.",
      evidence: ["measurement"],
      automated: actor.roles.length === 0 && actor.id === "system",
      cited: request.measurements,
      exemption: request.exemption,
      changes: [],
    });
  },
});

const clearClone: Command<z.infer<typeof clearRequest>> = commandOf({
  name: "terminal.clearClone",
  summary: "Takes the mark off a terminal once it is settled which device is genuine.",
  permission: "orders.suspend",
  decide(request, context) {
    const known = named(context.book, "terminal", request.terminalId, "terminalId");
    if (!known.ok) return known;
    const asked = { name: clearClone.name, request };
    return unmark(context, asked, known.value, "cloneSuspect", "clear clone", request.ground, []);
  },
});

/** What an appeal that is right gives back: the mark goes. */
export const flagReversals: Reversals = {
  terminalFlag(causeId, context, asked, why) {
    const at = causeId.indexOf(":");
    const flag = (["lost", "seized", "cloneSuspect"] as const).find(name => name === causeId.slice(0, at));
    const terminal = context.book.get("terminal", causeId.slice(at + 1));
    if (flag === undefined || terminal?.flags[flag] === undefined) return null;
    return unmark(context, asked, terminal, flag, "take off mark", `On appeal: ${why}`, []);
  },
};

interface Mark {
  readonly action: string;
  readonly facts: string;
  readonly rule: string;
  readonly evidence: readonly EvidenceClass[];
  readonly automated?: boolean;
  readonly cited?: readonly string[];
  readonly exemption?: string | null;
  readonly changes: Parameters<typeof ruled>[3];
}

function mark(
  context: CommandContext,
  asked: Asked,
  terminal: Terminal,
  flag: TerminalFlag,
  told: Mark,
): RulingResult {
  const { atMs } = context;
  if (terminal.state === "retired") {
    return fail("terminalRetired", "terminalId", `Terminal ${terminal.id} is out of service for good.`);
  }
  if (terminal.flags[flag] !== undefined) {
    return fail("nothingChanges", "terminalId", `Terminal ${terminal.id} has this mark already.`);
  }
  const { facts, rule, evidence, automated = false, cited = [], exemption: kept = null, changes } = told;
  return ruledWithNotice(
    context,
    asked,
    {
      subject: terminal.id,
      action: told.action,
      outcome: flag,
      reasons: [facts],
      text: `${facts} (${terminal.id})`,
      ...(cited.length === 0 ? {} : { evidence: cited }),
    },
    {
      subject: terminal.id,
      party: partyToTell(context, terminal),
      cause: { kind: "terminalFlag", id: `${flag}:${terminal.id}` },
      facts,
      rule,
      evidence,
      automated,
      reviewMs: atMs + reviewMs[flag],
      exemption: kept,
    },
    [put("terminal", { ...terminal, flags: { ...terminal.flags, [flag]: atMs } }), ...changes],
  );
}

function unmark(
  context: CommandContext,
  asked: Asked,
  terminal: Terminal,
  flag: TerminalFlag,
  action: string,
  why: string,
  changes: Parameters<typeof ruled>[3],
  cited: readonly string[] = [],
): RulingResult {
  if (terminal.flags[flag] === undefined) return notMarked(terminal, flag);
  const { [flag]: _, ...flags } = terminal.flags;
  return ruled(
    context,
    asked,
    {
      subject: terminal.id,
      action,
      outcome: terminal.state,
      reasons: [why],
      text: `Terminal ${terminal.id} loses its mark "${flag}": ${why}`,
      ...(cited.length === 0 ? {} : { evidence: cited }),
    },
    [put("terminal", { ...terminal, flags }), ...changes],
  );
}

function notMarked({ id: terminalId }: Terminal, flag: TerminalFlag): RulingResult {
  return fail("notMarked", "terminalId", `Terminal ${terminalId} has no mark "${flag}".`);
}

/** Commands about the marks that stand beside a terminal's state. */
export const flagCommands: readonly CommandEntry[] = [
  entryOf(reportLost, lostRequest),
  entryOf(found, lostRequest),
  entryOf(seize, seizeRequest),
  entryOf(release, releaseRequest),
  entryOf(suspectClone, suspectRequest),
  entryOf(clearClone, clearRequest),
];
