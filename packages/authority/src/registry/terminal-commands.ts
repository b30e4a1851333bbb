// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import type { Reversals } from "../decisions/appeals.ts";
import { id, instantMs, words } from "../decisions/request-parts.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import { manufactureTerminal, type Terminal } from "../terminal.ts";
import { checkUnmarked } from "./binding.ts";
import type { CustodyEvent } from "./custody.ts";
import { custodySteps } from "./custody.ts";
import { custodyChange, keeperOf } from "./custody-chain.ts";
import { country } from "./party-commands.ts";
import { atOwnWish, dayMs, named, put, type RulingResult, receiver, ruled } from "./ruled.ts";
import { about, changeTerminal, custodyLink, type EventMore, eventMs } from "./terminal-step.ts";

/** What is printed on the box. */
export const kitNumber = z
  .string()
  .regex(/^KIT[0-9A-Z]{6,17}$/, "A kit number is KIT and 6 to 17 of 0-9, A-Z.");
export const serialNumber = z
  .string()
  .regex(/^[0-9A-Z-]{6,32}$/, "A serial number is 6 to 32 of 0-9, A-Z and -.");

/**
 * An Ed25519 key as SPKI DER in base64: the 12 bytes 302a300506032b6570032100 and the key's 32 (RFC 8410, section 4),
 * the last digit without spare bits, so that one key is one text.
 */
const publicKey = z
  .string()
  .regex(/^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, "This is no Ed25519 key (SPKI, base64).");

const reason = words(3, 500);
const said = {
  /** When it happened; absent: now. */
  happenedMs: instantMs.nullable().default(null),
  country: country.nullable().default(null),
  source: words(3, 300),
};
const enrolRequest = z.strictObject({
  kitNumber,
  serial: serialNumber,
  model: words(1, 60),
  publicKey: publicKey.nullable().default(null),
  maker: id.nullable().default(null),
  ...said,
});
const enrolKeyRequest = z.strictObject({ terminalId: id, publicKey, reason });
const sellRequest = z.strictObject({ terminalId: id, seller: id.nullable(), holder: id, ...said });
const reasonRequest = z.strictObject({ terminalId: id, reason });
const transferRequest = z.strictObject({
  terminalId: id,
  to: id,
  user: id.nullable().default(null),
  ...said,
});
const assignUserRequest = z.strictObject({ terminalId: id, user: id.nullable() });
const custodyRequest = z.strictObject({
  terminalId: id,
  step: z.enum(Object.keys(custodySteps) as [CustodyEvent["step"], ...CustodyEvent["step"][]]),
  happenedMs: instantMs,
  fromParty: id.nullable(),
  toParty: id.nullable(),
  country: country.nullable(),
  asserter: words(2, 200),
  source: words(3, 300),
});

const enrol: Command<z.infer<typeof enrolRequest>> = commandOf({
  name: "terminal.enrol",
  summary: "Enters a terminal as it comes from the factory, with its device key.",
  permission: "terminals.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { kitNumber: kit, serial, model, publicKey: key, maker } = request;
    const free = checkNew(book, kit, serial, key);
    if (!free.ok) return free;
    const known = maker === null ? null : named(book, "party", maker, "maker");
    if (known?.ok === false) return known;
    const made = eventMs(request, atMs);
    if (!made.ok) return made;
    const terminalId = terminalIdOf(kit, serial);
    const terminal: Terminal = {
      ...manufactureTerminal(terminalId, kit, atMs),
      kitNumber: kit,
      serial,
      model,
      publicKey: key,
    };
    const link = custodyLink(context, terminalId, "manufacture", request, null, maker);
    return ruled(
      context,
      { name: enrol.name, request },
      { ...about(terminal, "enrol"), text: `Terminal ${terminalId} (${model}) is enrolled.` },
      [put("terminal", terminal), link],
    );
  },
});

const enrolKey: Command<z.infer<typeof enrolKeyRequest>> = commandOf({
  name: "terminal.enrolKey",
  summary: "Gives a terminal its device key, or another one.",
  permission: "terminals.change",
  decide(request, context) {
    const { book } = context;
    const found = named(book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    if (found.value.state === "retired") return isRetired(found.value);
    const free = checkKey(book, request.publicKey);
    if (!free.ok) return free;
    const terminal: Terminal = { ...found.value, publicKey: request.publicKey };
    return ruled(
      context,
      { name: enrolKey.name, request },
      {
        ...about(terminal, "enrol key", request.reason),
        text: `The device key of terminal ${terminal.id} is enrolled: ${request.reason}`,
      },
      [put("terminal", terminal)],
    );
  },
});

const sell: Command<z.infer<typeof sellRequest>> = commandOf({
  name: "terminal.sell",
  summary: "Gives a new terminal its first holder.",
  permission: "terminals.change",
  decide(request, context) {
    const { terminalId, seller, holder } = request;
    const ready = handOver(context, terminalId, holder, request);
    if (!ready.ok) return ready;
    const link = custodyLink(context, terminalId, "sale", request, seller, holder);
    return changeTerminal(
      context,
      { name: sell.name, request },
      ready.value,
      { type: "sell", holder },
      { links: [link] },
    );
  },
});

const transfer: Command<z.infer<typeof transferRequest>> = commandOf({
  name: "terminal.transfer",
  summary: "Gives a terminal to another holder, who registers it anew; its history stays.",
  permission: "terminals.change",
  decide(request, context) {
    const { terminalId, to, user } = request;
    const ready = handOver(context, terminalId, to, request);
    if (!ready.ok) return ready;
    if (ready.value.holder === to)
      return fail("nothingChanges", "to", "The terminal belongs to this party already.");
    const told = user === null ? null : receiver(context.book, user, "user");
    if (told?.ok === false) return told;
    const from = keeperOf(context.book, terminalId);
    const link = custodyLink(context, terminalId, "transfer", request, from, to);
    const event = { type: "transfer", holder: to } as const;
    const former = ready.value.holder;
    const notice = former === null ? {} : { notice: handedOn(terminalId, former, context.atMs) };
    return changeTerminal(context, { name: transfer.name, request }, ready.value, event, {
      links: [link],
      more: { user },
      ...notice,
    });
  },
});

const retire: Command<z.infer<typeof reasonRequest>> = commandOf({
  name: "terminal.retire",
  summary: "Takes a terminal out of service for good.",
  permission: "terminals.change",
  decide(request, context) {
    const { book, atMs, actor } = context;
    const found = named(book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    const keeper = keeperOf(book, request.terminalId);
    const link = custodyChange({
      terminalId: request.terminalId,
      step: "retirement",
      atMs,
      fromParty: keeper,
      toParty: null,
      country: null,
      asserter: actor.id,
      source: request.reason,
    });
    const event = { type: "retire" } as const;
    return changeTerminal(context, { name: retire.name, request }, found.value, event, {
      why: [request.reason],
      links: [link],
      wish: atOwnWish(atMs),
    });
  },
});

const assignUser: Command<z.infer<typeof assignUserRequest>> = commandOf({
  name: "terminal.assignUser",
  summary: "Says who uses a terminal, where that is somebody else than its holder.",
  permission: "terminals.change",
  decide(request, context) {
    const found = named(context.book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    const user = request.user === null ? null : receiver(context.book, request.user, "user");
    if (user?.ok === false) return user;
    const terminal: Terminal = { ...found.value, user: request.user };
    return ruled(
      context,
      { name: assignUser.name, request },
      {
        ...about(terminal, "assign user"),
        text: `Terminal ${terminal.id} is used by ${request.user ?? "nobody who is on record"}.`,
      },
      [put("terminal", terminal)],
    );
  },
});

/** A link that somebody asserts: late knowledge, another version. It changes no state, whatever it contradicts. */
const recordCustody: Command<z.infer<typeof custodyRequest>> = commandOf({
  name: "custody.record",
  summary: "Records what somebody says about a terminal's way from hand to hand.",
  permission: "terminals.change",
  decide(request, context) {
    const { book, atMs } = context;
    const { happenedMs, ...content } = request;
    const found = named(book, "terminal", request.terminalId, "terminalId");
    if (!found.ok) return found;
    for (const place of ["fromParty", "toParty"] as const) {
      const partyId = request[place];
      const party = partyId === null ? null : named(book, "party", partyId, place);
      if (party?.ok === false) return party;
    }
    const past = eventMs(request, atMs);
    if (!past.ok) return past;
    const link = custodyChange({ ...content, atMs: happenedMs });
    return ruled(
      context,
      { name: recordCustody.name, request },
      {
        ...about(found.value, "record custody"),
        text: `A ${request.step} of terminal ${request.terminalId} is put on record as its asserter says it was.`,
        inputs: { custody: link.id },
      },
      [link],
    );
  },
});

const terminalIdOf = (kit: string, serial: string): string => contentId("ut", { kit, serial });

/** A terminal that the records do not have, by any of the three that are its own. */
function checkNew(
  book: Book,
  kit: string,
  serial: string,
  key: string | null,
): Result<null, AuthorityError<string>> {
  if (book.about("terminal", kit).some(other => other.kitNumber === kit)) {
    return fail("kitNumberTaken", "kitNumber", "A terminal with this kit number is on record.");
  }
  if (book.about("terminal", serial).some(other => other.serial === serial)) {
    return fail("serialTaken", "serial", "A terminal with this serial number is on record.");
  }
  return key === null ? succeed(null) : checkKey(book, key);
}

/** One identity is one device: a key that another terminal has proves nothing. */
function checkKey(book: Book, key: string): Result<null, AuthorityError<"keyTaken">> {
  if (book.about("terminal", key).some(other => other.publicKey === key)) {
    return fail("keyTaken", "publicKey", "A terminal with this key is on record.");
  }
  return succeed(null);
}

/** What its former holder is told: a transfer that nobody asked for is noticed by who loses by it. */
function handedOn(terminalId: string, former: string, atMs: number): NonNullable<EventMore["notice"]> {
  return {
    subject: terminalId,
    party: former,
    cause: { kind: "transfer", id: `${former}:${terminalId}` },
    facts: "The terminal is on record as given to another holder; it is no longer yours.",
    rule: "A terminal goes to another holder at its holder's word, on paper or by a bill of sale.",
    evidence: ["record"],
    reviewMs: atMs + 90 * dayMs,
    exemption: null,
  };
}

/** What an appeal that is right gives back: the terminal goes to its former holder again, who registers it anew. */
export const transferReversals: Reversals = {
  transfer(causeId, context, asked, why) {
    const at = causeId.lastIndexOf(":");
    const [holder, terminalId] = [causeId.slice(0, at), causeId.slice(at + 1)];
    const terminal = context.book.get("terminal", terminalId);
    if (terminal === undefined || terminal.holder === holder) return null;
    const told = { happenedMs: null, country: null, source: "an appeal" };
    const keeper = keeperOf(context.book, terminalId);
    const link = custodyLink(context, terminalId, "transfer", told, keeper, holder);
    const event = { type: "transfer", holder } as const;
    return changeTerminal(context, asked, terminal, event, { why: [`On appeal: ${why}`], links: [link] });
  },
};

/** A terminal that can be handed to a party: neither marked, nor the party unknown. */
function handOver(
  { book, atMs }: CommandContext,
  terminalId: string,
  to: string,
  told: { readonly happenedMs: number | null },
): Result<Terminal, AuthorityError<string>> {
  const found = named(book, "terminal", terminalId, "terminalId");
  if (!found.ok) return found;
  const party = receiver(book, to, "to");
  if (!party.ok) return party;
  const past = eventMs(told, atMs);
  if (!past.ok) return past;
  const unmarked = checkUnmarked(found.value);
  return unmarked.ok ? found : unmarked;
}

function isRetired({ id: terminalId }: Terminal): RulingResult {
  return fail("terminalRetired", "terminalId", `Terminal ${terminalId} is out of service for good.`);
}

/** Commands about terminals and their way from hand to hand. */
export const terminalCommands: readonly CommandEntry[] = [
  entryOf(enrol, enrolRequest),
  entryOf(enrolKey, enrolKeyRequest),
  entryOf(sell, sellRequest),
  entryOf(transfer, transferRequest),
  entryOf(retire, reasonRequest),
  entryOf(assignUser, assignUserRequest),
  entryOf(recordCustody, custodyRequest),
];
