// SPDX-License-Identifier: MIT
import type { Link } from "@perigee/operator/contract";
import { toEcefKm } from "../geo/geodetic.ts";
import type { Constellation } from "./constellation.ts";
import type { Segment, SegmentEnd } from "./overlay/segments.ts";
import { type Palette, rgb, SHELL_SHAPES, shellColour } from "./palette.ts";

/** What of the sky is shown. */
export interface SkyChoice {
  /** Only this shell and its lasers, or all shells and no lasers of their own. */
  readonly shell: number | null;
  /** The satellite that is selected or serves the selected terminal. */
  readonly satellite: number | null;
  readonly link: Link | null;
}

/** Five numbers per satellite for the points: colour, size, shape. A chosen shell hides the others. */
export function looksOf(constellation: Constellation, palette: Palette, choice: SkyChoice): Float32Array {
  const { shell, shells } = constellation.satellites;
  const colours = shells.map((_, i) => rgb(shellColour(palette, i)));
  const accent = rgb(palette.accent);
  const onPath = new Set(pathSatellites(constellation, choice.link));
  const looks = new Float32Array(5 * shell.length);
  shell.forEach((of, i) => {
    const marked = onPath.has(i) || i === choice.satellite;
    const shown = marked || choice.shell === null || of === choice.shell;
    const alone = choice.shell === null ? 1 : 1.8;
    const size = !shown ? 0 : marked ? 2.6 : alone * (shells[of]?.service === "broadband" ? 1 : 0.8);
    looks.set([...(marked ? accent : (colours[of] ?? accent)), size, of % SHELL_SHAPES.length], 5 * i);
  });
  return looks;
}

/** Lasers of the serving or selected satellite, and those of the chosen shell; never all of them. */
export function laserSegments(constellation: Constellation, palette: Palette, choice: SkyChoice): Segment[] {
  const line = (a: number, b: number, opacity: number, widthPx: number): Segment => ({
    from: a,
    to: b,
    colour: rgb(palette.laser),
    opacity,
    widthPx,
    form: "ray",
  });
  const ofShell = choice.shell === null ? [] : constellation.lasersOfShell(choice.shell);
  const near = choice.satellite === null ? [] : constellation.neighbours(choice.satellite);
  return [
    ...ofShell.map(([a, b]) => line(a, b, 0.28, 0.8)),
    ...near.map(other => line(choice.satellite ?? 0, other, 0.75, 1.2)),
  ];
}

/** The path of the selected terminal, hop by hop, following its satellites. */
export function pathSegments(constellation: Constellation, palette: Palette, link: Link | null): Segment[] {
  if (!link) return [];
  const ends = pathEnds(constellation, link);
  return link.hops.flatMap((hop, i) => {
    const from = ends[i];
    const to = ends[i + 1];
    if (from === undefined || to === undefined) return [];
    const form = hop.kind === "fibre" ? "ground" : "ray";
    return [
      { from, to, colour: rgb(palette.halo), opacity: 0.7, widthPx: 4.5, form },
      { from, to, colour: rgb(palette.accent), opacity: 1, widthPx: 2, form },
    ];
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
