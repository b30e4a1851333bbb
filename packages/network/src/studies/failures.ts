// SPDX-License-Identifier: MIT
import type { Outage } from "../beams/cell-plan.ts";
import { uniform } from "../draw.ts";
import type { Network } from "../network.ts";
import type { CapacityResult } from "./capacity.ts";
import { refuseStudy, type StudyResult } from "./study-error.ts";

/** Draws of {@link failuresOf}: what they are for. */
const DRAW = { satellites: 0x5a7e, lasers: 0x1a5e, gateways: 0x6a7e } as const;

/** Most failures of one list. */
export const MOST_FAILURES = 10_000;

type Fleet = Pick<Network, "elements" | "serving" | "planes" | "ground" | "topology">;
type Failed = { [K in keyof Required<Outage>]: Required<Outage>[K][number][] };

/** The name of a shell: inclination and altitude, `53.0-550`. */
export function shellName(shell: { readonly inclinationDeg: number; readonly altitudeKm: number }): string {
  return `${shell.inclinationDeg.toFixed(1)}-${shell.altitudeKm.toFixed(0)}`;
}

/**
 * What fails, from words:
 *
 * - `satellite:NAME`, or its catalogue number; `shell:53.0-550`; `plane:53.0-550/7`, counted from 1 eastwards
 * - `laser:A-B`, two satellites as above
 * - `gateway:ID`; `country:XX`, all its gateways; `pop:CODE`
 * - `share:5%` of the serving satellites, `gateways:5%` of the gateways, or `lasers:5%` of the laser links: drawn from the
 *   seed, or, with `busy`, those that carry most
 *
 * Every word is checked before any counts. Error codes: `format`, `unknown`, `range`, `tooLarge`.
 *
 * @param busy What the network carries while all is well: an attacker who knows it takes the fullest first. Both directions
 * count; what carries equally much falls in the order of the draw.
 */
export function failuresOf(
  network: Fleet,
  words: readonly string[],
  seed: number,
  busy?: Pick<CapacityResult, "allocation" | "gateways" | "satellites">,
): StudyResult<Outage> {
  const chance: Chance = { seed, ...(busy === undefined ? {} : { carried: carriedOf(busy) }) };
  if (words.length > MOST_FAILURES)
    return refuseStudy("tooLarge", "failures", `at most ${MOST_FAILURES} can be listed.`);
  const failed: Failed = { satellites: [], gateways: [], lasers: [], pops: [] };
  for (const word of words) {
    const [, kind, what] = /^([a-z]+):(.+)$/s.exec(word) ?? [];
    const read = kind !== undefined && Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
    if (read === undefined) {
      const kinds = Object.keys(READERS).join(", ");
      return refuseStudy(
        "format",
        shown(word),
        `a failure is a kind, a colon and a name; kinds are ${kinds}.`,
      );
    }
    const found = read(network, what!, chance, shown(word));
    if (!found.ok) return found;
    for (const i of found.value.satellites ?? []) failed.satellites.push(i);
    for (const g of found.value.gateways ?? []) failed.gateways.push(g);
    for (const pair of found.value.lasers ?? []) failed.lasers.push(pair);
    for (const p of found.value.pops ?? []) failed.pops.push(p);
  }
  const rising = (list: number[]): number[] => [...new Set(list)].sort((a, b) => a - b);
  return {
    ok: true,
    value: {
      satellites: rising(failed.satellites),
      gateways: rising(failed.gateways),
      lasers: failed.lasers,
      pops: rising(failed.pops),
    },
  };
}

type Chance = { readonly seed: number; readonly carried?: Carried };
type Reader = (network: Fleet, what: string, chance: Chance, place: string) => StudyResult<Outage>;

/** Mbit/s, both directions; lasers by `a-b`. */
interface Carried {
  readonly satellites: ReadonlyMap<number, number>;
  readonly gateways: ReadonlyMap<number, number>;
  readonly lasers: ReadonlyMap<string, number>;
}

/** What only passes over a satellite's lasers is its load as well: it falls with it. */
function carriedOf({
  allocation,
  gateways,
  satellites,
}: Pick<CapacityResult, "allocation" | "gateways" | "satellites">): Carried {
  const of = new Map(satellites.map(({ satellite, downMbps, upMbps }) => [satellite, downMbps + upMbps]));
  const lasers = new Map<string, number>();
  const { a, b, aToB, bToA } = allocation.lasers;
  a.forEach((from, k) => {
    const mbps = aToB.carriedMbps[k]! + bToA.carriedMbps[k]!;
    lasers.set(`${from}-${b[k]}`, mbps);
    for (const end of [from, b[k]!]) of.set(end, (of.get(end) ?? 0) + mbps);
  });
  return {
    satellites: of,
    gateways: new Map(gateways.map(({ gateway, downMbps, upMbps }) => [gateway, downMbps + upMbps])),
    lasers,
  };
}

const READERS: Readonly<Record<string, Reader>> = {
  satellite(network, what, _, place) {
    const i = satelliteOf(network, what);
    return i < 0
      ? refuseStudy("unknown", place, "no satellite has this name or catalogue number.")
      : { ok: true, value: { satellites: [i] } };
  },
  shell(network, what, _, place) {
    const shell = shellOf(network, what);
    return shell < 0
      ? refuseStudy("unknown", place, `the shells are ${shellNames(network)}.`)
      : {
          ok: true,
          value: {
            satellites: network.elements.flatMap((_, i) => (network.planes.shellOf[i] === shell ? [i] : [])),
          },
        };
  },
  plane(network, what, _, place) {
    const [, name, number] = /^(.+)\/(\d{1,5})$/.exec(what) ?? [];
    if (name === undefined)
      return refuseStudy("format", place, "a plane is a shell, a slash and a number from 1.");
    const shell = shellOf(network, name);
    if (shell < 0) return refuseStudy("unknown", place, `the shells are ${shellNames(network)}.`);
    const { firstPlane, planeCount } = network.planes.shells[shell]!;
    const k = Number(number);
    if (k < 1 || k > planeCount)
      return refuseStudy("range", place, `that shell has planes 1 to ${planeCount}.`);
    return { ok: true, value: { satellites: [...network.planes.planes[firstPlane + k - 1]!.satellites] } };
  },
  laser(network, what, _, place) {
    // A satellite's name may hold dashes itself.
    for (let at = what.indexOf("-"); at >= 0; at = what.indexOf("-", at + 1)) {
      const [a, b] = [satelliteOf(network, what.slice(0, at)), satelliteOf(network, what.slice(at + 1))];
      if (a < 0 || b < 0) continue;
      return hasLaser(network, a, b)
        ? { ok: true, value: { lasers: [[a, b]] } }
        : refuseStudy("unknown", place, "these two hold no laser link with each other.");
    }
    return refuseStudy("unknown", place, "a laser is two satellites with a dash between them.");
  },
  gateway(network, what, _, place) {
    const g = network.ground.gateways.findIndex(({ id }) => id === what);
    return g < 0
      ? refuseStudy("unknown", place, "the ground segment has no such gateway.")
      : { ok: true, value: { gateways: [g] } };
  },
  country(network, what, _, place) {
    const gateways = network.ground.gateways.flatMap(({ country }, g) => (country === what ? [g] : []));
    return gateways.length === 0
      ? refuseStudy("unknown", place, "the ground segment has no gateway there.")
      : { ok: true, value: { gateways } };
  },
  pop(network, what, _, place) {
    const p = network.ground.pops.findIndex(({ code }) => code === what);
    return p < 0
      ? refuseStudy("unknown", place, "the ground segment has no such PoP.")
      : { ok: true, value: { pops: [p] } };
  },
  share(network, what, { seed, carried }, place) {
    const serving = network.elements.flatMap((_, i) => (network.serving[i] === 1 ? [i] : []));
    const drawn = partOf(serving, what, place, {
      draw: i => uniform(seed, i, 0, DRAW.satellites),
      carries: i => carried?.satellites.get(i) ?? 0,
    });
    return drawn.ok ? { ok: true, value: { satellites: drawn.value } } : drawn;
  },
  gateways({ ground }, what, { seed, carried }, place) {
    const drawn = partOf([...ground.gateways.keys()], what, place, {
      draw: g => uniform(seed, g, 0, DRAW.gateways),
      carries: g => carried?.gateways.get(g) ?? 0,
    });
    return drawn.ok ? { ok: true, value: { gateways: drawn.value } } : drawn;
  },
  lasers({ topology: { a, b } }, what, { seed, carried }, place) {
    const links = Array.from(a, (from, k) => [from, b[k]!] as const);
    const drawn = partOf(links, what, place, {
      draw: ([from, to]) => uniform(seed, from, to, DRAW.lasers),
      carries: ([from, to]) =>
        carried?.lasers.get(`${from}-${to}`) ?? carried?.lasers.get(`${to}-${from}`) ?? 0,
    });
    return drawn.ok ? { ok: true, value: { lasers: drawn.value } } : drawn;
  },
};

/** The part that carries most, then with the least draws, rounded to whole things: more per cent only add to it. */
function partOf<T>(
  things: readonly T[],
  what: string,
  place: string,
  by: { readonly draw: (thing: T) => number; readonly carries: (thing: T) => number },
): StudyResult<T[]> {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(what) ?? [];
  if (percent === undefined) return refuseStudy("format", place, "a share is a number of per cent, like 5%.");
  if (Number(percent) > 100) return refuseStudy("range", place, "a share is at most 100%.");
  const order = things
    .map((thing, k) => ({ k, mbps: by.carries(thing), at: by.draw(thing) }))
    .sort((p, q) => q.mbps - p.mbps || p.at - q.at || p.k - q.k);
  const count = Math.round((things.length * Number(percent)) / 100);
  return { ok: true, value: order.slice(0, count).map(({ k }) => things[k]!) };
}

function satelliteOf({ elements }: Fleet, what: string): number {
  const number = /^\d{1,9}$/.test(what) ? Number(what) : Number.NaN;
  return elements.findIndex(set => set.name === what || set.catalogNumber === number);
}

function shellOf({ planes }: Fleet, what: string): number {
  return planes.shells.findIndex(shell => shellName(shell) === what);
}

function shellNames({ planes }: Fleet): string {
  const names = planes.shells.slice(0, 20).map(shellName);
  return `${names.join(", ")}${planes.shells.length > names.length ? ", …" : ""}`;
}

function hasLaser({ topology }: Fleet, a: number, b: number): boolean {
  const { offset, to } = topology.rows;
  return to.subarray(offset[a]!, offset[a + 1]!).includes(b);
}

/** The start of a word from outside: enough to recognise it by. */
function shown(word: string): string {
  return word.slice(0, 60);
}
