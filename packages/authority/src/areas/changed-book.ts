// SPDX-License-Identifier: MIT
import type { Book, Change, RecordKind, RecordKinds } from "../book.ts";
import { MapBook } from "../map-book.ts";

/** A book as it would be after changes; the book beneath stays as it is. */
export class ChangedBook implements Book {
  readonly #before: Book;
  readonly #written = new MapBook();
  // By kind and id: the last change of each record.
  readonly #last = new Map<string, Change>();

  constructor(before: Book, changes: Iterable<Change> = []) {
    this.#before = before;
    this.apply(changes);
  }

  apply(changes: Iterable<Change>): void {
    for (const change of changes) {
      this.#written.apply([change]);
      this.#last.set(`${change.kind} ${change.id}`, change);
    }
  }

  /** One change for each record that is another now; none for what came and went in between. */
  changes(): readonly Change[] {
    return [...this.#last.values()].filter(
      ({ kind, id, document }) => document !== null || this.#before.get(kind, id) !== undefined,
    );
  }

  get<K extends RecordKind>(kind: K, id: string): RecordKinds[K] | undefined {
    return this.#isWritten(kind, id) ? this.#written.get(kind, id) : this.#before.get(kind, id);
  }

  *all<K extends RecordKind>(kind: K): Iterable<RecordKinds[K]> {
    for (const document of this.#before.all(kind)) if (!this.#isWritten(kind, document.id)) yield document;
    yield* this.#written.all(kind);
  }

  about<K extends RecordKind>(kind: K, subject: string): readonly RecordKinds[K][] {
    return [
      ...this.#before.about(kind, subject).filter(({ id }) => !this.#isWritten(kind, id)),
      ...this.#written.about(kind, subject),
    ];
  }

  #isWritten(kind: RecordKind, id: string): boolean {
    return this.#last.has(`${kind} ${id}`);
  }
}
