// SPDX-License-Identifier: MIT
// What passes between the operator and the thread that reads documents.
import type { IntakeError, IntakeReport, RawDocument } from "@perigee/intake";

/** Documents to open and read together. */
export interface ReadingOrder {
  readonly documents: readonly RawDocument[];
}

/** What came of it: the report, or the document that could not be read. */
export type ReadingAnswer =
  | { readonly ok: true; readonly value: IntakeReport }
  | { readonly ok: false; readonly error: IntakeError };
