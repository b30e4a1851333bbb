// SPDX-License-Identifier: MIT
// The part of the HTTP contract for customers: what is theirs, what was decided about them, and what they may do.
import { z } from "zod";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

/** What a customer was told about a restriction. */
export const portalNotice = z.object({
  id: z.string(),
  subject: z.string(),
  at: instant,
  facts: z.string(),
  rule: z.string(),
  evidence: z.array(z.string()),
  automated: z.boolean(),
  howToAppeal: z.string(),
  reviewAt: instant,
  appealUntil: instant,
  appeal: z
    .object({
      id: z.string(),
      state: z.enum(["open", "upheld", "reversed", "withdrawn"]),
      at: instant,
      dueAt: instant,
      lifeCritical: z.boolean(),
      answer: z.string().nullable(),
    })
    .nullable(),
});

export const portal = z.object({
  party: z.object({ id: z.string(), name: z.string() }),
  accounts: z.array(
    z.object({
      id: z.string(),
      country: z.string(),
      state: z.enum(["open", "closed"]),
      managedBy: z.string().nullable(),
    }),
  ),
  lines: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      plan: z.string(),
      nickname: z.string(),
      state: z.enum(["active", "paused", "ended"]),
      terminalId: z.string().nullable(),
      address: z.object({ latDeg: z.number(), lonDeg: z.number() }).nullable(),
      since: instant,
    }),
  ),
  terminals: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      since: instant,
      marks: z.array(z.string()),
      serviceLineId: z.string().nullable(),
      as: z.array(z.enum(["holder", "account", "user", "donor"])),
      now: z
        .object({
          outcome: z.string(),
          reason: z.string(),
          sentence: z.string(),
          remedy: z.string().nullable(),
        })
        .nullable()
        .meta({
          description: "What was last decided about it; null: nothing yet, or not this party's to know",
        }),
    }),
  ),
  notices: z.array(portalNotice),
  decisions: z.array(
    z.object({
      id: z.string(),
      at: instant,
      subject: z.string(),
      action: z.string(),
      outcome: z.string(),
      reasons: z.array(z.string()),
      text: z.string(),
      noticeId: z.string().nullable(),
      expiresAt: instant.nullable(),
      reviewAt: instant.nullable(),
    }),
  ),
  possible: z
    .array(z.object({ command: z.string(), subject: z.string(), sentence: z.string() }))
    .meta({ description: "Commands under /v1/portal/commands that make sense now" }),
});

export type Portal = z.infer<typeof portal>;
export type PortalNotice = z.infer<typeof portalNotice>;
