// SPDX-License-Identifier: MIT
import type { Link, PlanetSatellite } from "@perigee/operator/contract";
import { percent, quantity } from "../format/number.ts";
import { toEcefKm } from "../geo/geodetic.ts";
import type { Constellation } from "./constellation.ts";
import type { Segment, SegmentEnd } from "./overlay/segments.ts";
import { type Palette, rgb, SHELL_SHAPES, shellColour } from "./palette.ts";
import type { LabelText } from "./path-labels.ts";

/** What of the sky is shown. */
export interface SkyChoice {
  /** Only this shell and its lasers, or all shells and no lasers of their own. */
  readonly shell: number | null;
  /** The satellite that is selected or serves the selected terminal. */
  readonly satellite: number | null;
  readonly link: Link | null;
  /** Where the satellite is seen from when no path is known: a terminal in the past. */
  readonly from: { readonly latDeg: number; readonly lonDeg: number } | null;
  /** Links of the selected satellite with their loads, once they are known. */
  readonly loads: Pick<PlanetSatellite, "name" | "contacts" | "lasers"> | null;
}

/**
 * Five numbers per satellite for the points: colour, size, shape. A chosen shell hides the others.
 * @param dim smaller points, so that what lies on the ground is seen through them
 */
export function looksOf(
  constellation: Constellation,
  palette: Palette,
  choice: SkyChoice,
  dim: boolean,
): Float32Array {
  const { shell, shells } = constellation.satellites;
  const colours = shells.map((_, i) => rgb(shellColour(palette, i)));
  const accent = rgb(palette.accent);
  const onPath = new Set(pathSatellites(constellation, choice.link));
  const looks = new Float32Array(5 * shell.length);
  shell.forEach((of, i) => {
    const marked = onPath.has(i) || i === choice.satellite;
    const shown = marked || choice.shell === null || of === choice.shell;
    const alone = choice.shell !== null ? 1.8 : dim ? 0.45 : 1;
    const size = !shown ? 0 : marked ? 2.6 : alone * (shells[of]?.service === "broadband" ? 1 : 0.8);
    looks.set([...(marked ? accent : (colours[of] ?? accent)), size, of % SHELL_SHAPES.length], 5 * i);
  });
  return looks;
}

/**
 * Lasers of the chosen shell, and the links of the serving or selected satellite: once their loads are known its lasers
 * and gateways as wide as they are loaded. Never all lasers.
 */
export function linkSegments(constellation: Constellation, palette: Palette, choice: SkyChoice): Segment[] {
  const { satellite, loads } = choice;
  const laser = { colour: rgb(palette.laser), form: "ray" as const };
  const ofShell = choice.shell === null ? [] : constellation.lasersOfShell(choice.shell);
  const shell = ofShell.map(([from, to]) => ({ ...laser, from, to, opacity: 0.28, widthPx: 0.8 }));
  if (satellite === null) return shell;
  if (!loads) {
    const near = constellation.neighbours(satellite);
    return [...shell, ...near.map(to => ({ ...laser, from: satellite, to, opacity: 0.75, widthPx: 1.2 }))];
  }
  const widthPx = (loadShare: number) => 1.2 + 3 * Math.min(1, loadShare);
  const links = loadedLinks(constellation, satellite, loads);
  return [
    ...shell,
    ...links.map(({ kind, to, loadShare }) => ({
      from: satellite,
      to,
      colour: rgb(kind === "laser" ? palette.laser : palette.gateway),
      opacity: 0.85,
      widthPx: widthPx(loadShare),
      form: "ray" as const,
    })),
  ];
}

/** The selected satellite's name, and the load of each of its links at that link's middle. */
export function loadLabels(constellation: Constellation, { satellite, loads }: SkyChoice): LabelText[] {
  if (satellite === null || !loads) return [];
  const links = loadedLinks(constellation, satellite, loads);
  return [
    { text: loads.name, kind: "rtt", from: satellite, to: satellite },
    ...links.map(({ kind, to, loadShare }) => ({
      text: percent(loadShare, 0),
      kind,
      from: satellite,
      to,
    })),
  ];
}

function loadedLinks(
  constellation: Constellation,
  satellite: number,
  loads: NonNullable<SkyChoice["loads"]>,
): { kind: "laser" | "gateway"; to: SegmentEnd; loadShare: number }[] {
  const lasers = loads.lasers.flatMap(({ catalogNumber, loadShare }) => {
    const to = constellation.indexOfCatalogNumber.get(String(catalogNumber));
    return to === undefined || to === satellite ? [] : [{ kind: "laser" as const, to, loadShare }];
  });
  const gateways = loads.contacts.map(({ gateway, loadShare }) => ({
    kind: "gateway" as const,
    to: toEcefKm({ ...gateway, altitudeKm: 0 }),
    loadShare,
  }));
  return [...gateways, ...lasers];
}

/** The round trip at the terminal, each hop's delay at its middle, the names of the path's satellites. */
export function pathLabels(link: Link | null, ends: readonly SegmentEnd[]): LabelText[] {
  const first = ends[0];
  if (!link || first === undefined) return [];
  const labels: LabelText[] = [
    { text: `${quantity(link.rttMs.median, "ms")} round trip`, kind: "rtt", from: first, to: first },
  ];
  link.hops.forEach(({ delayMs, kind }, i) => {
    const from = ends[i];
    const to = ends[i + 1];
    if (from !== undefined && to !== undefined)
      labels.push({ text: quantity(delayMs, "ms"), kind, from, to });
  });
  link.nodes.forEach(({ kind, name }, i) => {
    const end = ends[i];
    if (kind === "satellite" && end !== undefined) labels.push({ text: name, kind, from: end, to: end });
  });
  return labels;
}

/** The path of the selected terminal, hop by hop, following its satellites; of a past one only the first hop. */
export function pathSegments(constellation: Constellation, palette: Palette, choice: SkyChoice): Segment[] {
  const { link, satellite, from: seenFrom } = choice;
  const hop = (from: SegmentEnd, to: SegmentEnd, form: Segment["form"]): Segment[] => [
    { from, to, colour: rgb(palette.halo), opacity: 0.7, widthPx: 4.5, form },
    { from, to, colour: rgb(palette.accent), opacity: 1, widthPx: 2, form },
  ];
  if (!link)
    return seenFrom && satellite !== null
      ? hop(toEcefKm({ ...seenFrom, altitudeKm: 0 }), satellite, "ray")
      : [];
  const ends = pathEnds(constellation, link);
  return link.hops.flatMap(({ kind }, i) => {
    const from = ends[i];
    const to = ends[i + 1];
    if (from === undefined || to === undefined) return [];
    return hop(from, to, kind === "fibre" ? "ground" : "ray");
  });
}

/** The ends of the hops: satellites by index where the constellation knows them, else where the slot began. */
export function pathEnds(constellation: Constellation, link: Link): SegmentEnd[] {
  return link.nodes.map(node => {
    const index =
      node.kind === "satellite"
        ? (constellation.indexOfCatalogNumber.get(node.id) ??
          (node.name === link.satellite.name ? link.satellite.index : undefined))
        : undefined;
    return index ?? toEcefKm(node);
  });
}

function pathSatellites(constellation: Constellation, link: Link | null): number[] {
  return link ? pathEnds(constellation, link).filter(end => typeof end === "number") : [];
}
