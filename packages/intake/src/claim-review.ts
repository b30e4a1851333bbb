// SPDX-License-Identifier: MIT
import type { IntakeReport } from "./report.ts";

/** A schema.org ClaimReview (schema.org/ClaimReview). No rating is given: reading documents settles no claim. */
export interface ClaimReview {
  readonly "@context": "https://schema.org";
  readonly "@type": "ClaimReview";
  readonly claimReviewed: string;
  readonly author: { readonly "@type": "Organization"; readonly name: string };
  readonly datePublished: string;
  readonly itemReviewed: {
    readonly "@type": "Claim";
    readonly author: readonly { readonly "@type": "Person" | "Organization"; readonly name: string }[];
    readonly datePublished?: string;
    readonly firstAppearance: Appearance;
    readonly appearance: readonly Appearance[];
  };
  readonly reviewBody: string;
}

/** Where a claim is printed. */
export interface Appearance {
  readonly "@type": "CreativeWork";
  readonly identifier: string;
  readonly name?: string;
  readonly datePublished?: string;
  readonly publisher?: { readonly "@type": "Organization"; readonly name: string };
}

/**
 * The propositions of a report that somebody asserts, as ClaimReview objects.
 *
 * @param reviewer whose review it is.
 * @param datePublished ISO date of the review.
 */
export function claimReviews(report: IntakeReport, reviewer: string, datePublished: string): ClaimReview[] {
  const documents = new Map(report.documents.map(d => [d.id, d]));
  const names = new Map(report.entities.map(e => [e.id, e]));
  const nameOf = (id: string): string => names.get(id)?.name ?? id.replace(/^[a-z]+:/, "");
  const text = new Map(report.statements.map(s => [s.id, s.text]));
  return report.propositions.flatMap(p => {
    const asserted = p.assertions.filter(a => a.claimant !== null && a.stance !== "dismissed");
    if (asserted.length === 0) return [];
    const appearance = [...new Set(asserted.map(a => a.documentId))].map((id): Appearance => {
      const d = documents.get(id)!;
      return {
        "@type": "CreativeWork",
        identifier: id,
        ...(d.name === null ? {} : { name: d.name }),
        ...(d.published?.precision === "day" ? { datePublished: d.published.from } : {}),
        ...(d.publisher === null
          ? {}
          : { publisher: { "@type": "Organization", name: d.publisher } as const }),
      };
    });
    const dateOf = (a: Appearance): string => documents.get(a.identifier)?.published?.from ?? "9999";
    const first = [...appearance].sort((a, b) =>
      dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0,
    )[0]!;
    const said = asserted.map(a => a.saidOn).find(d => d?.precision === "day")?.from;
    const claimants = [...new Set(asserted.map(a => a.claimant!))];
    return [
      {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        claimReviewed:
          text.get(asserted[0]!.statementId ?? "") ??
          `${p.polarity === "denied" ? "not " : ""}${p.predicate}`,
        author: { "@type": "Organization", name: reviewer },
        datePublished,
        itemReviewed: {
          "@type": "Claim",
          author: claimants.map(id => ({
            "@type": names.get(id)?.kind === "person" ? "Person" : "Organization",
            name: nameOf(id),
          })),
          ...(said === undefined ? {} : { datePublished: said }),
          firstAppearance: first,
          appearance,
        },
        reviewBody: `Read, not verified: ${p.grade.independentOrigins} independent ${p.grade.independentOrigins === 1 ? "origin" : "origins"}; credibility ${p.grade.credibility} (${p.grade.why}).`,
      } satisfies ClaimReview,
    ];
  });
}
