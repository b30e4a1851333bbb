// SPDX-License-Identifier: MIT
// Contacts of an account, and the accounts under it.
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { decided } from "../decisions/decided.ts";
import { id, words } from "../decisions/request-parts.ts";
import { fail, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Account, Party } from "../terminal.ts";
import { mostManagers, partiesOf } from "./account-commands.ts";
import { type Contact, contactRoles } from "./contact.ts";
import { contentUuid, ownAccount, ownContact } from "./fleet-parts.ts";
import {
  isOpen,
  pseudonymOf,
  type Sealed,
  saltSchema,
  sealedSchema,
  withoutPersonal,
} from "./personal-data.ts";
import { atOwnWish, put, ruled } from "./ruled.ts";

/** Most contacts of one account. */
export const mostContacts = 1_000;

const person = {
  salt: saltSchema,
  firstName: words(1, 100),
  lastName: words(1, 100),
  email: z.email().max(254),
  phone: words(3, 40),
  locale: z.string().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$/, "A locale is like en-US (BCP 47)."),
};
const openPerson = z.strictObject(person);
const openCustomer = z.strictObject({ ...person, businessName: words(1, 200).nullable().default(null) });
const roles = z
  .array(z.enum(contactRoles))
  .min(1)
  .max(contactRoles.length)
  .refine(list => new Set(list).size === list.length, "The same role stands there twice.");

const addRequest = z.strictObject({
  party: id,
  accountId: id,
  roles,
  personal: z.union([openPerson, sealedSchema]),
});
const changeRequest = z.strictObject({
  party: id,
  contactId: id,
  roles: roles.nullable(),
  /** The new number; `null`: as before. */
  personal: z.union([z.strictObject({ salt: saltSchema, phone: words(3, 40).nullable() }), sealedSchema]),
});
const removeRequest = z.strictObject({ party: id, contactId: id });
const openAccountRequest = z.strictObject({
  party: id,
  /** The account that will manage it. */
  accountId: id,
  kind: z.enum(["person", "organisation"]),
  personal: z.union([openCustomer, sealedSchema]),
});

const add: Command<z.infer<typeof addRequest>> = commandOf({
  name: "fleet.addContact",
  summary: "Enters somebody who speaks for one's own account.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const { party, accountId, personal } = request;
    const account = ownAccount(book, party, accountId);
    if (!account.ok) return account;
    const others = book.about("contact", accountId);
    if (others.length >= mostContacts) {
      return fail("contactsTooMany", "accountId", `An account has at most ${mostContacts} contacts.`);
    }
    if (isOpen(personal) && others.some(({ email }) => email === personal.email)) {
      return fail("contactExists", "personal.email", "The account has a contact with this address already.");
    }
    const entered = withoutPersonal(request);
    const contact: Contact = {
      id: contentUuid({ contact: entered, nth: others.length, atMs }),
      accountId,
      roles: request.roles,
      ...personOf(personal),
      sinceMs: atMs,
    };
    return ruled(
      context,
      { name: add.name, request: entered },
      {
        subject: accountId,
        action: "add contact",
        outcome: "entered",
        reasons: [],
        text: `Contact ${contact.id} speaks for account ${accountId}: ${contact.roles.join(", ")}.`,
        inputs: { contact: contact.id, details: entered.personal.sealed },
      },
      [put("contact", contact)],
    );
  },
});

const change: Command<z.infer<typeof changeRequest>> = commandOf({
  name: "fleet.changeContact",
  summary: "Changes what a contact of one's own account may do, or its number.",
  permission: "fleet",
  decide(request, context) {
    const found = ownContact(context.book, request.party, request.contactId);
    if (!found.ok) return found;
    const entered = withoutPersonal(request);
    const { personal } = request;
    const phone = isOpen(personal) ? personal.phone : null;
    const contact: Contact = {
      ...found.value,
      roles: request.roles ?? found.value.roles,
      phone: phone ?? found.value.phone,
    };
    return ruled(
      context,
      { name: change.name, request: entered },
      {
        subject: contact.accountId,
        action: "change contact",
        outcome: "changed",
        reasons: [],
        text: `Contact ${contact.id} of account ${contact.accountId}: ${contact.roles.join(", ")}.`,
        inputs: { contact: contact.id, details: entered.personal.sealed },
      },
      [put("contact", contact)],
    );
  },
});

const remove: Command<z.infer<typeof removeRequest>> = commandOf({
  name: "fleet.removeContact",
  summary: "Somebody speaks for one's own account no more.",
  permission: "fleet",
  decide(request, context) {
    const found = ownContact(context.book, request.party, request.contactId);
    if (!found.ok) return found;
    const { id: contactId, accountId } = found.value;
    return ruled(
      context,
      { name: remove.name, request },
      {
        subject: accountId,
        action: "remove contact",
        outcome: "removed",
        reasons: [],
        text: `Contact ${contactId} speaks for account ${accountId} no more.`,
        inputs: { contact: contactId },
        ...atOwnWish(context.atMs),
      },
      [{ kind: "contact", id: contactId, document: null }],
    );
  },
});

const openManaged: Command<z.infer<typeof openAccountRequest>> = commandOf({
  name: "fleet.openManagedAccount",
  summary:
    "Enters a customer of one's own, with an account under one's own and a contact. Verifying the customer is the operator's.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const manager = ownAccount(book, request.party, request.accountId);
    if (!manager.ok) return manager;
    if (partiesOf(book, manager.value).length > mostManagers) {
      return fail("managersTooMany", "accountId", `At most ${mostManagers} accounts stand above one.`);
    }
    const { personal, kind } = request;
    const { country } = manager.value;
    const entered = withoutPersonal(request);
    const nth = book.about("account", manager.value.id).length;
    const made = { ...entered, nth, atMs };
    const partyId = contentId("pty", made);
    const who = personOf(personal);
    const party: Party = {
      id: partyId,
      name: nameOf(personal) ?? pseudonymOf(partyId),
      aliases: [],
      ...(who.salt === undefined ? {} : { salt: who.salt }),
      kind,
      country,
      verification: { state: "unverified", method: null, by: null, atMs },
      standing: "clear",
    };
    const accountId = contentId("acc", made);
    const account: Account = {
      id: accountId,
      holder: partyId,
      country,
      state: "open",
      managedBy: manager.value.id,
    };
    const contact: Contact = {
      id: contentUuid({ contact: entered, accountId }),
      accountId,
      roles: ["Admin"],
      ...who,
      sinceMs: atMs,
    };
    const asked = { name: openManaged.name, request: entered };
    return succeed({
      decisions: [
        decisionOf(
          decided(context, asked, {
            subject: partyId,
            action: "register party",
            outcome: "unverified",
            reasons: [],
            text: `A ${kind} of ${country} is entered as party ${partyId}, by account ${manager.value.id}.`,
            inputs: { details: entered.personal.sealed },
          }),
        ),
        decisionOf(
          decided(context, asked, {
            subject: accountId,
            action: "open account",
            outcome: "open",
            reasons: [],
            text: `Account ${accountId} of ${country} is opened for party ${partyId}, managed by ${manager.value.id}.`,
            inputs: { contact: contact.id },
          }),
        ),
      ],
      changes: [put("party", party), put("account", account), put("contact", contact)],
    });
  },
});

type Person = Pick<Contact, "firstName" | "lastName" | "email" | "phone" | "locale" | "salt">;

function personOf(personal: z.infer<typeof openPerson> | z.infer<typeof openCustomer> | Sealed): Person {
  if (!isOpen(personal)) return { firstName: "", lastName: "", email: "", phone: "", locale: "" };
  const { salt, firstName, lastName, email, phone, locale } = personal;
  return { salt, firstName, lastName, email, phone, locale };
}

function nameOf(personal: z.infer<typeof openCustomer> | Sealed): string | null {
  if (!isOpen(personal)) return null;
  return personal.businessName ?? `${personal.firstName} ${personal.lastName}`;
}

/** Commands about contacts and managed accounts, for customers' programs. */
export const fleetAccountCommands: readonly CommandEntry[] = [
  entryOf(add, addRequest),
  entryOf(change, changeRequest),
  entryOf(remove, removeRequest),
  entryOf(openManaged, openAccountRequest),
];
