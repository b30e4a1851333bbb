// SPDX-License-Identifier: MIT
import type { CaseBook, SupplyClaim, SupplyGoods, SupplyNode } from "../records.ts";

/**
 * How far an edge is known. `claimed` and `denied`: somebody says so, and nobody the contrary; `disputed`: both are said;
 * `confirmed`: a record of the operator's own shows it. No number of claims confirms an edge, and no denial removes one.
 */
export type EdgeStatus = "claimed" | "denied" | "disputed" | "confirmed";

/** A record that shows an edge: a link of a chain of custody, an item of evidence. */
export interface EdgeRecord {
  /** Node ids. */
  readonly from: string;
  readonly to: string;
  readonly moves: SupplyGoods;
  /** What shows it, by id. */
  readonly record: string;
  readonly atMs: number;
}

/** One edge with everything that is said and shown of it. */
export interface SupplyEdge {
  readonly from: string;
  readonly to: string;
  readonly moves: SupplyGoods;
  readonly status: EdgeStatus;
  /** Distinct origins, sorted: whoever repeats another adds none. */
  readonly claimedBy: readonly string[];
  readonly deniedBy: readonly string[];
  readonly claims: readonly SupplyClaim[];
  readonly records: readonly EdgeRecord[];
}

/** Edges that are told as one way from a source to a user. */
export interface SupplyRoute {
  readonly id: string;
  readonly edges: readonly SupplyEdge[];
  /** `confirmed` where every edge is; `denied` or `disputed` where some edge is; else `claimed`. */
  readonly status: EdgeStatus;
}

export interface SupplyGraph {
  /** In the order in which they were first named. Nodes of one id are one, by the label first given. */
  readonly nodes: readonly SupplyNode[];
  readonly edges: readonly SupplyEdge[];
  readonly routes: readonly SupplyRoute[];
}

/**
 * The ways that terminals, accounts, payments and service are said to go, and those that records show.
 *
 * @param records edges between the same node ids; see {@link custodyRecords}
 */
export function supplyGraph(
  claims: readonly SupplyClaim[],
  records: readonly EdgeRecord[] = [],
): SupplyGraph {
  const nodes = new Map<string, SupplyNode>();
  for (const { from, to } of claims) {
    for (const node of [from, to]) if (!nodes.has(node.id)) nodes.set(node.id, node);
  }
  for (const { from, to } of records) {
    for (const id of [from, to]) if (!nodes.has(id)) nodes.set(id, { id, kind: "unknown", label: id });
  }
  const drafts = new Map<string, { claims: SupplyClaim[]; records: EdgeRecord[] }>();
  const draftOf = (from: string, to: string, moves: SupplyGoods) => {
    const key = JSON.stringify([from, to, moves]);
    let draft = drafts.get(key);
    if (draft === undefined) {
      draft = { claims: [], records: [] };
      drafts.set(key, draft);
    }
    return draft;
  };
  for (const claim of claims) draftOf(claim.from.id, claim.to.id, claim.moves).claims.push(claim);
  for (const record of records) draftOf(record.from, record.to, record.moves).records.push(record);
  const edges = [...drafts].map(([key, draft]) => {
    const [from, to, moves] = JSON.parse(key) as [string, string, SupplyGoods];
    return edgeOf(from, to, moves, draft);
  });
  const named = [...new Set(claims.flatMap(({ route }) => route ?? []))];
  const routes = named.map(id => {
    const own = edges.filter(edge => edge.claims.some(({ route }) => route === id));
    return { id, edges: own, status: routeStatus(own) };
  });
  return { nodes: [...nodes.values()], edges, routes };
}

function edgeOf(
  from: string,
  to: string,
  moves: SupplyGoods,
  { claims, records }: { readonly claims: readonly SupplyClaim[]; readonly records: readonly EdgeRecord[] },
): SupplyEdge {
  const origins = (stance: SupplyClaim["stance"]): readonly string[] =>
    [...new Set(claims.filter(claim => claim.stance === stance).map(({ origin }) => origin))].sort();
  const claimedBy = origins("claims");
  const deniedBy = origins("denies");
  const status =
    records.length > 0
      ? "confirmed"
      : deniedBy.length === 0
        ? "claimed"
        : claimedBy.length === 0
          ? "denied"
          : "disputed";
  return { from, to, moves, status, claimedBy, deniedBy, claims, records };
}

function routeStatus(edges: readonly SupplyEdge[]): EdgeStatus {
  const statuses = new Set(edges.map(({ status }) => status));
  if (edges.length > 0 && [...statuses].every(status => status === "confirmed")) return "confirmed";
  if (statuses.has("denied")) return "denied";
  return statuses.has("disputed") ? "disputed" : "claimed";
}

const handOvers: ReadonlySet<string> = new Set(["sale", "transfer", "donation"]);

/**
 * What the chains of custody of some terminals show of who handed goods to whom.
 *
 * @param nodeOf the node of the graph that a party is, where a person has tied them; `null` leaves the link out, because
 *   a name in a report that looks like a party's is not that party
 */
export function custodyRecords(
  book: CaseBook,
  terminalIds: Iterable<string>,
  nodeOf: (partyId: string) => string | null,
): readonly EdgeRecord[] {
  const found: EdgeRecord[] = [];
  for (const terminalId of new Set(terminalIds)) {
    for (const event of book.about("custody", terminalId)) {
      if (event.terminalId !== terminalId || !handOvers.has(event.step)) continue;
      const from = event.fromParty === null ? null : nodeOf(event.fromParty);
      const to = event.toParty === null ? null : nodeOf(event.toParty);
      if (from === null || to === null) continue;
      found.push({ from, to, moves: "goods", record: event.id, atMs: event.atMs });
    }
  }
  return found;
}
