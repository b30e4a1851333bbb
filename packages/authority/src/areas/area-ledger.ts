// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import { type AreaState, axes, inInterval, type Statement } from "../territory.ts";
import type { AreaMove } from "./area-move.ts";

/*
 * One source of truth for what the operator has switched on: the moves of an area. Each move that changes the state
 * writes, in the same ruling, what the operator says on the activation axis from then on; no other command writes that.
 * An area's ledger may open with a statement of the operator that came with an imported policy: it says in which state
 * the ledger found the area, and stands until the first move.
 */

/** The entries of an area's ledger, in the order in which they were made. */
export function movesOf(book: Book, area: string): readonly AreaMove[] {
  return book.about("areaMove", area).filter(move => move.area === area);
}

/**
 * The state of an area at an instant by its ledger; `neverActive` before anything happened.
 *
 * @param operator the name under which the operator speaks
 */
export function areaStateOf(book: Book, area: string, operator: string, atMs: number): AreaState {
  const moves = movesOf(book, area);
  const last = moves.findLast(move => move.atMs <= atMs);
  if (last !== undefined) return last.to;
  return openingOf(book, area, operator, atMs)?.value ?? moves[0]?.from ?? "neverActive";
}

/** The first instant at which an area had service, and by which record; `null` if it never had. */
export interface FirstActive {
  readonly sinceMs: number;
  readonly record: { readonly kind: "areaMove" | "statement"; readonly id: string };
  readonly asserter: string;
}

/** Was the area ever active before `beforeMs`? A refused request, an approval and a cancelled approval do not count. */
export function firstActive(
  book: Book,
  area: string,
  operator: string,
  beforeMs: number,
): FirstActive | null {
  const found: FirstActive[] = [];
  for (const { id, to, atMs, asserter } of movesOf(book, area)) {
    if (wasOn(to)) found.push({ sinceMs: atMs, record: { kind: "areaMove", id }, asserter });
  }
  for (const { id, value, validFromMs, asserter } of operatorSays(book, area, operator)) {
    if (wasOn(value)) found.push({ sinceMs: validFromMs, record: { kind: "statement", id }, asserter });
  }
  const first = found.filter(({ sinceMs }) => sinceMs < beforeMs).sort((a, b) => a.sinceMs - b.sinceMs)[0];
  return first ?? null;
}

/** What the operator says on the activation axis of an area and still stands by. */
export function operatorSays(
  book: Book,
  area: string,
  operator: string,
): readonly Extract<Statement, { axis: "activation" }>[] {
  return book
    .about("statement", area)
    .filter(statement => statement.axis === "activation")
    .filter(({ asserter, knownToMs }) => asserter === operator && knownToMs === null);
}

/** The statement of the operator with which a ledger without moves opens. */
export function openingOf(
  book: Book,
  area: string,
  operator: string,
  atMs: number,
): Extract<Statement, { axis: "activation" }> | undefined {
  return operatorSays(book, area, operator).findLast(({ validFromMs, validToMs }) =>
    inInterval(atMs, validFromMs, validToMs),
  );
}

/** Whether a state is one of an area that was switched on at some time. */
export function wasOn(state: AreaState): boolean {
  return state !== "neverActive" && state !== "pending";
}

/** Whether an area in this state has service, with rules or without. */
export function isOn(state: AreaState): boolean {
  return axes.activation.values[state].effect === "permits";
}
