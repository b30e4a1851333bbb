// SPDX-License-Identifier: MIT
import type { IntakeError } from "../model.ts";

/**
 * Bounds of what is read. A report is some kilobytes; a long investigation, some hundreds. What is larger is
 * refused rather than cut: a cut document would misquote.
 */
export const LIMITS = {
  /** A file of any type, bytes. */
  fileBytes: 8_000_000,
  /** The text of one document, UTF-16 units. */
  textUnits: 2_000_000,
  /** Pages of a PDF. */
  pdfPages: 300,
  /** Attributes of one HTML tag that are looked at. */
  attributes: 64,
  /** Marks inside marks; beyond it a mark is a character. */
  quoteDepth: 8,
  /** Words of one sentence that are searched for an attribution; the rest belongs to it unsearched. */
  sentenceTokens: 400,
  /** Statements of one document. */
  statements: 20_000,
  /** Documents read together. */
  documents: 2_000,
  /** Statements linked together. */
  linkedStatements: 50_000,
} as const;

/** The failing half of a result. */
export function refused(
  code: IntakeError["code"],
  place: string,
  message: string,
): { ok: false; error: IntakeError } {
  return { ok: false, error: { code, place, message } };
}
