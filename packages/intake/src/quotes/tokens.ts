// SPDX-License-Identifier: MIT
import { LIMITS } from "../documents/limits.ts";
import type { TextRange } from "../model.ts";
import type { QuoteSpan } from "./scan-quotes.ts";

/** A word, a mark, or a whole quotation, which the attribution around it never looks into. */
export interface Token extends TextRange {
  readonly kind: "word" | "mark" | "quote";
  /** As written; possessives without their ending. */
  readonly text: string;
  readonly low: string;
  readonly possessive: boolean;
  /** Begins with a capital, or is a number. */
  readonly capital: boolean;
  /** Index of the quotation in the document's spans. */
  readonly span: number;
}

const PIECE =
  /(?:Dr|Mr|Mrs|Ms|Prof|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|St|Maj|Adm|Rev|Cmdr)\.(?=\s)|\p{Lu}\.(?=\s\p{Lu})|(?:\p{Lu}\.){2,}|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|[-'’.&](?=[\p{L}\p{N}])|,(?=\p{N}{3}))*(?:(?<=s)['’](?![\p{L}\p{N}]))?|[^\s]/gu;

/** Tokens of a range, quotations as single tokens; at most as many as a sentence is searched for. */
export function tokensOf(
  text: string,
  range: TextRange,
  spans: readonly QuoteSpan[],
  firstSpan = 0,
): Token[] {
  const tokens: Token[] = [];
  let at = range.from;
  let s = firstSpan;
  while (s < spans.length && spans[s]!.outer.to <= at) s++;
  while (at < range.to && tokens.length < LIMITS.sentenceTokens) {
    const span = spans[s];
    const stop = span === undefined ? range.to : Math.min(range.to, Math.max(at, span.outer.from));
    for (const found of text.slice(at, stop).matchAll(PIECE)) {
      if (tokens.length >= LIMITS.sentenceTokens) break;
      tokens.push(tokenOf(found[0], at + found.index));
    }
    at = stop;
    if (span !== undefined && at < range.to) {
      const { from, to } = span.outer;
      // A name in marks is a name: its words are tokens like others.
      if (span.use === "name") {
        for (const found of text.slice(span.inner.from, span.inner.to).matchAll(PIECE))
          tokens.push(tokenOf(found[0], span.inner.from + found.index));
      } else {
        tokens.push({
          kind: "quote",
          text: "",
          low: "",
          possessive: false,
          capital: false,
          from,
          to,
          span: s,
        });
      }
      at = Math.max(to, at + 1);
      s++;
    }
  }
  return tokens;
}

function tokenOf(piece: string, from: number): Token {
  const to = from + piece.length;
  if (!/[\p{L}\p{N}]/u.test(piece[0]!))
    return { kind: "mark", text: piece, low: piece, possessive: false, capital: false, from, to, span: -1 };
  const owner = /['’]s?$/iu.exec(piece) ?? /(?<=s)['’]$/u.exec(piece);
  const text = (owner === null ? piece : piece.slice(0, owner.index)).replace(/^(\p{L}{1,4})\.$/u, "$1");
  return {
    kind: "word",
    text,
    low: text.toLowerCase(),
    possessive: owner !== null,
    capital: /^[\p{Lu}\p{N}]/u.test(text),
    from,
    to,
    span: -1,
  };
}
