// SPDX-License-Identifier: MIT
import type {
  CountClaimRow,
  PartyRow,
  ResellerRow,
  ScreeningRow,
  ServiceLineRow,
  SponsorshipRow,
} from "../../data/records-shapes.ts";
import { count } from "../../format/number.ts";
import { date } from "../../format/time.ts";
import type { MarkTone } from "../../ui/mark.tsx";

export const VERIFICATIONS: Record<PartyRow["verification"]["state"], string> = {
  verified: "Verified",
  unverified: "Not verified yet",
  failed: "Could not be verified",
};
export const VERIFICATION_TONES: Record<PartyRow["verification"]["state"], MarkTone> = {
  verified: "ok",
  unverified: "wait",
  failed: "bad",
};

export const JUDGEMENTS: Record<ScreeningRow["judgement"], string> = {
  open: "Nobody has looked",
  clear: "Nothing found",
  notTheSame: "Not the same",
  unsure: "Unsure",
  confirmed: "Confirmed",
};
export const JUDGEMENT_TONES: Record<ScreeningRow["judgement"], MarkTone> = {
  open: "wait",
  clear: "ok",
  notTheSame: "ok",
  unsure: "warn",
  confirmed: "bad",
};

export const LINE_STATES: Record<ServiceLineRow["state"], string> = {
  active: "Active",
  paused: "Paused",
  ended: "Ended",
};
export const LINE_TONES: Record<ServiceLineRow["state"], MarkTone> = {
  active: "ok",
  paused: "wait",
  ended: "mute",
};

/** Each rule by which a name on a list was found, in words for whoever has to judge. */
const RULES: Readonly<Record<string, string>> = {
  sameWord: "the same word",
  sameSound: "it sounds the same",
  sameConsonants: "the same consonants",
  similarSpelling: "a few letters differ",
  initial: "an initial that fits",
};

export function ruleWords(rule: string): string {
  return Object.hasOwn(RULES, rule) ? (RULES[rule] ?? rule) : rule;
}

/** Where a sponsorship stands: it pays, it is about to end, service goes on after it, or it has lapsed. */
export function sponsorshipState(
  { endsMs, noticeGivenMs, lapsedMs }: SponsorshipRow,
  nowMs: number,
): readonly [tone: MarkTone, words: string] {
  if (lapsedMs !== undefined) return ["mute", "Lapsed; the holders pay"];
  if (endsMs === null) return ["ok", "Pays, no end"];
  if (nowMs >= endsMs) return ["warn", "Ended; service goes on"];
  return noticeGivenMs === undefined ? ["wait", "Ends; holders not told"] : ["warn", "Ends; holders told"];
}

/** Whether those who counted disagree, and between which figures. */
export function countSpread(claims: readonly CountClaimRow[]): string | null {
  const counts = claims.map(claim => claim.count);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return counts.length < 2 || least === most ? null : `${count(least)} to ${count(most)}`;
}

/** What a statement about resellers says, in a sentence; a negative carries its date. */
export function resellerSentence({
  party,
  authorised,
  territory,
  locality,
  fromMs,
  toMs,
}: ResellerRow): string {
  const where = locality === null ? territory : `${locality} (${territory})`;
  const when = toMs === null ? `since ${date(fromMs)}` : `from ${date(fromMs)} to ${date(toMs)}`;
  if (party === null) return `No reseller is authorised in ${where}, ${when}.`;
  return authorised
    ? `${party} is authorised in ${where}, ${when}.`
    : `${party} is not authorised in ${where}, ${when}.`;
}
