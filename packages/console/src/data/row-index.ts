// SPDX-License-Identifier: MIT
import type { TerminalRow } from "@perigee/operator/contract";

/**
 * Terminals by id in a stable order, so that an event about three of 100,000 rows costs three look-ups and one copy of
 * the list of references.
 */
export class RowIndex {
  #rows: TerminalRow[] = [];
  readonly #places = new Map<string, number>();

  /** Forgets everything and takes these rows. */
  replace(rows: readonly TerminalRow[]): readonly TerminalRow[] {
    this.#rows = [...rows];
    this.#places.clear();
    for (const [place, row] of this.#rows.entries()) this.#places.set(row.id, place);
    return this.#rows;
  }

  /** Takes changed rows, appends unknown ones; returns a new list, so that watchers notice. */
  merge(changed: readonly TerminalRow[]): readonly TerminalRow[] {
    const rows = [...this.#rows];
    for (const row of changed) {
      const place = this.#places.get(row.id);
      if (place === undefined) {
        this.#places.set(row.id, rows.length);
        rows.push(row);
      } else {
        rows[place] = row;
      }
    }
    this.#rows = rows;
    return rows;
  }

  /** The row now, if the terminal is known. */
  get(id: string): TerminalRow | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#rows[place];
  }
}
