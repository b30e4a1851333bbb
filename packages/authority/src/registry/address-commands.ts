// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { id, position, words } from "../decisions/request-parts.ts";
import { fail } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import type { Address } from "./address.ts";
import { lineChanges } from "./binding.ts";
import { contentUuid, ownAccount, ownAddress } from "./fleet-parts.ts";
import { isOpen, saltSchema, sealedSchema, withoutPersonal } from "./personal-data.ts";
import { put, ruled } from "./ruled.ts";

/** Most addresses of one account. */
export const mostAddresses = 100_000;

const part = words(1, 200).nullable().default(null);
const openPlace = z.strictObject({
  salt: saltSchema,
  lines: z.array(words(1, 200)).min(1).max(10),
  locality: part,
  administrativeArea: part,
  administrativeAreaCode: part,
  region: part,
  regionCode: part,
  postalCode: part,
  metadata: words(1, 2_000).nullable().default(null),
  formatted: words(1, 500),
  position,
});
const place = z.union([openPlace, sealedSchema]);

const addRequest = z.strictObject({ party: id, accountId: id, personal: place });
const changeRequest = z.strictObject({ party: id, addressId: id, personal: place });

const add: Command<z.infer<typeof addRequest>> = commandOf({
  name: "fleet.addAddress",
  summary: "Enters a place at which one's own account may have service.",
  permission: "fleet",
  decide(request, context) {
    const { book, atMs } = context;
    const account = ownAccount(book, request.party, request.accountId);
    if (!account.ok) return account;
    const nth = book.about("address", request.accountId).length;
    if (nth >= mostAddresses) {
      return fail("addressesTooMany", "accountId", `An account has at most ${mostAddresses} addresses.`);
    }
    const entered = withoutPersonal(request);
    const address: Address = {
      id: contentUuid({ address: entered, nth, atMs }),
      accountId: request.accountId,
      ...placeOf(request.personal),
      sinceMs: atMs,
    };
    return ruled(
      context,
      { name: add.name, request: entered },
      {
        subject: request.accountId,
        action: "add address",
        outcome: "entered",
        reasons: [],
        text: `Address ${address.id} is entered for account ${request.accountId}.`,
        inputs: { address: address.id, place: entered.personal.sealed },
      },
      [put("address", address)],
    );
  },
});

const change: Command<z.infer<typeof changeRequest>> = commandOf({
  name: "fleet.changeAddress",
  summary: "Changes one's own address, and the service address of every line at it.",
  permission: "fleet",
  decide(request, context) {
    const { book } = context;
    const found = ownAddress(book, request.party, request.addressId);
    if (!found.ok) return found;
    const entered = withoutPersonal(request);
    const { salt: _, ...before } = found.value;
    const address: Address = { ...before, ...placeOf(request.personal) };
    const lines = book.about("serviceLine", address.id).filter(line => line.addressId === address.id);
    return ruled(
      context,
      { name: change.name, request: entered },
      {
        subject: address.accountId,
        action: "change address",
        outcome: "changed",
        reasons: [],
        text: `Address ${address.id} is another place from now on, for ${lines.length} service lines.`,
        inputs: { address: address.id, place: entered.personal.sealed },
      },
      [
        put("address", address),
        ...lines.flatMap(line => lineChanges(book, { ...line, serviceAddress: address.position })),
      ],
    );
  },
});

function placeOf(personal: z.infer<typeof place>): Omit<Address, "id" | "accountId" | "sinceMs"> {
  if (isOpen(personal)) return personal;
  return {
    lines: [],
    locality: null,
    administrativeArea: null,
    administrativeAreaCode: null,
    region: null,
    regionCode: null,
    postalCode: null,
    metadata: null,
    formatted: "",
    position: null,
  };
}

/** Commands about the places at which accounts have service. */
export const addressCommands: readonly CommandEntry[] = [
  entryOf(add, addRequest),
  entryOf(change, changeRequest),
];
