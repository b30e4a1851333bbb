// SPDX-License-Identifier: MIT
import type { Book, Change, RecordKind, RecordKinds } from "../book.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { type NoticeContent, noticeOf } from "../decisions/notices.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";

export const dayMs = 86_400_000;

export type RulingResult = Result<Ruling, AuthorityError<string>>;

/** What a decision says beyond who asked for it and when. */
export type Content = Parameters<typeof decided>[2];

/** Why no notice tells a holder what the holder asked for. */
export const ownWish = "The holder asked for it and can take it back.";

/** Of a decision that takes something from a holder who asked for that. */
export const atOwnWish = (atMs: number): Pick<Decision, "exemption" | "reviewAtMs"> => ({
  exemption: ownWish,
  reviewAtMs: atMs + 365 * dayMs,
});

/** A ruling of one decision. */
export function ruled(
  context: CommandContext,
  asked: Asked,
  content: Content,
  changes: readonly Change[],
): RulingResult {
  return succeed({ decisions: [decisionOf(decided(context, asked, content))], changes });
}

/** A ruling of one decision that takes something from somebody: never without its notice. */
export function ruledWithNotice(
  context: CommandContext,
  asked: Asked,
  content: Content,
  notice: Omit<NoticeContent, "automated"> & { readonly automated?: boolean },
  changes: readonly Change[],
): RulingResult {
  const { decision, change } = noticeOf(decided(context, asked, content), { automated: false, ...notice });
  return succeed({ decisions: [decision], changes: [...changes, change] });
}

/** A record from now on. */
export function put<K extends RecordKind>(kind: K, document: RecordKinds[K]): Change {
  // The compiler cannot see that the union has this very pair.
  return { kind, id: document.id, document } as Change;
}

/** A party that something may be given to: on record, not erased and not under sanctions. */
export function receiver(
  book: Book,
  partyId: string,
  place: string,
): Result<RecordKinds["party"], AuthorityError<string>> {
  const party = named(book, "party", partyId, place);
  if (!party.ok) return party;
  if (party.value.standing === "sanctioned") {
    return fail("partySanctioned", place, `Party ${partyId} is under sanctions.`);
  }
  if (party.value.erasedMs !== undefined) {
    return fail("partyErased", place, `The personal data of ${partyId} were erased.`);
  }
  return party;
}

const called: { readonly [K in RecordKind]?: string } = {
  serviceLine: "service line",
  terminal: "terminal",
  countClaim: "claim",
};

/** A record that a request names, or `<kind>Unknown` with the place. */
export function named<K extends RecordKind>(
  book: Book,
  kind: K,
  id: string,
  place: string,
): Result<RecordKinds[K], AuthorityError<string>> {
  const found = book.get(kind, id);
  if (found !== undefined) return succeed(found);
  return fail(`${kind}Unknown`, place, `There is no ${called[kind] ?? kind} ${id}.`);
}
