// SPDX-License-Identifier: MIT
import type { Case, CaseBook } from "../records.ts";
import type { CaseEvent } from "./case-states.ts";
import { appealsOf, unnoticed } from "./guards.ts";

/** An event that the authority's records show, and by which record. */
export interface ShownEvent {
  readonly event: Extract<CaseEvent, "notify" | "appeal" | "uphold" | "reverse">;
  readonly because: string;
}

/**
 * What notices and appeals on record mean for a case: `null` where it is where they are already. A case that was closed
 * follows an appeal, because holders have six months.
 */
export function shownEvent(book: CaseBook, found: Case): ShownEvent | null {
  switch (found.state) {
    case "actioned":
      return unnoticed(book, found).length === 0
        ? { event: "notify", because: "Every order of the case has its notice." }
        : null;
    case "notified":
    case "upheld":
    case "reversed":
    case "closed": {
      const open = appealsOf(book, found).find(({ state }) => state === "open");
      return open === undefined ? null : { event: "appeal", because: `Appeal ${open.id}.` };
    }
    case "appealed": {
      const appeals = appealsOf(book, found);
      if (appeals.length === 0 || appeals.some(({ state }) => state === "open")) return null;
      // Earlier appeals were followed already: only those that were decided since count, or that were taken back.
      const since = appeals.filter(
        ({ decision }) => decision === null || decision.atMs >= found.stateSinceMs,
      );
      const reversed = since.find(({ state }) => state === "reversed");
      if (reversed !== undefined) return { event: "reverse", because: `Appeal ${reversed.id} was right.` };
      return { event: "uphold", because: "No appeal was right, or it was taken back." };
    }
    default:
      return null;
  }
}
