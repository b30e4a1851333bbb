// SPDX-License-Identifier: MIT
import { type ElementsError, refuse } from "./elements.ts";

/** One record of a CSV text. */
export interface CsvRow {
  /** Line on which the record begins, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const QUOTE_RULE = "A field with quotes is quoted as a whole, and quotes inside it are doubled (RFC 4180).";

/**
 * The records of a CSV text (RFC 4180): CRLF or LF, fields quoted where they hold commas, quotes or line breaks, blank
 * lines and a byte order mark passed over. Stops after the first error, which comes as the last item.
 */
export function* csvRows(text: string): Generator<CsvRow | { ok: false; error: ElementsError }> {
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  // Looked for again only when passed: a text without quotes is searched once, not once per record.
  let quote = -1;
  while (at < text.length) {
    const newline = text.indexOf("\n", at);
    const end = newline === -1 ? text.length : newline;
    if (quote < at) {
      const next = text.indexOf('"', at);
      quote = next === -1 ? text.length : next;
    }
    if (quote >= end) {
      // The common record: no quotes, so that commas and the line break mean what they are.
      const plain = text.slice(at, text[end - 1] === "\r" && end > at ? end - 1 : end);
      if (plain.trim() !== "") yield { line, fields: plain.split(",") };
      at = end + 1;
      line += 1;
      continue;
    }
    const first = line;
    const fields: string[] = [];
    for (;;) {
      const quoted = text[at] === '"';
      const stop = quoted ? endOfQuoted(text, at) : endOfPlain(text, at);
      const field = text.slice(at, stop);
      if (quoted ? stop === -1 : field.includes('"')) {
        yield refuse(
          "csvSyntax",
          `line ${line}`,
          `found a stray quote in field ${fields.length + 1}`,
          QUOTE_RULE,
        );
        return;
      }
      fields.push(quoted ? field.slice(1, -1).replaceAll('""', '"') : field);
      for (let k = field.indexOf("\n"); k !== -1; k = field.indexOf("\n", k + 1)) line += 1;
      at = stop;
      if (text[at] === ",") {
        at += 1;
        continue;
      }
      if (text.startsWith("\r\n", at)) at += 2;
      else if (text[at] === "\n") at += 1;
      else if (at < text.length) {
        yield refuse(
          "csvSyntax",
          `line ${line}`,
          `found ${JSON.stringify(text.slice(at, at + 10))} after field ${fields.length}`,
          QUOTE_RULE,
        );
        return;
      }
      break;
    }
    line += 1;
    yield { line: first, fields };
  }
}

/** Writes one field, quoted where it must be. */
export function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Where a field that begins with a quote ends; -1 where its closing quote is missing. */
function endOfQuoted(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at === -1) return -1;
    if (text[at + 1] !== '"') return at + 1;
    at += 2;
  }
}

function endOfPlain(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== "," && text[at] !== "\n") at += 1;
  return text[at] !== "," && text[at - 1] === "\r" && at > start ? at - 1 : at;
}
