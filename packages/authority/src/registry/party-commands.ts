// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import type { Reversals } from "../decisions/appeals.ts";
import { evidence, id, words } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Party } from "../terminal.ts";
import { isOpen, pseudonymOf, saltSchema, sealed, sealedSchema, withoutPersonal } from "./personal-data.ts";
import { dayMs, named, put, ruled, ruledWithNotice } from "./ruled.ts";

export const country = z.string().regex(/^[A-Z]{2}$/, "A country is its two capital letters of ISO 3166-1.");

const openDetails = z.strictObject({
  salt: saltSchema,
  name: words(1, 200),
  aliases: z.array(words(1, 200)).max(50).default([]),
  birthDate: z.iso.date().nullable().default(null),
  identifiers: z
    .array(z.strictObject({ kind: words(2, 40), value: words(1, 100) }))
    .max(20)
    .default([]),
});
const details = z.union([openDetails, sealedSchema]);

const registerRequest = z.strictObject({
  /** Absent: made from the content. */
  partyId: id.optional(),
  kind: z.enum(["person", "organisation"]),
  country,
  personal: details,
});
const updateRequest = z.strictObject({
  partyId: id,
  country: country.optional(),
  /** Whether the name becomes another one: then whoever verified the old one has not verified this. */
  nameChanges: z.boolean(),
  personal: details,
});
const verifyRequest = z.strictObject({
  partyId: id,
  state: z.enum(["verified", "failed"]),
  method: words(3, 100),
  evidence,
});

/** A party's personal data as the record holds them; a pseudonym where a replay has only the hash. */
function recordOf(
  partyId: string,
  personal: z.infer<typeof details>,
): Pick<Party, "name" | "aliases" | "birthDate" | "identifiers" | "salt"> {
  if (!isOpen(personal)) return { name: pseudonymOf(partyId), aliases: [] };
  const { salt, name, aliases, birthDate, identifiers } = personal;
  return { salt, name, aliases, ...(birthDate === null ? {} : { birthDate }), identifiers };
}

const register: Command<z.infer<typeof registerRequest>> = commandOf({
  name: "party.register",
  summary: "Enters a person or an organisation.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { kind, country: seat, personal } = request;
    const entered = withoutPersonal(request);
    const partyId = request.partyId ?? contentId("pty", { ...entered, atMs });
    if (book.get("party", partyId) !== undefined) {
      return fail("partyExists", "partyId", `There is a party ${partyId} already.`);
    }
    const party: Party = {
      id: partyId,
      ...recordOf(partyId, personal),
      kind,
      country: seat,
      verification: { state: "unverified", method: null, by: null, atMs },
      standing: "clear",
    };
    return ruled(
      context,
      { name: register.name, request: entered },
      {
        subject: partyId,
        action: "register party",
        outcome: "unverified",
        reasons: [],
        text: `A ${kind} of ${seat} is entered as party ${partyId}.`,
        inputs: { details: entered.personal.sealed },
      },
      [put("party", party)],
    );
  },
});

const update: Command<z.infer<typeof updateRequest>> = commandOf({
  name: "party.update",
  summary: "Corrects or changes what is on record about a party.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { partyId, personal, nameChanges } = request;
    const found = named(book, "party", partyId, "partyId");
    if (!found.ok) return found;
    const { value: before } = found;
    if (before.erasedMs !== undefined) {
      return fail("partyErased", "partyId", `The personal data of ${partyId} were erased.`);
    }
    // A replay knows no names and takes the word that was checked when there were some.
    if (isOpen(personal) && (personal.name !== before.name) !== nameChanges) {
      return fail(
        "nameChangeUnclear",
        "nameChanges",
        nameChanges ? "The name is the same as before." : "The name is not the one on record.",
      );
    }
    const { birthDate: _, identifiers: __, salt: ___, ...kept } = before;
    const unverifies = nameChanges && before.verification.state === "verified";
    const party: Party = {
      ...kept,
      ...recordOf(partyId, personal),
      country: request.country ?? before.country,
      verification: unverifies ? { state: "unverified", method: null, by: null, atMs } : before.verification,
    };
    const entered = withoutPersonal(request);
    const asked = { name: update.name, request: entered };
    const content = {
      subject: partyId,
      action: "update party",
      outcome: party.verification.state,
      reasons: nameChanges ? ["The name changed."] : [],
      text: `The record of party ${partyId} is changed${unverifies ? "; it has to be verified anew" : ""}.`,
      inputs: { details: sealed(personal).sealed },
    };
    if (!unverifies) return ruled(context, asked, content, [put("party", party)]);
    return ruledWithNotice(context, asked, content, unverifiedNotice(partyId, atMs, "Your name changed."), [
      put("party", party),
    ]);
  },
});

const verify: Command<z.infer<typeof verifyRequest>> = commandOf({
  name: "party.verify",
  summary: "Records that a party's identity was verified, or that it could not be.",
  permission: "parties.change",
  decide(request, context) {
    const { book, atMs, actor } = context;
    const { partyId, state, method } = request;
    const found = named(book, "party", partyId, "partyId");
    if (!found.ok) return found;
    const before = found.value.verification.state;
    if (before === state) return fail("nothingChanges", "state", `The party is ${state} already.`);
    const party: Party = { ...found.value, verification: { state, method, by: actor.id, atMs } };
    const asked = { name: verify.name, request };
    const content = {
      subject: partyId,
      action: "verify party",
      outcome: state,
      reasons: [method],
      text: `Party ${partyId} is ${state === "verified" ? "verified" : "not verified"}: ${method}.`,
      evidence: request.evidence,
    };
    const changes = [put("party", party)];
    if (state === "verified") return ruled(context, asked, content, changes);
    return ruledWithNotice(
      context,
      asked,
      content,
      unverifiedNotice(partyId, atMs, "Your identity could not be verified."),
      changes,
    );
  },
});

function unverifiedNotice(partyId: string, atMs: number, facts: string) {
  return {
    subject: partyId,
    party: partyId,
    cause: { kind: "verification", id: partyId },
    facts: `${facts} Terminals in service reach the account site and emergency services until you are verified.`,
    rule: "Whoever holds a terminal or its account in service has to be verified.",
    evidence: ["record"] as const,
    reviewMs: atMs + 90 * dayMs,
    exemption: null,
  };
}

/** What an appeal that is right gives back: the party counts as verified, on the word of whoever decided. */
export const verificationReversals: Reversals = {
  verification(partyId, context, asked, why) {
    const { book, actor, atMs } = context;
    const party = book.get("party", partyId);
    if (party === undefined || party.verification.state === "verified") return null;
    const verification = { state: "verified", method: "appeal", by: actor.id, atMs } as const;
    return ruled(
      context,
      asked,
      {
        subject: partyId,
        action: "verify party",
        outcome: "verified",
        reasons: [`On appeal: ${why}`],
        text: `Party ${partyId} counts as verified, on appeal: ${why}`,
      },
      [put("party", { ...party, verification })],
    );
  },
};

/** Commands about parties. */
export const partyCommands: readonly CommandEntry[] = [
  entryOf(register, registerRequest),
  entryOf(update, updateRequest),
  entryOf(verify, verifyRequest),
];
