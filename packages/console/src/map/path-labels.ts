// SPDX-License-Identifier: MIT
import { toGeodetic } from "../geo/geodetic.ts";
import { type Camera, project } from "./camera.ts";
import { type Ephemeris, positionKm } from "./ephemeris.ts";
import type { SegmentEnd } from "./overlay/segments.ts";

/** A text between two ends, or at one when both are the same. */
export interface LabelText {
  readonly text: string;
  readonly kind: string;
  readonly from: SegmentEnd;
  readonly to: SegmentEnd;
}

interface Label {
  readonly element: HTMLElement;
  readonly from: SegmentEnd;
  readonly to: SegmentEnd;
}

const GAP_PX = 15;

/**
 * Small texts in the sky: the delays of a path's hops, the loads of a satellite's links. They follow the moving
 * satellites; where two would collide the later one waits. Everything here is also in a table.
 */
export class PathLabels {
  readonly #box: HTMLElement;
  #labels: Label[] = [];

  constructor(parent: HTMLElement) {
    this.#box = document.createElement("div");
    this.#box.className = "path-labels";
    this.#box.setAttribute("aria-hidden", "true");
    parent.append(this.#box);
  }

  set(labels: readonly LabelText[]): void {
    this.#box.replaceChildren();
    this.#labels = [];
    for (const { text, kind, from, to } of labels) this.#add(text, kind, from, to);
  }

  /** Puts the labels where the path is now. */
  place(camera: Camera, ephemeris: Ephemeris, share: number): void {
    const width = this.#box.clientWidth;
    const height = this.#box.clientHeight;
    const taken: { x: number; y: number; half: number }[] = [];
    for (const { element, from, to } of this.#labels) {
      const a = endKm(from, ephemeris, share);
      const b = endKm(to, ephemeris, share);
      const { latDeg, lonDeg, altitudeKm } = toGeodetic(
        (a[0] + b[0]) / 2,
        (a[1] + b[1]) / 2,
        (a[2] + b[2]) / 2,
      );
      const spot = project(camera, latDeg, lonDeg, Math.max(0, altitudeKm));
      // The terminal's own symbol comes first: no hop's label may cover it.
      if (spot && taken.length === 0 && from === to)
        taken.push({ x: (0.5 + spot[0] / 2) * width, y: (0.5 - spot[1] / 2) * height, half: 8 });
      const half = 4 * (element.textContent?.length ?? 0);
      const x = spot ? (0.5 + spot[0] / 2) * width : 0;
      const y = spot ? (0.5 - spot[1] / 2) * height + (from === to ? 20 : 0) : 0;
      const free =
        spot !== null && taken.every(t => Math.abs(t.x - x) > t.half + half || Math.abs(t.y - y) > GAP_PX);
      element.hidden = !free;
      if (!free) continue;
      taken.push({ x, y, half });
      element.style.transform = `translate(-50%, -50%) translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }

  #add(text: string, kind: string, from: SegmentEnd, to: SegmentEnd): void {
    const element = document.createElement("span");
    element.textContent = text;
    element.dataset["kind"] = kind;
    element.hidden = true;
    this.#box.append(element);
    this.#labels.push({ element, from, to });
  }
}

function endKm(end: SegmentEnd, ephemeris: Ephemeris, share: number): readonly [number, number, number] {
  return typeof end === "number" ? positionKm(ephemeris, end, share) : end;
}
