// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book, Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import type { AllowListEntry, HolderClass } from "../policy.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import type { AllowListApplication, ApplicationState } from "./allow-list-application.ts";
import { type Asked, decided } from "./decided.ts";
import { noticeOf } from "./notices.ts";
import { exemption, ground, id, words } from "./request-parts.ts";
import { type StateTable, stepOf, type Transition } from "./state-table.ts";
import { strawSignals } from "./straw-signals.ts";

const dayMs = 86_400_000;

/** A terminal that was taken off a list, or not put on it, is looked at again after this. */
const reviewAfterMs = 90 * dayMs;

/** Places per holder and territory in the civilian lane; `null` where there is no cap. */
export interface AllowListCaps {
  /** Of terminals that nobody was shown, and of all together. */
  readonly individual: { readonly unseen: number; readonly all: number };
  readonly company: number | null;
  readonly critical: number | null;
  readonly government: number | null;
}

/**
 * One terminal per person without showing the device, three with it, ten per company, critical enterprises without limit: the
 * figures published for the list of February 2026 (reference/authority.md §3).
 */
export const defaultCaps: AllowListCaps = {
  individual: { unseen: 1, all: 3 },
  company: 10,
  critical: null,
  government: null,
};

type ApplicationEvent = "approve" | "refuse" | "revoke" | "reverse";

const approved: Transition<ApplicationState> = {
  to: "approved",
  decision: "put on allow-list",
  sentence: "The terminal is put on the list.",
};
const refused: Transition<ApplicationState> = {
  to: "refused",
  decision: "refuse allow-list",
  sentence: "The terminal is not put on the list.",
};
const reversed: Transition<ApplicationState> = {
  to: "approved",
  decision: "put on allow-list",
  sentence: "An appeal was right; the terminal is on the list.",
};

/** State × event. It begins as `received`, or as `inReview` where somebody has to look. */
export const applicationTransitions: StateTable<ApplicationState, ApplicationEvent> = {
  received: { approve: approved, refuse: refused },
  inReview: { approve: approved, refuse: refused },
  approved: {
    revoke: {
      to: "revoked",
      decision: "take off allow-list",
      sentence: "The terminal is taken off the list.",
    },
  },
  refused: { reverse: reversed },
  revoked: { reverse: reversed },
};

const applyRequest = z.strictObject({
  territory: words(1, 64),
  terminalId: id,
  class: z.enum(["individual", "company", "critical", "government"]),
  lane: z.enum(["civilian", "forces"]).default("civilian"),
  deviceShown: z.boolean(),
  payer: id.nullable().default(null),
  askedBySomebody: z.boolean().nullable().default(null),
});
const decideRequest = z.strictObject({ applicationId: id, reason: ground });
const againstRequest = z.strictObject({ applicationId: id, reason: ground, exemption });

/**
 * Applications for places on an area's allow-list. The forces' lane has its own permission, so that who approves there is
 * not who approves here, and no caps.
 */
export function allowListCommands(caps: AllowListCaps = defaultCaps): readonly CommandEntry[] {
  const apply: Command<z.infer<typeof applyRequest>> = commandOf({
    name: "allowList.apply",
    summary: "Takes in an application for a place on an area's allow-list.",
    permission: "parties.change",
    decide(request, context) {
      const { book, actor, atMs } = context;
      const { territory, terminalId, lane, payer, askedBySomebody, deviceShown } = request;
      const terminal = book.get("terminal", terminalId);
      if (terminal === undefined)
        return fail("terminalUnknown", "terminalId", `There is no terminal ${terminalId}.`);
      if (terminal.holder === null) {
        return fail("holderMissing", "terminalId", `${terminalId} has no holder on record.`);
      }
      const holder = book.get("party", terminal.holder);
      if (holder === undefined) return fail("holderMissing", "terminalId", "Its holder is not on record.");
      if (payer !== null && book.get("party", payer) === undefined) {
        return fail("payerUnknown", "payer", `There is no party ${payer}.`);
      }
      const fits = checkClass(request.class, lane, holder.kind);
      if (!fits.ok) return fits;
      const open = openPlaces(book, holder.id, territory);
      if (open.some(other => other.terminalId === terminalId)) {
        return fail("alreadyApplied", "terminalId", `${terminalId} has applied for this list already.`);
      }
      const { over, reached } =
        lane === "forces" ? { over: null, reached: false } : capOf(caps, request.class, deviceShown, open);
      const applied = { territory, terminalId, holder: holder.id, payer, lane, atMs, askedBySomebody };
      const signals = strawSignals({ ...applied, atCap: reached }, terminal, book);
      const content: Omit<AllowListApplication, "id"> = {
        territory,
        terminalId,
        holder: holder.id,
        class: request.class,
        lane,
        deviceShown,
        payer,
        atMs,
        receivedBy: actor.id,
        state: over === null && signals.length === 0 ? "received" : "inReview",
        overCap: over,
        entry: null,
        signals,
        decision: null,
      };
      const application = { id: contentId("apl", content), ...content };
      const looks = [...(over === null ? [] : [over]), ...signals.map(({ text }) => text)];
      const decision = decided(
        context,
        { name: apply.name, request },
        {
          subject: terminalId,
          action: "apply for allow-list",
          outcome: application.state,
          reasons: looks,
          text: `${terminalId} applies for the list of ${territory}. ${looks.join(" ")}`.trim(),
          inputs: { application: application.id, area: territory },
        },
      );
      return succeed({ decisions: [decisionOf(decision)], changes: [changed(application)] });
    },
  });

  const approving = (name: string, lane: AllowListApplication["lane"], permission: string) => {
    const command: Command<z.infer<typeof decideRequest>> = commandOf({
      name,
      summary: `Puts a terminal on an area's allow-list, in the ${lane} lane.`,
      permission,
      decide: (request, context) =>
        inLane(context, request.applicationId, lane, application =>
          approveApplication(context, { name, request }, application, "approve", request.reason),
        ),
    });
    return command;
  };
  const against = (
    name: string,
    event: "refuse" | "revoke",
    lane: AllowListApplication["lane"],
    permission: string,
  ) => {
    const command: Command<z.infer<typeof againstRequest>> = commandOf({
      name,
      summary: `${event === "refuse" ? "Refuses an application for" : "Takes a terminal off"} an area's allow-list, in the ${lane} lane.`,
      permission,
      decide: (request, context) =>
        inLane(context, request.applicationId, lane, application =>
          decideAgainst(context, { name, request }, application, event, request),
        ),
    });
    return command;
  };
  const civilian = "allowLists.decide";
  const forces = "allowLists.decideForces";
  return [
    entryOf(apply, applyRequest),
    entryOf(approving("allowList.approve", "civilian", civilian), decideRequest),
    entryOf(approving("allowList.approveForces", "forces", forces), decideRequest),
    entryOf(against("allowList.refuse", "refuse", "civilian", civilian), againstRequest),
    entryOf(against("allowList.refuseForces", "refuse", "forces", forces), againstRequest),
    entryOf(against("allowList.revoke", "revoke", "civilian", civilian), againstRequest),
    entryOf(against("allowList.revokeForces", "revoke", "forces", forces), againstRequest),
  ];
}

/** Puts the terminal of an application on the list, from now on. */
export function approveApplication(
  context: CommandContext,
  asked: Asked,
  application: AllowListApplication,
  event: "approve" | "reverse",
  reason: string,
): Result<Ruling, AuthorityError<string>> {
  const { actor, atMs, book } = context;
  const step = stepOf(applicationTransitions, application.state, event, `Application ${application.id}`);
  if (!step.ok) return step;
  if (application.state === "inReview" && actor.id === application.receivedBy) {
    return fail("reviewerNotIndependent", "applicationId", "Whoever took it in does not review it.");
  }
  if (book.get("terminal", application.terminalId)?.holder !== application.holder) {
    return fail("holderChanged", "applicationId", "The terminal has another holder now, who applies anew.");
  }
  const after: AllowListApplication = {
    ...application,
    state: step.value.to,
    entry: { fromMs: atMs, toMs: null },
    decision: { by: actor.id, reason, atMs },
  };
  const decision = decided(context, asked, {
    subject: application.terminalId,
    action: step.value.decision,
    outcome: after.state,
    reasons: [reason],
    text: `${actor.name}, about the list of ${application.territory}: ${step.value.sentence} ${reason}`,
    inputs: { application: application.id, area: application.territory },
  });
  return succeed({ decisions: [decisionOf(decision)], changes: [changed(after)] });
}

function decideAgainst(
  context: CommandContext,
  asked: Asked,
  application: AllowListApplication,
  event: "refuse" | "revoke",
  { reason, exemption }: { readonly reason: string; readonly exemption: string | null },
): Result<Ruling, AuthorityError<string>> {
  const { actor, atMs } = context;
  const { entry, terminalId, territory, holder } = application;
  const step = stepOf(applicationTransitions, application.state, event, `Application ${application.id}`);
  if (!step.ok) return step;
  const after: AllowListApplication = {
    ...application,
    state: step.value.to,
    entry: entry === null ? null : { ...entry, toMs: atMs },
    decision: { by: actor.id, reason, atMs },
  };
  const { decision, change } = noticeOf(
    decided(context, asked, {
      subject: terminalId,
      action: step.value.decision,
      outcome: after.state,
      reasons: [reason],
      text: `${actor.name}, about the list of ${territory}: ${step.value.sentence} ${reason}`,
      inputs: { application: application.id, area: territory },
    }),
    {
      subject: terminalId,
      party: holder,
      cause: { kind: "allowListApplication", id: application.id },
      facts: `${step.value.sentence} List of ${territory}. Reason: ${reason}`,
      rule: `In ${territory} only terminals on the list have service; a person decides about each application.`,
      evidence: ["record"],
      automated: false,
      reviewMs: atMs + reviewAfterMs,
      exemption,
    },
  );
  return succeed({ decisions: [decision], changes: [changed(after), change] });
}

/**
 * The places on an area's list that were approved here; admission reads them beside those of the policy document. A
 * terminal that went to another holder lost its place: the list is of persons' terminals, not of devices.
 */
export function allowListEntries(book: Book, territory: string): readonly AllowListEntry[] {
  return book.about("allowListApplication", territory).flatMap(application => entryFrom(book, application));
}

/** A place on the list of a territory, as one terminal's own admission takes it. */
export interface TerritoryEntry extends AllowListEntry {
  readonly territory: string;
}

/** The places of one terminal on any area's list, in the shape that its admission takes. */
export function allowListEntriesOf(book: Book, terminalId: string): readonly TerritoryEntry[] {
  return book
    .about("allowListApplication", terminalId)
    .flatMap(application =>
      entryFrom(book, application).map(entry => ({ territory: application.territory, ...entry })),
    );
}

function entryFrom(book: Book, application: AllowListApplication): readonly AllowListEntry[] {
  const { entry, terminalId, holder } = application;
  if (entry === null || book.get("terminal", terminalId)?.holder !== holder) return [];
  const { fromMs, toMs } = entry;
  return [{ terminalId, holder, class: application.class, validFromMs: fromMs, validToMs: toMs }];
}

/** A holder's applications for a list that hold a place or may get one. */
function openPlaces(book: Book, holder: string, territory: string): readonly AllowListApplication[] {
  return book
    .about("allowListApplication", holder)
    .filter(a => a.holder === holder && a.territory === territory)
    .filter(({ state }) => state !== "refused" && state !== "revoked");
}

/** Whether one more place exceeds the cap, in words, and whether it reaches it. */
function capOf(
  caps: AllowListCaps,
  holderClass: HolderClass,
  deviceShown: boolean,
  open: readonly AllowListApplication[],
): { readonly over: string | null; readonly reached: boolean } {
  const places = open.filter(other => other.lane === "civilian" && other.class === holderClass);
  const all = places.length + 1;
  const cap = holderClass === "individual" ? caps.individual.all : caps[holderClass];
  if (cap !== null && all > cap) {
    return {
      over: `It would be place ${all} of one ${holderClass} holder; the cap is ${cap}.`,
      reached: true,
    };
  }
  const unseen = places.filter(other => !other.deviceShown).length + (deviceShown ? 0 : 1);
  if (holderClass === "individual" && !deviceShown && unseen > caps.individual.unseen) {
    return {
      over: `It would be device ${unseen} of one person that nobody was shown; the cap is ${caps.individual.unseen}.`,
      reached: true,
    };
  }
  // A cap of one is reached by everybody who applies at all, and says nothing.
  return { over: null, reached: cap !== null && cap > 1 && all === cap };
}

function checkClass(
  holderClass: HolderClass,
  lane: AllowListApplication["lane"],
  kind: "person" | "organisation",
): Result<null, AuthorityError<string>> {
  if ((lane === "forces") !== (holderClass === "government")) {
    return fail("laneInvalid", "lane", "The forces' lane is for government holders, and they use no other.");
  }
  if ((holderClass === "individual") !== (kind === "person")) {
    return fail("classInvalid", "class", "Individuals are persons; every other class is of organisations.");
  }
  return succeed(null);
}

function inLane(
  { book }: CommandContext,
  applicationId: string,
  lane: AllowListApplication["lane"],
  then: (application: AllowListApplication) => Result<Ruling, AuthorityError<string>>,
): Result<Ruling, AuthorityError<string>> {
  const application = book.get("allowListApplication", applicationId);
  if (application === undefined) {
    return fail("applicationUnknown", "applicationId", `There is no application ${applicationId}.`);
  }
  if (application.lane !== lane) {
    return fail("laneInvalid", "applicationId", `That application is in the ${application.lane} lane.`);
  }
  return then(application);
}

function changed(application: AllowListApplication): Change {
  return { kind: "allowListApplication", id: application.id, document: application };
}
