// SPDX-License-Identifier: MIT

/** Links that could be up: structure of arrays, entries 0 to `count - 1`. No two of one satellite, gateway and band. */
export interface LinkChoices {
  readonly count: number;
  readonly satellite: Int32Array;
  readonly gateway: Int32Array;
  /** Small whole number; a link takes one port of its band at either end. */
  readonly band: Uint8Array;
  readonly upMbps: Float32Array;
  /** What speaks against the link, in Mbit/s; negative: for it. */
  readonly costMbps: Float32Array;
}

/** Both ends of the choices. */
export interface LinkEnds {
  readonly bands: number;
  /** Ports at `satellite * bands + band` and `gateway * bands + band`. */
  readonly satellitePorts: Uint8Array;
  readonly antennas: Uint16Array;
  /** Per satellite: load to be landed, Mbit/s. */
  readonly wantedMbps: Float32Array;
  /** Landing at all is worth this much rate. */
  readonly landingMbps: number;
  /** Rate beyond `wantedMbps` counts by this factor, 0 to 1. */
  readonly spareShare: number;
}

/** What a satellite's links are worth together: concave in rate, so that a second link is worth no more than a first. */
export function landingValue(ends: LinkEnds, satellite: number, links: number, mbps: number): number {
  if (links === 0) return 0;
  const wanted = ends.wantedMbps[satellite]!;
  return ends.landingMbps + Math.min(mbps, wanted) + ends.spareShare * Math.max(0, mbps - wanted);
}

/** Which links are chosen, with what is left at both ends; to be changed link by link. */
export interface LinkSelection {
  /** 1 per chosen entry. */
  readonly chosen: Uint8Array;
  /** Entries of satellite s: `rows.entry[rows.offset[s]]` to `rows.entry[rows.offset[s + 1] - 1]`. */
  readonly rows: { readonly offset: Int32Array; readonly entry: Int32Array };
  /** Index of the antennas of an entry's gateway and band. */
  siteOf(e: number): number;
  portFree(e: number): boolean;
  /** Free antennas at an entry's site; below 0 in the middle of a chain of changes. */
  antennasFree(e: number): number;
  /** What the sum gains by one more link. */
  gain(e: number): number;
  /** What it loses without the chosen link `e`. */
  loss(e: number): number;
  /** What it gains when a satellite holds `f` in place of its chosen `e`. */
  exchange(e: number, f: number): number;
  set(e: number, on: 0 | 1): void;
}

export function createSelection(choices: LinkChoices, ends: LinkEnds): LinkSelection {
  const { count, satellite, gateway, band, upMbps, costMbps } = choices;
  const { bands } = ends;
  const chosen = new Uint8Array(count);
  const ports = ends.satellitePorts.slice();
  const free = Int32Array.from(ends.antennas);
  const satellites = ports.length / bands;
  const links = new Uint8Array(satellites);
  const mbps = new Float64Array(satellites);
  const siteOf = (e: number) => gateway[e]! * bands + band[e]!;
  const worth = (s: number, moreLinks: number, moreMbps: number) =>
    landingValue(ends, s, links[s]! + moreLinks, mbps[s]! + moreMbps) -
    landingValue(ends, s, links[s]!, mbps[s]!);
  return {
    chosen,
    rows: rowsOf(satellite, count, satellites),
    siteOf,
    portFree: e => ports[satellite[e]! * bands + band[e]!]! > 0,
    antennasFree: e => free[siteOf(e)]!,
    gain: e => worth(satellite[e]!, 1, upMbps[e]!) - costMbps[e]!,
    loss: e => -worth(satellite[e]!, -1, -upMbps[e]!) - costMbps[e]!,
    exchange: (e, f) => worth(satellite[e]!, 0, upMbps[f]! - upMbps[e]!) - costMbps[f]! + costMbps[e]!,
    set(e, on) {
      const step = on === 1 ? 1 : -1;
      const s = satellite[e]!;
      chosen[e] = on;
      ports[s * bands + band[e]!]! -= step;
      free[siteOf(e)]! -= step;
      links[s]! += step;
      mbps[s]! += step * upMbps[e]!;
    },
  };
}

/** Entries grouped by a key: those of key k are `entry[offset[k]]` to `entry[offset[k + 1] - 1]`, rising. */
function rowsOf(key: Int32Array, count: number, keys: number): { offset: Int32Array; entry: Int32Array } {
  const offset = new Int32Array(keys + 1);
  for (let e = 0; e < count; e++) offset[key[e]! + 1]! += 1;
  for (let k = 0; k < keys; k++) offset[k + 1]! += offset[k]!;
  const at = offset.slice(0, keys);
  const entry = new Int32Array(count);
  for (let e = 0; e < count; e++) entry[at[key[e]!]!++] = e;
  return { offset, entry };
}
