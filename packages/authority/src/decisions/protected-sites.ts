// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { fail, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { decided } from "./decided.ts";
import type { ProtectedSite } from "./exceptions.ts";
import { ground, id, ids, position, words } from "./request-parts.ts";
import { approvedByTwo } from "./two-persons.ts";

const registerRequest = z.strictObject({
  title: words(3, 200),
  kind: z.enum(["health", "water", "aid", "emergency", "school", "energy"]),
  site: position,
  radiusKm: z.number().positive().max(50),
  terminalIds: ids(0, 1_000).default([]),
  asserter: words(2, 200),
  source: words(2, 500),
});
const removeRequest = z.strictObject({ siteId: id, reason: ground });

/** One person may protect; to take protection away needs two more. */
const register: Command<z.infer<typeof registerRequest>> = commandOf({
  name: "protectedSite.register",
  summary: "Registers a site at which nothing is done without a person who looks.",
  permission: "areas.change",
  decide(request, context) {
    const { book } = context;
    for (const [i, terminalId] of request.terminalIds.entries()) {
      if (book.get("terminal", terminalId) === undefined) {
        return fail("terminalUnknown", `terminalIds[${i}]`, `There is no terminal ${terminalId}.`);
      }
    }
    const site: ProtectedSite = { id: contentId("sit", request), ...request };
    if (book.get("protectedSite", site.id) !== undefined) {
      return fail("siteKnown", "", `That site is registered already, as ${site.id}.`);
    }
    const decision = decided(
      context,
      { name: register.name, request },
      {
        subject: site.id,
        action: "register protected site",
        outcome: "protected",
        reasons: [request.source],
        text: `${request.title} (${request.kind}) is protected, as ${request.asserter} says.`,
      },
    );
    return succeed({
      decisions: [decisionOf(decision)],
      changes: [{ kind: "protectedSite", id: site.id, document: site }],
    });
  },
});

const remove: Command<z.infer<typeof removeRequest>> = commandOf({
  name: "protectedSite.remove",
  summary: "Takes a site's protection away.",
  permission: "areas.change",
  approvalsNeeded: () => 2,
  decide(request, context) {
    const approved = approvedByTwo(context);
    if (!approved.ok) return approved;
    const site = context.book.get("protectedSite", request.siteId);
    if (site === undefined) return fail("siteUnknown", "siteId", `There is no site ${request.siteId}.`);
    const decision = decided(
      context,
      { name: remove.name, request },
      {
        subject: site.id,
        action: "remove protected site",
        outcome: "removed",
        reasons: [request.reason],
        text: `${site.title} is no protected site any more: ${request.reason}`,
      },
    );
    return succeed({
      decisions: [decisionOf(decision)],
      changes: [{ kind: "protectedSite", id: site.id, document: null }],
    });
  },
});

export const protectedSiteCommands: readonly CommandEntry[] = [
  entryOf(register, registerRequest),
  entryOf(remove, removeRequest),
];
