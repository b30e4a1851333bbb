// SPDX-License-Identifier: MIT
// The JSON form of a plan: the same names, arrays as arrays. For reading and for other languages; the binary form is
// smaller and faster. JSON has no infinity: `null` stands for a delay without route.
import type { CellPlan, RouteTree } from "./cell-plan.ts";
import { CELL_PLAN_BOUNDS, type CellPlanResult, checkCellPlan, refusePlan } from "./cell-plan-check.ts";

/** The `format` field of the JSON form. */
const FORMAT = "perigee-cell-plan/1";

/** A plan as JSON text: the same plan, the same text. */
export function cellPlanToJson(plan: CellPlan): string {
  const { slot, fromMs, untilMs, inputs, beam, share, reason, pop, beams, extra, contacts, trees } = plan;
  // Named one by one: the order of the text does not depend on how the object was made.
  const { satellite, gateway, downMbps, upMbps, rangeKm } = contacts;
  const { elements, ground, cells, demand, policy, permitted, previous, outage, seed } = inputs;
  const ordered = {
    format: FORMAT,
    slot,
    fromMs,
    untilMs,
    inputs: { elements, ground, cells, demand, policy, permitted, previous, outage, seed },
    beam,
    share,
    reason,
    pop,
    beams: { satellite: beams.satellite, colour: beams.colour },
    extra: { cell: extra.cell, beam: extra.beam, share: extra.share },
    contacts: { satellite, gateway, downMbps, upMbps, rangeKm },
    trees: trees.map(tree => ({ pop: tree.pop, delayMs: tree.delayMs, next: tree.next })),
  };
  return JSON.stringify(ordered, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    return value === Number.POSITIVE_INFINITY ? null : value;
  });
}

/** The plan that {@link cellPlanToJson} wrote, checked as `decodeCellPlan` does. */
export function cellPlanFromJson(text: string): CellPlanResult<CellPlan> {
  if (text.length > CELL_PLAN_BOUNDS.bytes)
    return refusePlan("size", "text", `${text.length} characters are more than a plan can have`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return refusePlan("format", "text", "This is no JSON");
  }
  const root = record(read);
  if (root?.["format"] !== FORMAT)
    return refusePlan("version", "format", `This is no plan in the form ${FORMAT}`);
  try {
    return checkCellPlan(planOf(root));
  } catch (error) {
    if (error instanceof Misread) return refusePlan("format", error.place, error.message);
    throw error;
  }
}

class Misread extends Error {
  readonly place: string;
  constructor(place: string, message: string) {
    super(message);
    this.place = place;
  }
}

const record = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;

function planOf(root: Record<string, unknown>): CellPlan {
  const part = (of: Record<string, unknown>, name: string): Record<string, unknown> => {
    const found = record(of[name]);
    if (found === undefined) throw new Misread(name, "this part is missing");
    return found;
  };
  const inputs = part(root, "inputs");
  const [beams, extra, contacts] = [part(root, "beams"), part(root, "extra"), part(root, "contacts")];
  const trees = root["trees"];
  if (!Array.isArray(trees) || trees.length > CELL_PLAN_BOUNDS.trees)
    throw new Misread("trees", "a list of trees is missing");
  return {
    slot: number(root, "slot"),
    fromMs: number(root, "fromMs"),
    untilMs: number(root, "untilMs"),
    inputs: {
      elements: text(inputs, "elements"),
      ground: text(inputs, "ground"),
      cells: text(inputs, "cells"),
      demand: text(inputs, "demand"),
      policy: text(inputs, "policy"),
      permitted: text(inputs, "permitted"),
      previous: text(inputs, "previous"),
      outage: text(inputs, "outage"),
      seed: number(inputs, "seed"),
    },
    beam: array(root, "beam", Int32Array),
    share: array(root, "share", Uint8Array),
    reason: array(root, "reason", Uint8Array),
    pop: array(root, "pop", Int16Array),
    beams: { satellite: array(beams, "satellite", Int32Array), colour: array(beams, "colour", Uint8Array) },
    extra: {
      cell: array(extra, "cell", Int32Array),
      beam: array(extra, "beam", Int32Array),
      share: array(extra, "share", Uint8Array),
    },
    contacts: {
      satellite: array(contacts, "satellite", Int32Array),
      gateway: array(contacts, "gateway", Int32Array),
      downMbps: array(contacts, "downMbps", Float32Array),
      upMbps: array(contacts, "upMbps", Float32Array),
      rangeKm: array(contacts, "rangeKm", Float32Array),
    },
    trees: trees.map((value: unknown, k): RouteTree => {
      const tree = record(value);
      if (tree === undefined) throw new Misread(`trees[${k}]`, "this is no tree");
      return {
        pop: number(tree, "pop"),
        delayMs: array(tree, "delayMs", Float64Array),
        next: array(tree, "next", Int32Array),
      };
    }),
  };
}

function number(of: Record<string, unknown>, name: string): number {
  const value = of[name];
  if (typeof value !== "number") throw new Misread(name, "a number is missing");
  return value;
}

function text(of: Record<string, unknown>, name: string): string {
  const value = of[name];
  if (typeof value !== "string" || value.length > CELL_PLAN_BOUNDS.text)
    throw new Misread(name, "a text is missing");
  return value;
}

type Kind<T> = { new (length: number): T };

/** An array of numbers that its kind can hold as they are; `null` is infinity, for delays only. */
function array<T extends Int32Array | Int16Array | Uint8Array | Float32Array | Float64Array>(
  of: Record<string, unknown>,
  name: string,
  kind: Kind<T>,
): T {
  const values = of[name];
  if (!Array.isArray(values) || values.length > CELL_PLAN_BOUNDS.entries)
    throw new Misread(name, "a list of numbers is missing");
  const out = new kind(values.length);
  values.forEach((value: unknown, k) => {
    const held = value === null ? Number.POSITIVE_INFINITY : value;
    if (typeof held === "number") out[k] = held;
    const exact = out instanceof Float32Array || out[k] === held;
    if (typeof held !== "number" || !exact) throw new Misread(`${name}[${k}]`, "this number does not fit");
  });
  return out;
}
