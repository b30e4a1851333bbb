// SPDX-License-Identifier: MIT
import type { Word } from "../names/lexicon.ts";
import type { NameMention } from "../names/mentions.ts";
import type { Assertion, PlaceMention, Route, RouteEdge } from "../report.ts";
import type { IntakeTables } from "../tables/intake-tables.ts";

/** A sentence that may speak of a route. */
export interface RouteSentence {
  readonly words: readonly Word[];
  readonly mentions: readonly NameMention[];
  readonly places: readonly PlaceMention[];
  readonly assertion: Pick<Assertion, "documentId" | "from" | "to" | "claimant" | "saidOn">;
  readonly negated: boolean;
}

/**
 * Routes of supply that sentences claim or deny, as edges of a graph. Nothing read in a document is confirmed:
 * that takes evidence and a case.
 */
export function routesIn(sentences: readonly RouteSentence[], tables: IntakeTables): Route[] {
  const edges = new Map<string, RouteEdge[]>();
  const starts = new Set(tables.routes.flatMap(row => row.words.map(w => w.split(" ")[0]!)));
  for (const s of sentences) {
    if (!s.words.some(w => starts.has(w.low))) continue;
    const text = ` ${s.words.map(w => w.low).join(" ")} `;
    for (const row of tables.routes) {
      const hit = row.words.find(w => text.includes(` ${w} `));
      if (hit === undefined || (row.needs !== undefined && !row.needs.some(w => text.includes(` ${w} `))))
        continue;
      const edge = edgeOf(s, row, hit, text);
      if (edge !== null) edges.set(row.id, [...(edges.get(row.id) ?? []), edge]);
    }
  }
  return tables.routes
    .filter(row => edges.has(row.id))
    .map(({ id, name, hypotheses }) => {
      const all = edges.get(id)!;
      const claimed = all.some(e => e.status === "claimed");
      const denied = all.some(e => e.status === "denied");
      return {
        id,
        name,
        edges: all,
        hypotheses,
        status: claimed && denied ? "disputed" : denied ? "denied" : "claimed",
      };
    });
}

/** How far after the word the place of a route may stand, in characters. */
const REACH = 90;

function edgeOf(
  s: RouteSentence,
  row: IntakeTables["routes"][number],
  hit: string,
  text: string,
): RouteEdge | null {
  const at = s.words.findIndex(
    (w, i) => hit.split(" ").every((p, k) => s.words[i + k]?.low === p) && w.low !== "",
  );
  const hitFrom = s.words[at]!.from;
  const near = s.places.find(p => p.pin !== null && p.from >= hitFrom && p.from <= hitFrom + REACH);
  const place =
    near?.pin?.name ??
    /(?:through|via|in) (an? \p{L}+ country|(?:foreign|other|third) countries)/u.exec(text)?.[1] ??
    null;
  const actor = s.mentions.filter(m => m.use === "party" && m.last < at).at(-1)?.name ?? null;
  const holder =
    s.mentions.find(m => (m.use === "party" || m.use === "country") && m.first > at && m.name !== actor)
      ?.name ?? null;
  const from = row.from === "place" ? place : row.from === "subject" ? (actor ?? "a donor") : row.from;
  if (from === null) return null;
  const { documentId, from: start, to, claimant, saidOn } = s.assertion;
  return {
    at: { documentId, from: start, to },
    from,
    to:
      (row.carries === "account"
        ? null
        : row.carries === "payment" || row.from === "place"
          ? actor
          : holder) ?? "users not named",
    carries: row.carries,
    claimant,
    status: s.negated ? "denied" : "claimed",
    on: saidOn,
    why: `the table of routes has "${hit}"`,
  };
}
