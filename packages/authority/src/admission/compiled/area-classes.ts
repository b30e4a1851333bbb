// SPDX-License-Identifier: MIT
import { decidingAxes } from "../../area-rules.ts";
import type { EdgeAtHand } from "../../location-facts.ts";
import type { GuardBand, Policy } from "../../policy.ts";
import { axes, effectOf } from "../../territory.ts";
import { groundCode } from "./ground-code.ts";
import { bitOf } from "./reason-bits.ts";

const axisNames = Object.keys(decidingAxes) as readonly (keyof typeof decidingAxes)[];
/** The bits of the deciding axes, in the order of their grounds in a row. */
export const axisBits = axisNames.map(axis => bitOf(decidingAxes[axis]));
const silenceDenies = axisNames.map(axis => axes[axis].silence === "denies");
const noCodes = new Uint32Array(0);

/** What of a row only few terminals ask for. */
export interface RowDetail {
  /** Codes of the grounds of each deciding axis, in the order of {@link axisNames}; those that deny, if any does. */
  readonly axisCodes: readonly Uint32Array[];
  /** Positions of the prohibitions by law in force. */
  readonly prohibitions: readonly number[];
  /** Positions of the required allow-lists in force. */
  readonly required: readonly number[];
  /** Positions of the speed caps in force. */
  readonly caps: readonly number[];
  /** The guard bands in force whose other side matters, with the class of that side and the bit they give. */
  readonly bands: readonly { readonly band: number; readonly beyond: number; readonly bit: number }[];
}

/** Where the rules of an area come from; the same at all times. */
interface AreaClass {
  readonly statements: readonly number[];
  readonly lists: readonly number[];
  readonly caps: readonly number[];
  readonly edges: readonly { readonly band: number; readonly inside: boolean; readonly beyond: number }[];
  /** Lists whose entries concern a terminal here: those of this side and of the others. */
  readonly entryLists: ReadonlySet<number>;
}

/**
 * The kinds of place that a policy tells apart, each compiled to one row of numbers. Terminals in the same territories,
 * operator areas and special zones, with the same edges at hand, share a row. A row holds for a span of time and of
 * knowledge and is compiled anew when asked about an instant outside it.
 */
export class AreaClasses {
  /** By class: refusals of the area as reason bits. */
  mask = new Int32Array(64);
  /** By class: 1 with required lists in force, 2 with guard bands in force, 4 with entries that may begin or end. */
  flags = new Int32Array(64);
  capKmh = new Float64Array(64);
  zoneLeaseMs = new Float64Array(64);
  /** By class: the next instant at which a rule begins or ends. */
  nextMs = new Float64Array(64);
  /** By class: the span of validity, and the span of knowledge, for which the row was compiled. */
  fromMs = new Float64Array(64);
  untilMs = new Float64Array(64);
  knownFromMs = new Float64Array(64);
  knownUntilMs = new Float64Array(64);
  readonly details: RowDetail[] = [];
  readonly #classes: AreaClass[] = [];
  readonly #byKey = new Map<string, number>();
  /** The span in which all rows hold, while there are no more than these. */
  #current = { rows: 0, valid: new Span(0), known: new Span(0) };
  readonly #policy: Policy;
  readonly #bands: readonly GuardBand[];
  readonly #statementsOf: ReadonlyMap<string, readonly number[]>;
  readonly #listsOf: ReadonlyMap<string, readonly number[]>;
  readonly #capsOf: ReadonlyMap<string, readonly number[]>;

  constructor(policy: Policy) {
    this.#policy = policy;
    this.#bands = policy.guardBands ?? [];
    this.#statementsOf = positionsByTerritory(policy.statements);
    this.#listsOf = positionsByTerritory(policy.allowLists);
    this.#capsOf = positionsByTerritory(policy.speedCaps);
  }

  get size(): number {
    return this.#classes.length;
  }

  /** The class of a place: its territories, own areas first, the zones of its cell, and the edges at hand. */
  intern(territories: readonly string[], cell: string | null, edges: readonly EdgeAtHand[]): number {
    const zones = cell === null ? [] : (this.#policy.zonesByCell.get(cell) ?? []);
    const key = JSON.stringify([territories, zones.map(zone => zone.leaseMs), edges]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const unique = [...new Set(territories)];
    const concerned = edges.flatMap(({ area, inside, beyond }) => {
      const band = this.#bands.findIndex(({ territory }) => territory === area);
      return band < 0 ? [] : [{ band, inside, beyond: this.intern(beyond, null, []) }];
    });
    const lists = unique.flatMap(territory => this.#listsOf.get(territory) ?? []);
    const index = this.#classes.length;
    this.#classes.push({
      statements: unique.flatMap(territory => this.#statementsOf.get(territory) ?? []),
      lists,
      caps: unique.flatMap(territory => this.#capsOf.get(territory) ?? []),
      edges: concerned,
      entryLists: new Set([...lists, ...concerned.flatMap(({ beyond }) => this.#classes[beyond]!.lists)]),
    });
    this.#byKey.set(key, index);
    if (index >= this.mask.length) this.#grow();
    const leases = [
      ...unique.flatMap(territory => this.#policy.byTerritory.get(territory)?.specialZones ?? []),
      ...zones,
    ].map(zone => zone.leaseMs);
    this.zoneLeaseMs[index] = Math.min(Number.POSITIVE_INFINITY, ...leases);
    this.fromMs[index] = Number.NaN;
    return index;
  }

  /** Whether a list's entries concern terminals of a class. */
  concerns(index: number, list: number): boolean {
    return this.#classes[index]!.entryLists.has(list);
  }

  /** Makes every row hold at an instant, as known at another. */
  refreshAll(atMs: number, knownAtMs: number): void {
    const { rows, valid, known } = this.#current;
    if (rows === this.size && valid.holds(atMs) && known.holds(knownAtMs)) return;
    const all = { rows: this.size, valid: new Span(atMs), known: new Span(knownAtMs) };
    for (let index = 0; index < this.size; index++) {
      this.#refresh(index, atMs, knownAtMs);
      all.valid.within(this.fromMs[index]!, this.untilMs[index]!);
      all.known.within(this.knownFromMs[index]!, this.knownUntilMs[index]!);
    }
    this.#current = all;
  }

  #refresh(index: number, atMs: number, knownAtMs: number): void {
    const isCurrent =
      atMs >= this.fromMs[index]! &&
      atMs < this.untilMs[index]! &&
      knownAtMs >= this.knownFromMs[index]! &&
      knownAtMs < this.knownUntilMs[index]!;
    if (!isCurrent) this.#compile(index, atMs, knownAtMs);
  }

  #compile(index: number, atMs: number, knownAtMs: number): void {
    const { statements, lists, caps, edges } = this.#classes[index]!;
    const policy = this.#policy;
    const valid = new Span(atMs);
    const known = new Span(knownAtMs);
    const denying: number[][] = axisNames.map(() => []);
    const permitting: number[][] = axisNames.map(() => []);
    for (const position of statements) {
      const statement = policy.statements[position]!;
      if (!known.narrow(statement.knownFromMs, statement.knownToMs)) continue;
      if (!valid.narrow(statement.validFromMs, statement.validToMs)) continue;
      const axis = axisNames.indexOf(statement.axis as (typeof axisNames)[number]);
      if (axis < 0) continue;
      const effect = effectOf(statement);
      if (effect === "denies") denying[axis]!.push(position);
      else if (effect === "permits") permitting[axis]!.push(position);
    }
    const inForce = (rule: { readonly validFromMs: number; readonly validToMs: number | null }): boolean =>
      valid.narrow(rule.validFromMs, rule.validToMs);
    const listsInForce = lists.filter(position => inForce(policy.allowLists[position]!));
    const capsInForce = caps.filter(position => inForce(policy.speedCaps[position]!));
    const bandsInForce = edges.filter(({ band }) => inForce(this.#bands[band]!));
    let mask = 0;
    const axisCodes = axisNames.map((_, axis) => {
      if (denying[axis]!.length > 0) {
        mask |= axisBits[axis]!;
        return codesOf(denying[axis]!);
      }
      if (permitting[axis]!.length > 0) return codesOf(permitting[axis]!);
      if (!silenceDenies[axis]) return noCodes;
      mask |= axisBits[axis]!;
      return Uint32Array.of(groundCode("axis.silence", axis));
    });
    const required = listsInForce.filter(position => policy.allowLists[position]!.required);
    const bands = bandsInForce.flatMap(({ band, inside, beyond }) => {
      const { treat } = this.#bands[band]!;
      if (treat === (inside ? "asInside" : "asOutside")) return [];
      const bit = bitOf(treat === "provisional" ? "GUARD_BAND_PROVISIONAL" : "GUARD_BAND");
      return [{ band, beyond, bit }];
    });
    for (const { beyond } of edges) {
      this.#refresh(beyond, atMs, knownAtMs);
      valid.within(this.fromMs[beyond]!, this.untilMs[beyond]!);
      known.within(this.knownFromMs[beyond]!, this.knownUntilMs[beyond]!);
    }
    this.mask[index] = mask;
    this.flags[index] =
      (required.length > 0 ? 1 : 0) |
      (bands.length > 0 ? 2 : 0) |
      (this.#classes[index]!.entryLists.size > 0 ? 4 : 0);
    this.capKmh[index] = capsInForce.reduce(
      (least, position) => Math.min(least, policy.speedCaps[position]!.capKmh),
      Number.POSITIVE_INFINITY,
    );
    // Rules that end the row's span are the rules that change the answer: the row ends with the next of them.
    this.nextMs[index] = valid.untilMs;
    this.fromMs[index] = valid.fromMs;
    this.untilMs[index] = valid.untilMs;
    this.knownFromMs[index] = known.fromMs;
    this.knownUntilMs[index] = known.untilMs;
    this.details[index] = {
      axisCodes,
      prohibitions: denying[axisNames.indexOf("legalRegime")]!,
      required,
      caps: capsInForce,
      bands,
    };
  }

  #grow(): void {
    const capacity = 2 * this.mask.length;
    this.mask = grownIntegers(this.mask, capacity);
    this.flags = grownIntegers(this.flags, capacity);
    this.capKmh = grownNumbers(this.capKmh, capacity);
    this.zoneLeaseMs = grownNumbers(this.zoneLeaseMs, capacity);
    this.nextMs = grownNumbers(this.nextMs, capacity);
    this.fromMs = grownNumbers(this.fromMs, capacity);
    this.untilMs = grownNumbers(this.untilMs, capacity);
    this.knownFromMs = grownNumbers(this.knownFromMs, capacity);
    this.knownUntilMs = grownNumbers(this.knownUntilMs, capacity);
  }
}

function grownIntegers(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(column);
  return grown;
}

function grownNumbers(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

/** The longest span around an instant in which nothing looked at begins or ends. */
class Span {
  fromMs = Number.NEGATIVE_INFINITY;
  untilMs = Number.POSITIVE_INFINITY;
  readonly #atMs: number;

  constructor(atMs: number) {
    this.#atMs = atMs;
  }

  /** Takes an interval into account and says whether the instant lies in it. */
  narrow(fromMs: number, toMs: number | null): boolean {
    this.#edge(fromMs);
    if (toMs !== null) this.#edge(toMs);
    return fromMs <= this.#atMs && (toMs === null || this.#atMs < toMs);
  }

  holds(atMs: number): boolean {
    return this.fromMs <= atMs && atMs < this.untilMs;
  }

  within(fromMs: number, untilMs: number): void {
    this.fromMs = Math.max(this.fromMs, fromMs);
    this.untilMs = Math.min(this.untilMs, untilMs);
  }

  #edge(edgeMs: number): void {
    if (edgeMs <= this.#atMs) this.fromMs = Math.max(this.fromMs, edgeMs);
    else this.untilMs = Math.min(this.untilMs, edgeMs);
  }
}

function codesOf(positions: readonly number[]): Uint32Array {
  return Uint32Array.from(positions, position => groundCode("axis.asserted", position));
}

/** The positions of the rules of each territory. */
export function positionsByTerritory(
  rules: readonly { readonly territory: string }[],
): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, { territory }] of rules.entries()) {
    const group = positions.get(territory);
    if (group === undefined) positions.set(territory, [position]);
    else group.push(position);
  }
  return positions;
}
