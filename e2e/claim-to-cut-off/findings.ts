// SPDX-License-Identifier: MIT
// From what is on the table about one terminal to what an investigator may find. Nothing here knows who anybody really is.
import type { Finding } from "@perigee/authority";
import type { Mitigation } from "@perigee/casework";
import type { Proof } from "./identity.ts";
import type { Located } from "./rounds.ts";
import type { Sighting } from "./sighting.ts";

/** What is known of a candidate once everything was measured. */
export interface Table {
  readonly terminalId: string;
  /** Pairs of rounds in which it was measured. */
  readonly located: readonly Located[];
  readonly sightings: readonly Sighting[];
  readonly mitigations: readonly Mitigation[];
  /** Whether it is the protected site's own, and not just near one. */
  readonly servesProtectedSite: boolean;
  /** Asked to prove itself where it was heard; `null`: nobody had a reason to ask. */
  readonly proof: Proof | null;
}

export interface Weighed {
  readonly verdict: Finding["verdict"];
  /** What the finding rests on: the operator's own measurements, or what others saw. */
  readonly rests: "measurement" | "origins";
  /** What ties it to this very terminal. */
  readonly binding: "network trace" | "number in an offer" | "number in photographs" | null;
  readonly why: string;
}

/** What speaks for a terminal so much that its holder is heard before anything is found. */
const spokenFor: ReadonlySet<Mitigation["kind"]> = new Set([
  "allowList",
  "siteException",
  "donation",
  "sponsorship",
]);

/**
 * Weighs one candidate. `null`: there is nothing about it but that it is there.
 *
 * Being behind the line is nothing against anybody, nor is a number in a stolen picture, nor a wrong place by itself: around a
 * front half of all receivers are jammed. It takes a false word about the place and the measured place behind the line,
 * or the number shown by a dealer and the measured place behind the line; and without measurements two witnesses, each with
 * access of their own, who name the number.
 */
export function weigh({
  located,
  sightings,
  mitigations,
  servesProtectedSite,
  proof,
}: Table): Weighed | null {
  const falsely = located.filter(({ finding }) => finding.verdict === "inconsistent");
  const behind = located.filter(({ side }) => side === "behind");
  const found = (verdict: Weighed["verdict"], why: string, more: Partial<Weighed> = {}): Weighed => ({
    ...{ verdict, rests: located.length > 0 ? "measurement" : "origins", binding: null, why },
    ...more,
  });
  if (falsely.length === 0 && sightings.length === 0) return null;
  if (servesProtectedSite || mitigations.some(({ kind }) => spokenFor.has(kind)))
    return found("inconclusive", "The record speaks for it: its holder is heard before anything is found.");
  if (located.some(({ side }) => side === "near"))
    return found(
      "notConfirmed",
      "It was measured on the near side: it is deceived itself, or its picture was taken.",
    );
  // Who says that it is behind the line gains nothing by it: a wrong place there is no false word.
  const isHidden = falsely.some(({ side, saysBehind }) => side === "behind" && !saysBehind);
  if (isHidden && proof?.state === "proved")
    return found(
      "confirmed",
      "It says that it is on the near side, and was measured behind the line in two rounds.",
      {
        binding: "network trace",
      },
    );
  const offers = sightings.filter(({ kind }) => kind === "offer");
  if (behind.length > 0 && offers.length > 0)
    return found("confirmed", "A dealer offers it by its number, and it was measured behind the line.", {
      binding: "number in an offer",
    });
  const witnesses = new Set(
    sightings.filter(({ kind }) => kind === "photograph").map(({ origin }) => origin),
  );
  if (located.length === 0 && witnesses.size >= 2)
    return found("confirmed", "Two witnesses, each by themselves, name its number from behind the line.", {
      binding: "number in photographs",
    });
  return found("inconclusive", "What is on the table is not tied to this very terminal behind the line.");
}
