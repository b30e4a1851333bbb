// SPDX-License-Identifier: MIT

/** What can be wrong with a plan of cells; each is a rule at the head of `cell-plan.ts`, or of its types. */
export const VIOLATION_KINDS = [
  /** Arrays of another size than the table, or times that are no slot. */
  "shape",
  /** An index that names nothing. */
  "index",
  /** Rows out of their order, or twice. */
  "order",
  /** A beam on a cell that may not be served. */
  "permission",
  /** A satellite that does not serve, has no position or is out of order. */
  "satellite",
  "elevation",
  /** A corner of a cell that looks elsewhere than its centre. */
  "corner",
  "steering",
  "geostationaryArc",
  "beamCount",
  "cellsPerBeam",
  "share",
  "colour",
  "colourSeparation",
  "coFrequency",
  "beamsPerCell",
  /** A reason that is not the first one true of the cell, or one of a cell that is served. */
  "reason",
  /** A cell told that all beams are taken, where a satellite has one left: asked of `checkRoom` alone. */
  "room",
  /** A served cell whose PoP its satellite does not reach. */
  "route",
  "contactElevation",
  "contactArc",
  "contactRange",
  "contactRate",
  "antennas",
  "ports",
  /** A contact of a satellite or gateway out of order, or one that does not serve. */
  "contactOutage",
  "treeShape",
  /** A hop over a link or contact that is not there. */
  "treeHop",
  /** A hop that comes no nearer: a way that may never end. */
  "treeLoop",
  "treeDelay",
  /** A shorter way exists. */
  "treeLonger",
  /** More laser links than terminals. */
  "laserTerminals",
  /** A re-plan that changed what a failure left alone. */
  "replan",
] as const;
export type ViolationKind = (typeof VIOLATION_KINDS)[number];

/** One broken promise. */
export interface PlanViolation {
  readonly kind: ViolationKind;
  readonly detail: string;
  readonly cell?: number;
  readonly satellite?: number;
  readonly beam?: number;
}

/** Everything found in one plan; lists are short, counts are not. */
export interface PlanFindings {
  /** At most {@link LISTED} of each kind. */
  readonly violations: PlanViolation[];
  readonly counts: Map<ViolationKind, number>;
  /** Measures of the plan, and how near it came to its limits; units in the names. */
  readonly figures: Record<string, number>;
}

/** A broken kernel breaks every cell: nobody reads the same sentence 590,000 times. */
export const LISTED = 20;

/** Collects what the parts of the check find. */
export class Findings implements PlanFindings {
  readonly violations: PlanViolation[] = [];
  readonly counts = new Map<ViolationKind, number>();
  readonly figures: Record<string, number> = {};

  add(kind: ViolationKind, detail: string, place: Omit<PlanViolation, "kind" | "detail"> = {}): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= LISTED) this.violations.push({ kind, detail, ...place });
  }

  /** Keeps the least value told under a name. */
  least(name: string, value: number): void {
    if (!(value >= (this.figures[name] ?? Number.POSITIVE_INFINITY))) this.figures[name] = value;
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}
