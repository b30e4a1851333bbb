// SPDX-License-Identifier: MIT
import { createSelection, type LinkChoices, type LinkEnds, type LinkSelection } from "./contact-selection.ts";
import { createGainQueue } from "./gain-queue.ts";

/** Gains below this are no reason to change anything: far under one per mille of a link. */
const EPSILON_MBPS = 1e-3;
/** Links that move for one that comes, at most. */
const MAX_CHAIN = 5;

/**
 * Chooses links so that the sum over satellites of `landingValue` less the links' costs is great, within ports and
 * antennas; 1 per chosen entry. First greedily by gain, then by chains of moves. Ties go to the lower index.
 *
 * @param rounds Of chains of moves at most; 0: greedily alone. It ends before where no chain gains any more.
 */
export function matchContacts(choices: LinkChoices, ends: LinkEnds, rounds: number): Uint8Array {
  const selection = createSelection(choices, ends);
  chooseGreedily(choices.count, selection);
  const sites = ends.antennas.length;
  const moves: Moves = {
    count: 0,
    from: new Int32Array(0),
    to: new Int32Array(0),
    gain: new Float64Array(0),
  };
  for (let round = 0; round < rounds; round++) {
    if (!improve(choices, selection, sites, moves)) break;
  }
  return selection.chosen;
}

/**
 * The link with the greatest gain, again and again. A choice lowers only the gains of its own satellite, so that a key
 * that still holds is the greatest (Minoux 1978: lazy greedy for a submodular sum).
 */
function chooseGreedily(count: number, selection: LinkSelection): void {
  const gain = new Float64Array(count);
  let most = 0;
  for (let e = 0; e < count; e++) {
    gain[e] = selection.gain(e);
    if (gain[e]! > most) most = gain[e]!;
  }
  const queue = createGainQueue(gain, most);
  // Gains only fall: who has none now will have none.
  for (let e = 0; e < count; e++) if (gain[e]! > EPSILON_MBPS) queue.push(e);
  for (let e = queue.pop(); e >= 0; e = queue.pop()) {
    if (!selection.portFree(e) || selection.antennasFree(e) === 0) continue;
    const now = selection.gain(e);
    if (now <= EPSILON_MBPS) continue;
    if (now < gain[e]! - EPSILON_MBPS) {
      gain[e] = now;
      queue.push(e);
    } else selection.set(e, 1);
  }
}

/**
 * Moves that one round may make: a satellite holds link `to` in place of `from`; -1: of none, for none. Structure of
 * arrays, entries 0 to `count - 1`.
 */
interface Moves {
  count: number;
  from: Int32Array;
  to: Int32Array;
  gain: Float64Array;
}

/**
 * One round of chains: a link comes to a full site, one of those there moves to another site or is given up, and so on,
 * up to {@link MAX_CHAIN}. What room at each site costs is found for all chains at once (Bellman and Ford over sites);
 * the chains that gain are then tried, best first, and taken back if others have spoilt them. Whether any was kept.
 */
function improve(choices: LinkChoices, selection: LinkSelection, sites: number, moves: Moves): boolean {
  const { siteOf } = selection;
  listMoves(choices, selection, moves);
  const { count, from, to, gain } = moves;
  // What a move needs beyond itself: room at a full site, or nothing (-1). Those that leave a site make room there.
  const needs = new Int32Array(count).fill(-1);
  const leaving = new Int32Array(count);
  const left = new Int32Array(count);
  let leavers = 0;
  for (let m = 0; m < count; m++) {
    if (to[m]! >= 0 && selection.antennasFree(to[m]!) <= 0) needs[m] = siteOf(to[m]!);
    if (from[m]! < 0) continue;
    leaving[leavers] = m;
    left[leavers++] = siteOf(from[m]!);
  }
  // `best[site]`: the greatest gain of making room there with `depth` moves at most, and in `first` the first of them.
  let best = new Float64Array(sites).fill(Number.NEGATIVE_INFINITY);
  let before = best.slice();
  const first: Int32Array[] = [new Int32Array(sites).fill(-1)];
  for (let depth = 1; depth <= MAX_CHAIN; depth++) {
    [best, before] = [before, best];
    best.set(before);
    const moved = first[depth - 1]!.slice();
    for (let k = 0; k < leavers; k++) {
      const m = leaving[k]!;
      const site = left[k]!;
      const sum = gain[m]! + (needs[m]! < 0 ? 0 : before[needs[m]!]!);
      if (sum > best[site]! + EPSILON_MBPS) {
        best[site] = sum;
        moved[site] = m;
      }
    }
    first.push(moved);
  }
  const sums = new Float64Array(count);
  const promising: number[] = [];
  for (let m = 0; m < count; m++) {
    sums[m] = gain[m]! + (needs[m]! < 0 ? 0 : best[needs[m]!]!);
    if (to[m]! >= 0 && sums[m]! > EPSILON_MBPS) promising.push(m);
  }
  promising.sort((a, b) => sums[b]! - sums[a]! || a - b);
  let changed = false;
  for (const m of promising) {
    if (follow(m, moves, first, selection)) changed = true;
  }
  return changed;
}

/** Every link that may come, go, or take another's place at its satellite. */
function listMoves({ count, satellite, band }: LinkChoices, selection: LinkSelection, moves: Moves): void {
  const { chosen, rows } = selection;
  moves.count = 0;
  for (let e = 0; e < count; e++) {
    if (chosen[e] === 0) {
      if (selection.portFree(e)) add(moves, -1, e, selection.gain(e));
      continue;
    }
    add(moves, e, -1, -selection.loss(e));
    const s = satellite[e]!;
    for (let k = rows.offset[s]!; k < rows.offset[s + 1]!; k++) {
      const f = rows.entry[k]!;
      if (chosen[f] === 0 && (band[f] === band[e] || selection.portFree(f))) {
        add(moves, e, f, selection.exchange(e, f));
      }
    }
  }
}

function add(moves: Moves, from: number, to: number, gain: number): void {
  if (moves.count === moves.from.length) {
    const grown = <T extends Int32Array | Float64Array>(into: T, old: T): T => {
      into.set(old);
      return into;
    };
    const size = 2 * moves.count + 64;
    moves.from = grown(new Int32Array(size), moves.from);
    moves.to = grown(new Int32Array(size), moves.to);
    moves.gain = grown(new Float64Array(size), moves.gain);
  }
  moves.from[moves.count] = from;
  moves.to[moves.count] = to;
  moves.gain[moves.count] = gain;
  moves.count += 1;
}

/** Carries out a chain from its first move on; takes it back, and says so, unless it gains. */
function follow(
  start: number,
  moves: Moves,
  first: readonly Int32Array[],
  selection: LinkSelection,
): boolean {
  const { chosen, siteOf } = selection;
  let sum = 0;
  let steps = 0;
  /** Takes a link out or in, unless that cannot be. */
  const step = (e: number, on: 0 | 1): boolean => {
    if (chosen[e] === on || (on === 1 && !selection.portFree(e))) return false;
    sum += on === 1 ? selection.gain(e) : -selection.loss(e);
    selection.set(e, on);
    done[steps++] = e;
    return true;
  };
  let ok = true;
  for (let m = start, depth = MAX_CHAIN; ok; depth--) {
    const out = moves.from[m]!;
    const into = moves.to[m]!;
    ok = (out < 0 || step(out, 0)) && (into < 0 || step(into, 1));
    if (!ok || into < 0 || selection.antennasFree(into) >= 0) break;
    m = first[depth]![siteOf(into)]!;
    ok = depth > 0 && m >= 0;
  }
  if (ok && sum > EPSILON_MBPS) return true;
  while (steps > 0) {
    const e = done[--steps]!;
    selection.set(e, chosen[e] === 1 ? 0 : 1);
  }
  return false;
}

/** Links that the chain at hand has changed, in order: at most two a move. */
const done = new Int32Array(2 * (MAX_CHAIN + 2));
