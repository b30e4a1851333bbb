// SPDX-License-Identifier: MIT
import { z } from "zod";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { decisionOf } from "../decision.ts";
import { fail, succeed } from "../result.ts";
import { type Command, commandOf } from "../ruling.ts";
import { decided } from "./decided.ts";
import { appealTermMs } from "./notices.ts";
import { ground, id } from "./request-parts.ts";

const releaseRequest = z.strictObject({ noticeId: id, reason: ground });

/** Tells a party what an exemption kept back. Its time to appeal begins now, for before it could not. */
const release: Command<z.infer<typeof releaseRequest>> = commandOf({
  name: "notice.release",
  summary: "Tells a party about a restriction that was kept back until now.",
  permission: "orders.request",
  decide(request, context) {
    const notice = context.book.get("notice", request.noticeId);
    if (notice === undefined) {
      return fail("noticeUnknown", "noticeId", `There is no notice ${request.noticeId}.`);
    }
    if (notice.exemption === null) return fail("noticeTold", "noticeId", "The party has been told already.");
    const appealUntilMs = context.atMs + appealTermMs;
    const decision = decided(
      context,
      { name: release.name, request },
      {
        subject: notice.subject,
        action: "release notice",
        outcome: "told",
        reasons: [request.reason],
        text: `The party concerned is told now what was decided about ${notice.subject}. ${request.reason}`,
        noticeId: notice.id,
        appealUntilMs,
      },
    );
    const document = { ...notice, exemption: null, appealUntilMs };
    return succeed({
      decisions: [decisionOf(decision)],
      changes: [{ kind: "notice", id: notice.id, document }],
    });
  },
});

export const noticeCommands: readonly CommandEntry[] = [entryOf(release, releaseRequest)];
