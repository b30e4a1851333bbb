// SPDX-License-Identifier: MIT
import { contentHash } from "@perigee/authority";
import { type CaseClaim, membersOf, type SupplyClaim } from "@perigee/casework";
import type { IntakeReport } from "@perigee/intake";

/** What a case takes over from a reading, under ids that another reading gives the same things. */
export interface ReadMembers {
  readonly claims: readonly CaseClaim[];
  readonly supply: readonly SupplyClaim[];
  /** Claim of each proposition, by the proposition's id. */
  readonly claimOf: ReadonlyMap<string, string>;
}

/**
 * A reading numbers its propositions; a case is read again with each document that comes in. A claim's id is therefore made
 * of what is claimed (`clm_…`) and, after a dot, of who is on record for it and where: an addition that changes only the
 * latter is another row of the same claim.
 */
export function readMembers(report: IntakeReport): ReadMembers {
  const members = membersOf(report);
  const claimOf = new Map<string, string>();
  const said = new Map(report.propositions.map(proposition => [proposition.id, proposition]));
  const claims = members.claims.map(claim => {
    const { predicate, subject, object, via, manner, polarity, area } = said.get(claim.id)!;
    const where = area === null ? null : [area.pin.id, area.part];
    const what = contentHash({ predicate, subject, object, via, manner, polarity, where }).slice(0, 24);
    const whence = contentHash([claim.origins.toSorted(), claim.documents.toSorted()]).slice(0, 8);
    const id = `clm_${what}.${whence}`;
    claimOf.set(claim.id, claimKey(id));
    return fitClaim({ ...claim, id });
  });
  return { claims, supply: members.supply.map(fitSupply), claimOf };
}

/** What is claimed, whoever says it: the part of a claim's id before the dot. */
export const claimKey = (id: string): string => id.split(".", 1)[0]!;

/**
 * Claims as they are shown: rows of one claim as one, with everybody on record for it. Later rows hold what earlier ones
 * held and more, except where a document was joined by others in between: so origins and documents are put together.
 */
export function joinedClaims(claims: readonly CaseClaim[]): CaseClaim[] {
  const byKey = Map.groupBy(claims, ({ id, polarity }) => `${claimKey(id)} ${polarity}`);
  return [...byKey.values()].map(rows => {
    const last = rows.at(-1)!;
    const all = (list: "origins" | "statements" | "documents"): string[] => [
      ...new Set(rows.flatMap(row => row[list])),
    ];
    return {
      ...last,
      id: claimKey(last.id),
      ...{ origins: all("origins"), statements: all("statements"), documents: all("documents") },
    };
  });
}

/** Text as a record takes it: whole characters, no white space at its ends, no longer than `most`. */
export function fit(text: string, most: number): string {
  return text.toWellFormed().slice(0, most).toWellFormed().trim() || "(nothing legible)";
}

function fitClaim({ text, origins, statements, documents, ...claim }: CaseClaim): CaseClaim {
  const ids = (list: readonly string[], most: number): string[] =>
    [...new Set(list.map(id => fit(id, 200)))].slice(0, most);
  return {
    ...claim,
    text: fit(text, 1_000),
    ...{ origins: ids(origins, 200), statements: ids(statements, 1_000), documents: ids(documents, 1_000) },
  };
}

function fitSupply(claim: SupplyClaim): SupplyClaim {
  const node = ({ id, kind, label }: SupplyClaim["from"]): SupplyClaim["from"] => ({
    ...{ id: fit(id, 200), kind, label: fit(label, 200) },
  });
  return {
    ...claim,
    ...{ from: node(claim.from), to: node(claim.to), claimant: fit(claim.claimant, 200) },
    ...{ origin: fit(claim.origin, 200), source: fit(claim.source, 200) },
  };
}
