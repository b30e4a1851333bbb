// SPDX-License-Identifier: MIT
// What was read from documents, as members of a case. Shapes and not types of intake: a case can be fed by another reader.
import type { CaseClaim, SupplyClaim, SupplyGoods, SupplyNode } from "../records.ts";

/** As much of a proposition as a case keeps. */
export interface ReadProposition {
  readonly id: string;
  readonly predicate: string;
  readonly polarity: "affirmed" | "denied";
  readonly origins: readonly {
    readonly id: string;
    readonly kind: string;
    readonly documents: readonly string[];
  }[];
  readonly assertions: readonly {
    readonly documentId: string;
    readonly statementId: string | null;
    readonly stance: "says" | "denies" | "dismissed";
  }[];
}

/**
 * Propositions as claims. The documents' own words (`narration`) have no access that anybody knows of and count as no
 * origin; a proposition that has no other is left out. One that an origin only waves off is left out as well: a dismissal
 * asserts nothing.
 *
 * @param textOf a proposition in one sentence for people
 */
export function claimsOf<P extends ReadProposition>(
  propositions: readonly P[],
  textOf: (proposition: P) => string,
): readonly CaseClaim[] {
  return propositions.flatMap(proposition => {
    const origins = proposition.origins.filter(({ kind }) => kind !== "narration").map(({ id }) => id);
    const said = proposition.assertions.filter(({ stance }) => stance !== "dismissed");
    if (origins.length === 0 || said.length === 0) return [];
    return {
      id: proposition.id,
      predicate: proposition.predicate,
      text: textOf(proposition).slice(0, 1_000),
      polarity: proposition.polarity === "affirmed" ? "asserted" : "denied",
      origins: [...new Set(origins)],
      statements: [...new Set(said.flatMap(({ statementId }) => statementId ?? []))],
      documents: [...new Set(said.map(({ documentId }) => documentId))],
    };
  });
}

/** As much of a route as a case keeps. */
export interface ReadRoute {
  readonly id: string;
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly carries: SupplyGoods;
    readonly claimant: string | null;
    readonly status: "claimed" | "denied";
    readonly on: { readonly from: string; readonly to: string } | null;
    /** Where it is written. */
    readonly at?: { readonly documentId: string; readonly from: number; readonly to: number };
  }[];
}

/**
 * Routes as claims about edges.
 *
 * @param nodeOf who or what an edge's end is
 * @param sourceOf where it is written down: the document and the place in it
 */
export function supplyOf<R extends ReadRoute>(
  routes: readonly R[],
  nodeOf: (id: string) => SupplyNode,
  sourceOf: (edge: R["edges"][number], route: R) => string,
): readonly SupplyClaim[] {
  return routes.flatMap(route =>
    route.edges.map(edge => ({
      from: nodeOf(edge.from),
      to: nodeOf(edge.to),
      moves: edge.carries,
      claimant: edge.claimant ?? "nobody named",
      stance: edge.status === "denied" ? ("denies" as const) : ("claims" as const),
      origin: edge.claimant ?? sourceOf(edge, route),
      date:
        edge.on === null
          ? null
          : edge.on.from === edge.on.to
            ? edge.on.from
            : `${edge.on.from}/${edge.on.to}`,
      source: sourceOf(edge, route),
      route: route.id,
    })),
  );
}

/** As much of intake's report as a case takes over. */
export interface ReadReport {
  readonly documents: readonly { readonly id: string }[];
  readonly entities: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
  readonly propositions: readonly (ReadProposition & {
    readonly subject: string | null;
    readonly object: string | null;
    readonly via: string | null;
    readonly manner: string | null;
    readonly area: { readonly pin: { readonly name: string }; readonly part: string | null } | null;
  })[];
  readonly routes: readonly ReadRoute[];
}

/** Kinds of entity that are kinds of node as they stand. */
const nodeKinds: { readonly [kind: string]: SupplyNode["kind"] } = {
  ...{ dealer: "dealer", unit: "unit", force: "unit", government: "country" },
};

/** What a case takes over from a set of documents that were read: documents, claims with their origins, supply routes. */
export function membersOf({ documents, entities, propositions, routes }: ReadReport): {
  readonly documents: readonly string[];
  readonly claims: readonly CaseClaim[];
  readonly supply: readonly SupplyClaim[];
} {
  const byId = new Map(entities.map(entity => [entity.id, entity]));
  const nameOf = (id: string): string => (byId.get(id)?.name ?? id).slice(0, 200);
  const nodeOf = (id: string): SupplyNode => {
    const kind = nodeKinds[byId.get(id)?.kind ?? ""] ?? (id.startsWith("country:") ? "country" : "unknown");
    return { id, kind, label: nameOf(id) };
  };
  const claims = claimsOf(propositions, ({ predicate, subject, object, via, manner, area, polarity }) => {
    const place = area === null ? null : `${area.pin.name}${area.part === null ? "" : ` (${area.part})`}`;
    const parts = [
      ...(subject === null ? [] : [nameOf(subject)]),
      `${polarity === "denied" ? "not " : ""}${predicate}`,
      ...(object === null ? [] : [nameOf(object)]),
      ...(place === null ? [] : [`in ${place}`]),
      ...(via === null ? [] : [`via ${nameOf(via)}`]),
      ...(manner === null ? [] : [manner]),
    ];
    return `${parts.join(", ")}.`;
  });
  const supply = supplyOf(routes, nodeOf, ({ at }, { id }) =>
    at === undefined ? id : `${at.documentId}:${at.from}-${at.to}`,
  ).map(claim => ({ ...claim, claimant: nameOf(claim.claimant) }));
  return { documents: documents.map(({ id }) => id), claims, supply };
}
