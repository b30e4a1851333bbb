// SPDX-License-Identifier: MIT
import { cellAt, type Place } from "@perigee/earth";
import type { NearEdge } from "../admission/admission-input.ts";
import type { Book } from "../book.ts";
import type { Surroundings } from "../location-facts.ts";
import { territoriesOf } from "../territory.ts";
import { AreaShape, type CellRelation } from "./area-shape.ts";
import type { OperatorArea } from "./operator-area.ts";

/** The drawings that a cell has to do with. */
interface CellShapes {
  readonly inside: readonly AreaShape[];
  readonly split: readonly AreaShape[];
}

/** Cells whose answers are kept; twice the cells of the largest country that somebody would draw by hand. */
const MOST_CELLS = 100_000;
/** Edges are looked for this far, or as far as a guard band may reach (policy documents allow 100 km). */
export const widestBandKm = 100;
const nothing: CellShapes = { inside: [], split: [] };

/**
 * Finds the operator's areas at a point and a time. Where a cell lies with respect to each area is worked out once; only
 * in cells that a line cuts is the point itself asked about.
 */
export class AreaIndex {
  /** By id, then by start of validity. */
  readonly shapes: readonly AreaShape[];
  readonly #byCell = new Map<string, CellShapes>();

  /** @param areas checked ones, with earlier drawings */
  constructor(areas: Iterable<OperatorArea>) {
    this.shapes = Array.from(areas, area => shapeOf(area)).sort(
      (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) || a.area.validFromMs - b.area.validFromMs,
    );
  }

  /** Ids of the areas that contain a point at a time, sorted. */
  at(latDeg: number, lonDeg: number, atMs: number): readonly string[] {
    if (this.shapes.length === 0) return [];
    const { inside, split } = this.#cell(cellAt(latDeg, lonDeg));
    if (inside.length === 0 && split.length === 0) return [];
    const ids = [
      ...inside.filter(shape => shape.isValidAt(atMs)),
      ...split.filter(shape => shape.isValidAt(atMs) && shape.contains(latDeg, lonDeg)),
    ].map(({ id }) => id);
    return [...new Set(ids)].sort();
  }

  /** Where a cell lies with respect to an area at a time; `outside` of one that does not exist then. */
  relation(cell: string, id: string, atMs: number): CellRelation {
    const { inside, split } = this.#cell(cell);
    const isIt = (shape: AreaShape): boolean => shape.id === id && shape.isValidAt(atMs);
    if (inside.some(isIt)) return "inside";
    return split.some(isIt) ? "split" : "outside";
  }

  /** Ids of the areas that hold the whole cell at a time, and of those that hold a part of it; sorted. */
  ofCell(
    cell: string,
    atMs: number,
  ): { readonly inside: readonly string[]; readonly split: readonly string[] } {
    if (this.shapes.length === 0) return { inside: [], split: [] };
    const { inside, split } = this.#cell(cell);
    const ids = (shapes: readonly AreaShape[]): readonly string[] =>
      [...new Set(shapes.filter(shape => shape.isValidAt(atMs)).map(({ id }) => id))].sort();
    return { inside: ids(inside), split: ids(split) };
  }

  /**
   * What lies around a point, as admission takes it: the areas that contain it, and their edges that are so near that a
   * guard band or their own uncertainty may reach it.
   *
   * @param place of the point, whose territories' rules hold on either side of an area's edge
   */
  around(
    latDeg: number,
    lonDeg: number,
    atMs: number,
    place: Pick<Place, "territory" | "country" | "zone">,
    withinKm = widestBandKm,
  ): Required<Pick<Surroundings, "areas" | "edges">> {
    const areas = this.at(latDeg, lonDeg, atMs);
    const edges: NearEdge[] = [];
    for (const shape of this.shapes) {
      if (!shape.isValidAt(atMs)) continue;
      const uncertaintyKm = shape.uncertaintyKm(atMs);
      const distanceKm = shape.distanceKm(latDeg, lonDeg, Math.max(withinKm, uncertaintyKm));
      if (distanceKm === Number.POSITIVE_INFINITY) continue;
      const inside = areas.includes(shape.id);
      const others = inside ? areas.filter(id => id !== shape.id) : [...areas, shape.id].sort();
      const beyond = [...others, ...territoriesOf(place)];
      edges.push({ area: shape.id, inside, distanceKm, uncertaintyKm, beyond });
    }
    return { areas, edges };
  }

  #cell(cell: string): CellShapes {
    const known = this.#byCell.get(cell);
    if (known !== undefined) return known;
    if (this.#byCell.size >= MOST_CELLS) this.#byCell.clear();
    const inside: AreaShape[] = [];
    const split: AreaShape[] = [];
    for (const shape of this.shapes) {
      const relation = shape.relationTo(cell);
      if (relation === "inside") inside.push(shape);
      if (relation === "split") split.push(shape);
    }
    const found = inside.length + split.length === 0 ? nothing : { inside, split };
    this.#byCell.set(cell, found);
    return found;
  }
}

const shapes = new WeakMap<OperatorArea, AreaShape>();

function shapeOf(area: OperatorArea): AreaShape {
  let shape = shapes.get(area);
  if (shape === undefined) {
    shape = new AreaShape(area);
    shapes.set(area, shape);
  }
  return shape;
}

const made = new WeakMap<Book, { readonly areas: readonly OperatorArea[]; readonly index: AreaIndex }>();

/** The index of the areas on record; the same object while none has changed. */
export function areaIndexOf(book: Book): AreaIndex {
  const areas = [...book.all("operatorArea")];
  const before = made.get(book);
  if (
    before !== undefined &&
    before.areas.length === areas.length &&
    areas.every((area, i) => area === before.areas[i])
  ) {
    return before.index;
  }
  const index = new AreaIndex(areas);
  made.set(book, { areas, index });
  return index;
}

/** Ids of the operator's areas that contain a point at a time, sorted. */
export function areasAt(book: Book, latDeg: number, lonDeg: number, atMs: number): readonly string[] {
  return areaIndexOf(book).at(latDeg, lonDeg, atMs);
}
