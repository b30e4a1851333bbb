// SPDX-License-Identifier: MIT
import { canonicalise } from "@perigee/ledger";
import { z } from "zod";
import type { Book } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentHash, contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { dateOf } from "../decisions/notices.ts";
import { ground, id, instantMs } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { type AreaRules, checkPolicyAfter, radiusOfRuling } from "./area-rules.ts";
import { sealableLists } from "./policy-in-force.ts";
import { isEnforced, type SealedPolicy } from "./sealed-policy.ts";

const dayMs = 86_400_000;
/** A policy stays secret this long at most before somebody decides about that again. */
export const longestSealMs = 90 * dayMs;

const contentShape = z.strictObject(
  Object.fromEntries(sealableLists.map(name => [name, z.array(z.unknown()).max(1_000).optional()])),
);
/** The ledger keeps a hash of it, which the salt protects like the commitment. */
const draftRequest = z.strictObject({
  /** Lists of a policy document that are added to the policy. */
  content: contentShape,
  /** 256 random bits, drawn by whoever seals. */
  salt: z.string().regex(/^[0-9a-f]{64}$/, "Expected 64 hexadecimal digits."),
  reviewMs: instantMs,
  reason: ground,
});
const ofSealed = z.strictObject({ sealedPolicyId: id, reason: ground });

/** SHA-256 of the canonical JSON (RFC 8785) of `{"content": …, "salt": …}`, hexadecimal. */
export function commitmentOf(content: unknown, salt: string): string {
  return contentHash({ content, salt });
}

/** Whether what was revealed is what was committed to. */
export function isAsCommitted({
  commitment,
  content,
  salt,
}: Pick<SealedPolicy, "commitment" | "content" | "salt">): boolean {
  return commitmentOf(content, salt) === commitment;
}

/** What everybody may see of a sealed policy: everything but content and salt, until they are revealed. */
export function publishedSeal(sealed: SealedPolicy): SealedPolicy | Omit<SealedPolicy, "content" | "salt"> {
  if (sealed.revealedMs !== null) return sealed;
  const { content: _, salt: __, ...open } = sealed;
  return open;
}

/** The territories and areas about which something is enforced that is not published. */
export function sealedTerritories(book: Book): ReadonlySet<string> {
  const found = new Set<string>();
  for (const sealed of book.all("sealedPolicy")) {
    if (!isEnforced(sealed) || sealed.revealedMs !== null) continue;
    const lists = sealed.content as { readonly [list: string]: readonly Named[] | undefined };
    for (const item of sealableLists.flatMap(name => lists[name] ?? [])) {
      if (item.territory !== undefined) found.add(item.territory);
      for (const territory of item.territories ?? []) found.add(territory);
      // A zone of cells has no name of its own: the cells themselves are what is not published.
      for (const cell of item.cells ?? []) found.add(cell);
    }
  }
  return found;
}

interface Named {
  readonly territory?: string;
  readonly territories?: readonly string[];
  readonly cells?: readonly string[];
}

/**
 * Rules that are enforced before they are published. A draft commits to them; two persons put it in force without the
 * ledger seeing more than the commitment; revealed, anybody can check it.
 */
export function sealedPolicyCommands(rules: AreaRules): readonly CommandEntry[] {
  const draft = commandOf<z.infer<typeof draftRequest>>({
    name: "sealedPolicy.draft",
    summary: "Commits to rules whose content is not published yet; nothing is enforced.",
    permission: "areas.change",
    decide(request, context) {
      const { content, salt, reviewMs, reason } = request;
      const { atMs, book } = context;
      const checkedMs = checkReview(reviewMs, atMs);
      if (!checkedMs.ok) return checkedMs;
      if (book.get("policy", "policy") === undefined) {
        return fail("policyMissing", "", "There is no policy yet to which anything could be added.");
      }
      const text = canonicalise(content);
      if (!text.ok) return fail("contentInvalid", `content${text.error.place}`, text.error.message);
      const commitment = commitmentOf(content, salt);
      const document: SealedPolicy = {
        id: contentId("sea", { commitment }),
        ...{ commitment, reviewMs, reason, content, salt },
        sealedMs: atMs,
        revealedMs: null,
        inForceMs: null,
        endedMs: null,
      };
      if (book.get("sealedPolicy", document.id) !== undefined) {
        return fail("sealKnown", "content", "That content is sealed with that salt already.");
      }
      // A draft that could not be put in force is worth nothing.
      const possible = checkPolicyAfter(context, [changed({ ...document, inForceMs: atMs })], rules);
      if (!possible.ok) return possible;
      const asked = { name: "sealedPolicy.draft", request };
      return succeed(said(context, asked, document, "commit to sealed policy", "drafted", reason));
    },
  });

  const seal = act("sealedPolicy.seal", "Puts a sealed draft in force.", 2, "inForce", (before, { atMs }) => {
    if (before.inForceMs !== null)
      return fail("sealState", "sealedPolicyId", "It is or was in force already.");
    return succeed({ ...before, inForceMs: atMs });
  });
  const reveal = act(
    "sealedPolicy.reveal",
    "Publishes what was sealed.",
    0,
    "revealed",
    (before, { atMs }) => {
      if (before.revealedMs !== null) return fail("sealState", "sealedPolicyId", "It is published already.");
      return succeed({ ...before, revealedMs: atMs });
    },
  );
  const end = act(
    "sealedPolicy.end",
    "Ends what was sealed and enforced.",
    2,
    "ended",
    (before, { atMs }) => {
      if (!isEnforced(before)) return fail("sealState", "sealedPolicyId", "It is not in force.");
      return succeed({ ...before, endedMs: atMs });
    },
  );

  function act(
    name: string,
    summary: string,
    approvals: 0 | 2,
    outcome: string,
    change: (before: SealedPolicy, context: CommandContext) => Result<SealedPolicy, AuthorityError<string>>,
  ) {
    function rule(
      request: z.infer<typeof ofSealed>,
      context: CommandContext,
    ): Result<Ruling, AuthorityError<string>> {
      const before = context.book.get("sealedPolicy", request.sealedPolicyId);
      if (before === undefined)
        return fail("sealUnknown", "sealedPolicyId", "There is no such sealed policy.");
      const after = change(before, context);
      if (!after.ok) return after;
      return succeed(said(context, { name, request }, after.value, name, outcome, request.reason));
    }
    return commandOf<z.infer<typeof ofSealed>>({
      name,
      summary,
      permission: "areas.change",
      approvalsNeeded: () => approvals,
      blastRadius: (request, context) =>
        approvals === 0 ? null : radiusOfRuling(context, rule(request, context), rules),
      decide(request, context) {
        if (approvals > 0) {
          const approved = approvedByTwo(context);
          if (!approved.ok) return approved;
        }
        const ruling = rule(request, context);
        if (!ruling.ok) return ruling;
        const possible = checkPolicyAfter(context, ruling.value.changes, rules);
        return possible.ok ? ruling : possible;
      },
    });
  }

  return [
    entryOf(draft, draftRequest),
    entryOf(seal, ofSealed),
    entryOf(reveal, ofSealed),
    entryOf(end, ofSealed),
  ];
}

/** Sealed policies that are not revealed although the day of their review has come. */
export function dueSeals(book: Book, atMs: number): readonly SealedPolicy[] {
  return [...book.all("sealedPolicy")]
    .filter(sealed => isEnforced(sealed) && sealed.revealedMs === null && sealed.reviewMs <= atMs)
    .sort((a, b) => a.reviewMs - b.reviewMs);
}

function checkReview(reviewMs: number, atMs: number): Result<null, AuthorityError<"reviewInvalid">> {
  if (reviewMs > atMs && reviewMs <= atMs + longestSealMs) return succeed(null);
  return fail(
    "reviewInvalid",
    "reviewMs",
    `It is looked at again by ${dateOf(atMs + longestSealMs)} at the latest.`,
  );
}

function changed(document: SealedPolicy) {
  return { kind: "sealedPolicy", id: document.id, document } as const;
}

function said(
  context: CommandContext,
  asked: Asked,
  document: SealedPolicy,
  action: string,
  outcome: string,
  reason: string,
): Ruling {
  const { id, commitment, revealedMs, reviewMs, content, salt } = document;
  const revealed = revealedMs === null ? "" : ` Its content is published; the salt is ${salt}.`;
  const decision = decided(context, asked, {
    subject: id,
    action,
    outcome,
    reasons: [reason],
    text: `${context.actor.name}: sealed policy ${id} (${outcome}), committed to as ${commitment}.${revealed} ${reason}`,
    inputs: {
      commitment,
      ...(revealedMs === null ? {} : { salt, content: contentHash(content) }),
    },
    reviewAtMs: reviewMs,
  });
  return { decisions: [decisionOf(decision)], changes: [changed(document)] };
}
