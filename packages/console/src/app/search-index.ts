// SPDX-License-Identifier: MIT
import type { LiveState } from "../data/live-state.ts";
import type { Selection } from "../data/selection.ts";

/** One thing that the search found. */
export interface Hit {
  readonly key: string;
  readonly group: "Terminals" | "Places" | "Satellites" | "Gateways and PoPs";
  readonly title: string;
  readonly detail: string;
  /** What to select, or the territory whose terminals to list, or the place to look at. */
  readonly target:
    | { readonly kind: "select"; readonly selection: Selection }
    | { readonly kind: "territory"; readonly territory: string }
    | { readonly kind: "place"; readonly latDeg: number; readonly lonDeg: number };
}

const PER_GROUP = 5;

type Known = Pick<LiveState, "terminals" | "satellites" | "ground">;

/**
 * Everything whose name or any identifier contains the words, best first within a group: a beginning counts more than
 * a middle. Two numbers are a place, an H3 index of resolution 5 is a cell.
 */
export function search(text: string, known: Known): Hit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  return [
    ...coordinates(wanted),
    ...cellHits(wanted),
    ...best(wanted, terminalHits(wanted, known)),
    ...best(wanted, territoryHits(wanted, known)),
    ...best(wanted, groundHits(wanted, known)),
    ...best(wanted, satelliteHits(wanted, known)),
  ];
}

function coordinates(wanted: string): Hit[] {
  const match = /^(-?\d{1,2}(?:\.\d+)?)[,\s]+(-?\d{1,3}(?:\.\d+)?)$/.exec(wanted);
  const latDeg = Number(match?.[1]);
  const lonDeg = Number(match?.[2]);
  if (!match || Math.abs(latDeg) > 90 || Math.abs(lonDeg) > 180) return [];
  return [
    {
      key: "place",
      group: "Places",
      title: `${latDeg}°, ${lonDeg}°`,
      detail: "Look at this place",
      target: { kind: "place", latDeg, lonDeg },
    },
  ];
}

function cellHits(wanted: string): Hit[] {
  if (!/^85[0-9a-f]{6}f{7}$/.test(wanted)) return [];
  return [
    {
      key: "cell",
      group: "Places",
      title: wanted,
      detail: "Cell of the planet",
      target: { kind: "select", selection: { kind: "cell", id: wanted } },
    },
  ];
}

function terminalHits(wanted: string, { terminals }: Known): Hit[] {
  const found = (terminals ?? []).filter(({ id, name, account, position }) =>
    [id, name, account?.id, account?.holder, position?.cell].some(of => of?.toLowerCase().includes(wanted)),
  );
  return found.slice(0, 200).map(({ id, name, account, position }) => ({
    key: `t ${id}`,
    group: "Terminals",
    title: name,
    detail: [id, account?.holder, position?.territoryName].filter(Boolean).join(" · "),
    target: { kind: "select", selection: { kind: "terminal", id } },
  }));
}

function territoryHits(wanted: string, { terminals }: Known): Hit[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const { position } of terminals ?? []) {
    if (!position || !`${position.territoryName} ${position.territory}`.toLowerCase().includes(wanted))
      continue;
    const count = (counts.get(position.territory)?.count ?? 0) + 1;
    counts.set(position.territory, { name: position.territoryName, count });
  }
  return [...counts].map(([territory, { name, count }]) => ({
    key: `p ${territory}`,
    group: "Places",
    title: name,
    detail: `${territory} · ${count} ${count === 1 ? "terminal" : "terminals"}`,
    target: { kind: "territory", territory },
  }));
}

function groundHits(wanted: string, { ground }: Known): Hit[] {
  const gateways = (ground?.gateways ?? []).map(
    ({ id, name }): Hit => ({
      key: `g ${id}`,
      group: "Gateways and PoPs",
      title: name,
      detail: `Gateway ${id}`,
      target: { kind: "select", selection: { kind: "gateway", id } },
    }),
  );
  const pops = (ground?.pops ?? []).map(
    ({ code, city, country }): Hit => ({
      key: `o ${code}`,
      group: "Gateways and PoPs",
      title: city,
      detail: `PoP ${code} · ${country}`,
      target: { kind: "select", selection: { kind: "pop", id: code } },
    }),
  );
  return [...gateways, ...pops].filter(hit => `${hit.title} ${hit.detail}`.toLowerCase().includes(wanted));
}

function satelliteHits(wanted: string, { satellites }: Known): Hit[] {
  const hits: Hit[] = [];
  satellites?.name.forEach((name, i) => {
    const number = String(satellites.catalogNumber[i]);
    if (hits.length >= 200 || !(name.toLowerCase().includes(wanted) || number.startsWith(wanted))) return;
    hits.push({
      key: `s ${number}`,
      group: "Satellites",
      title: name,
      detail: `${number} · ${satellites.shells[satellites.shell[i] ?? -1]?.title ?? ""}`,
      target: { kind: "select", selection: { kind: "satellite", id: number } },
    });
  });
  return hits;
}

function best(wanted: string, hits: Hit[]): Hit[] {
  const rank = ({ title, detail }: Hit) =>
    title.toLowerCase() === wanted
      ? 0
      : title.toLowerCase().startsWith(wanted)
        ? 1
        : detail.startsWith(wanted)
          ? 2
          : 3;
  return hits.sort((a, b) => rank(a) - rank(b) || a.title.length - b.title.length).slice(0, PER_GROUP);
}
