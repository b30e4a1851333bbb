// SPDX-License-Identifier: MIT
import { type LinkRows, rowsOf } from "./link-graph.ts";

/** Which satellites point lasers at each other: an undirected graph as data, whoever made it. */
export interface LaserTopology {
  readonly satellites: number;
  /** Link k joins satellites `a[k]` and `b[k]`; a below b, sorted by (a, b), no pair twice. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly rows: LinkRows;
}

/** What a topology may be at most. */
export const TOPOLOGY_BOUNDS = {
  satellites: 1_000_000,
  links: 8_000_000,
  /** Characters of a list as text: 64 Mi. */
  textLength: 64 * 1024 * 1024,
} as const;

/**
 * Why a list of laser links was refused. A code, once published, keeps its meaning.
 *
 * - `tooLarge`: over {@link TOPOLOGY_BOUNDS}.
 * - `format`: an entry is no pair of whole numbers.
 * - `range`: a satellite that does not exist, or a link from a satellite to itself.
 * - `terminals`: a satellite with more links than it has laser terminals.
 */
export type TopologyErrorCode = "tooLarge" | "format" | "range" | "terminals";

export interface TopologyError {
  readonly code: TopologyErrorCode;
  /** One sentence for a person, place included. */
  readonly message: string;
  /** `line 7`, `link 6`, `satellite 12` or `text`. */
  readonly place: string;
}

export type TopologyResult =
  | { readonly ok: true; readonly value: LaserTopology }
  | { readonly ok: false; readonly error: TopologyError };

/**
 * A topology from pairs of satellite indices, in any order; a pair named twice counts once.
 *
 * @param terminals Laser terminals per satellite, a number for all or one each; default: as many as named.
 */
export function laserTopology(
  satellites: number,
  pairs: readonly (readonly [number, number])[],
  terminals: number | ArrayLike<number> = Number.POSITIVE_INFINITY,
): TopologyResult {
  if (!Number.isInteger(satellites) || satellites < 0 || satellites > TOPOLOGY_BOUNDS.satellites)
    return refuse("tooLarge", "text", `at most ${TOPOLOGY_BOUNDS.satellites} satellites can be linked.`);
  if (pairs.length > TOPOLOGY_BOUNDS.links)
    return refuse("tooLarge", "text", `at most ${TOPOLOGY_BOUNDS.links} links can be given.`);
  for (const [k, [a, b]] of pairs.entries()) {
    const whole = Number.isInteger(a) && Number.isInteger(b);
    if (whole && a !== b && a >= 0 && b >= 0 && a < satellites && b < satellites) continue;
    return refuse(
      whole ? "range" : "format",
      `link ${k}`,
      `${a} and ${b} are not two of the satellites 0 to ${satellites - 1}.`,
    );
  }
  const value = topologyOf(satellites, pairs);
  for (let i = 0; i < satellites; i++) {
    const most = typeof terminals === "number" ? terminals : (terminals[i] ?? 0);
    const has = value.rows.offset[i + 1]! - value.rows.offset[i]!;
    if (has > most) {
      return refuse("terminals", `satellite ${i}`, `it has ${has} links and ${most} laser terminals.`);
    }
  }
  return { ok: true, value };
}

/**
 * A topology from text: one link per line, two satellite indices separated by a comma, a semicolon or blanks, as
 * Hypatia's `isls.txt` and spreadsheets have them. Empty lines, lines that begin with `#` and one heading are passed over.
 */
export function parseLaserTopology(
  text: string,
  satellites: number,
  terminals?: number | ArrayLike<number>,
): TopologyResult {
  if (text.length > TOPOLOGY_BOUNDS.textLength)
    return refuse("tooLarge", "text", `it has more than ${TOPOLOGY_BOUNDS.textLength} characters.`);
  const pairs: [number, number][] = [];
  let heading = true;
  for (const [n, line] of text.split(/\r\n?|\n/).entries()) {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    const found = /^(\d{1,9})(?:\s*[,;]\s*|\s+)(\d{1,9})$/.exec(content);
    if (found === null) {
      if (heading && /^[a-z]/i.test(content)) {
        heading = false;
        continue;
      }
      return refuse("format", `line ${n + 1}`, "a line holds two satellite indices, like 12,34.");
    }
    heading = false;
    const [a, b] = [Number(found[1]), Number(found[2])];
    if (a === b || a >= satellites || b >= satellites)
      return refuse(
        "range",
        `line ${n + 1}`,
        `${a} and ${b} are not two of the satellites 0 to ${satellites - 1}.`,
      );
    pairs.push([a, b]);
  }
  return laserTopology(satellites, pairs, terminals);
}

/** A topology from pairs known to be right: each of two different satellites below `satellites`. */
export function topologyOf(satellites: number, pairs: readonly (readonly [number, number])[]): LaserTopology {
  // Below 2^53 for a million satellites, and sorted as numbers by (a, b).
  const keys = Float64Array.from(pairs, ([a, b]) => Math.min(a, b) * satellites + Math.max(a, b)).sort();
  const unique = keys.filter((key, k) => k === 0 || key !== keys[k - 1]);
  const a = Int32Array.from(unique, key => Math.floor(key / satellites));
  const b = Int32Array.from(unique, (key, k) => key - a[k]! * satellites);
  return { satellites, a, b, rows: rowsOf(satellites, a, b) };
}

/** Several topologies beside each other: the satellites of each follow those of the one before. */
export function joinTopologies(parts: readonly LaserTopology[]): LaserTopology {
  const pairs: [number, number][] = [];
  let first = 0;
  for (const { satellites, a, b } of parts) {
    for (let k = 0; k < a.length; k++) pairs.push([first + a[k]!, first + b[k]!]);
    first += satellites;
  }
  return topologyOf(first, pairs);
}

/** Number of the link between two satellites; -1 where they have none. */
export function linkBetween({ rows }: Pick<LaserTopology, "rows">, a: number, b: number): number {
  for (let e = rows.offset[a]!; e < rows.offset[a + 1]!; e++) if (rows.to[e] === b) return rows.link[e]!;
  return -1;
}

function refuse(code: TopologyErrorCode, place: string, sentence: string) {
  return { ok: false, error: { code, place, message: `${place}: ${sentence}` } } as const;
}
