// SPDX-License-Identifier: MIT
import type { Portal } from "@perigee/operator/contract";

/** What a customer is asked before a command is sent. */
export type ActionField =
  | {
      readonly name: string;
      readonly kind: "text";
      readonly label: string;
      readonly least: number;
      readonly most: number;
    }
  | { readonly name: string; readonly kind: "check"; readonly label: string }
  | { readonly name: string; readonly kind: "line"; readonly label: string }
  | { readonly name: string; readonly kind: "place"; readonly label: string };

/** A command of the portal, in the words of whoever gives it. */
export interface PortalAction {
  /** On its button. */
  readonly verb: string;
  /** What will happen, for how long, and how it is undone. */
  readonly consequence: string;
  /** Member of the request that the subject goes into. */
  readonly subject: "serviceLineId" | "terminalId" | "noticeId";
  readonly fields: readonly ActionField[];
  /** What is typed is personal data: it stands apart in the request, with a salt, and stays out of the public record. */
  readonly personal?: true;
}

/** Every command that the portal offers, by its name. */
export const PORTAL_ACTIONS: Readonly<Record<string, PortalAction>> = {
  "portal.pause": {
    verb: "Pause",
    consequence:
      "Service on this line stops now and is not charged. The terminal still reaches this site and emergency calls. You can take it up again at any time.",
    subject: "serviceLineId",
    fields: [{ name: "reason", kind: "text", label: "Why", least: 3, most: 500 }],
  },
  "portal.resume": {
    verb: "Take up again",
    consequence: "Service on this line begins again within a minute.",
    subject: "serviceLineId",
    fields: [],
  },
  "portal.move": {
    verb: "Change name or address",
    consequence:
      "From now on this is the line’s name and the place where it is used. A plan that is bound to an address works there and no longer at the old one.",
    subject: "serviceLineId",
    fields: [
      { name: "nickname", kind: "text", label: "Name of the line", least: 1, most: 80 },
      { name: "serviceAddress", kind: "place", label: "Service address: latitude, longitude" },
    ],
    personal: true,
  },
  "portal.register": {
    verb: "Bind to a line",
    consequence: "The terminal belongs to this line from now on. It can be taken off again by the operator.",
    subject: "terminalId",
    fields: [{ name: "serviceLineId", kind: "line", label: "Service line" }],
  },
  "portal.activate": {
    verb: "Activate",
    consequence: "The terminal has service within a minute, where the rules of its place allow it.",
    subject: "terminalId",
    fields: [],
  },
  "portal.reportLost": {
    verb: "Report lost or stolen",
    consequence:
      "Service of this terminal stops now, and whoever checks its kit number learns that it is reported. If you find it, report that here.",
    subject: "terminalId",
    fields: [],
  },
  "portal.found": {
    verb: "I have it again",
    consequence: "The mark is taken off, and service begins again where the rules allow it.",
    subject: "terminalId",
    fields: [],
  },
  "appeal.file": {
    verb: "Appeal",
    consequence:
      "Somebody who had no part in the decision decides: within 14 days, within 4 hours where a life may depend on it. If you are right, what was taken is given back at once.",
    subject: "noticeId",
    fields: [
      { name: "statement", kind: "text", label: "What is wrong with the decision", least: 10, most: 5_000 },
      { name: "lifeCritical", kind: "check", label: "A life may depend on it" },
    ],
  },
};

/** Lines that a terminal can be bound to. */
export const freeLines = ({ lines }: Portal): Portal["lines"] =>
  lines.filter(({ state, terminalId }) => state === "active" && terminalId === null);

/** What was typed, by the name of the field. */
export type ActionDraft = Readonly<Record<string, string | boolean>>;

/** The request of a filled form, or what is wrong with it by field. The party is for the operator to fill in. */
export function requestOf(
  { fields, subject, personal }: PortalAction,
  subjectId: string,
  draft: ActionDraft,
  { readPlace, newSalt }: RequestTools,
):
  | { readonly ok: true; readonly request: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> } {
  const request: Record<string, unknown> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const typed = draft[field.name];
    const text = typeof typed === "string" ? typed.trim() : "";
    switch (field.kind) {
      case "check":
        request[field.name] = typed === true;
        break;
      case "line":
        if (text === "") errors[field.name] = "Choose a line.";
        else request[field.name] = text;
        break;
      case "place": {
        const place = text === "" ? null : readPlace(text);
        if (text !== "" && place === null) errors[field.name] = "Two numbers, for example 50.45, 30.52.";
        else request[field.name] = place;
        break;
      }
      case "text":
        if (text.length < field.least) errors[field.name] = `At least ${field.least} characters.`;
        else if (text.length > field.most) errors[field.name] = `At most ${field.most} characters.`;
        else request[field.name] = text;
    }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  if (!personal) return { ok: true, request: { [subject]: subjectId, ...request } };
  const hasAddress = request["serviceAddress"] !== null;
  return {
    ok: true,
    request: { [subject]: subjectId, hasAddress, personal: { salt: newSalt(), ...request } },
  };
}

/** What a request needs besides what was typed. */
export interface RequestTools {
  /** Reads latitude and longitude; `null` for what is none. */
  readonly readPlace: (text: string) => { readonly latDeg: number; readonly lonDeg: number } | null;
  /** 128 random bits in hexadecimal. */
  readonly newSalt: () => string;
}
