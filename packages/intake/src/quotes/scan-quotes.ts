// SPDX-License-Identifier: MIT
import { LIMITS } from "../documents/limits.ts";
import type { TextRange } from "../model.ts";

/** A stretch between quotation marks within one paragraph. */
export interface QuoteSpan {
  /** Inside the marks. */
  readonly inner: TextRange;
  /** With the marks. */
  readonly outer: TextRange;
  /** Index of the paragraph in what was scanned. */
  readonly paragraph: number;
  /** Spans of the same number are one quotation that goes on over paragraphs. */
  readonly run: number;
  /** `false`: the closing mark is missing and the paragraph's end was taken for it. */
  readonly closed: boolean;
  /** `name`: the marks are around a name or a title, not around speech. */
  readonly use: "speech" | "name";
}

/** Opening mark to the marks that may close it. */
const CLOSERS: Readonly<Record<string, string>> = {
  "“": "”",
  '"': '"',
  "«": "»",
  "„": "“”",
  "‹": "›",
  "‘": "’",
  "'": "'",
  "”": "”",
  "»": "«",
};
const MARKS = /[“”"«»„‹›‘’']/g;
const NAMING =
  /\b(called|known as|dubbed|nicknamed|code-?named|call ?sign|titled|entitled|named|labell?ed|(the|a|its|his|her|their) (film|book|song|novel|series|newspaper|ship|vessel|tanker|operation|album|programme|program|podcast|documentary|exhibition|play|magazine))\s*$/i;
/** A cover name: one or two capitals in marks after what the person is. */
const COVERED =
  /\b(commander|soldier|fighter|officer|hacker|agent|informant|trader|dealer|group|unit|operative|militant|seller|source|squad)\s*$/i;
const COVER_NAME = /^\p{Lu}[\p{L}\p{N}-]*(?: \p{Lu}[\p{L}\p{N}-]*)?$/u;
/** How far a single mark may be from the one that closes it. */
const SINGLE_REACH = 600;

/**
 * Finds what stands between quotation marks. One pass, a state machine over the marks: closed or inside a
 * quotation opened by a certain mark, with a stack for quotations within it. A paragraph that ends inside one
 * goes on in the next if that begins with an opening mark of the same kind, as printers do; otherwise the
 * closing mark is missing. Linear in the text: the look-ahead for single marks is bounded.
 *
 * @param paragraphs in reading order, not overlapping.
 */
export function scanQuotes(text: string, paragraphs: readonly TextRange[]): QuoteSpan[] {
  const spans: QuoteSpan[] = [];
  let run = 0;
  /** The mark of the quotation that the last paragraph left open. */
  let carried: string | null = null;
  for (let p = 0; p < paragraphs.length; p++) {
    const { from, to } = paragraphs[p]!;
    let stack = "";
    /** Where the innermost single mark closes, as found when it opened. */
    let singleEnd = -1;
    const searched = { to: 0 };
    let opened = from;
    let continued = false;
    const start = firstInk(text, from, to);
    const marks = [...text.slice(from, to).matchAll(MARKS)];
    for (const found of marks) {
      const at = from + found.index;
      const mark = found[0];
      const top = stack[stack.length - 1];
      if (
        top !== undefined &&
        CLOSERS[top]!.includes(mark) &&
        closesHere(text, at, to, mark, top, singleEnd)
      ) {
        stack = stack.slice(0, -1);
        if (stack === "") spans.push(spanOf(text, opened, at, p, run, true, from, continued));
        continue;
      }
      if (!opensHere(text, at, from, to, mark, stack)) continue;
      if (mark === "'" || mark === "‘") {
        singleEnd = singleCloser(text, at, to, CLOSERS[mark]!, searched);
        if (singleEnd < 0) continue;
      }
      if (stack === "") {
        continued = at === start && carried === mark;
        if (!continued) run++;
        opened = at;
        stack = mark;
      } else if (stack.length < LIMITS.quoteDepth && mark !== top) {
        stack += mark;
      }
    }
    carried = null;
    if (stack !== "") {
      const outer = stack[0]!;
      const next = paragraphs[p + 1];
      const goesOn = next !== undefined && text[firstInk(text, next.from, next.to)] === outer;
      spans.push(spanOf(text, opened, lastInk(text, from, to), p, run, goesOn, from, continued));
      if (goesOn) carried = outer;
    }
  }
  return spans.filter(({ inner }) => /[\p{L}\p{N}]/u.test(text.slice(inner.from, inner.to)));
}

function spanOf(
  text: string,
  opened: number,
  closedAt: number,
  paragraph: number,
  run: number,
  closed: boolean,
  from: number,
  continued: boolean,
): QuoteSpan {
  const hasMark = closedAt > opened && Object.values(CLOSERS).some(c => c.includes(text[closedAt] ?? " "));
  const before = text.slice(Math.max(from, opened - 60), opened);
  return {
    inner: { from: opened + 1, to: closedAt },
    outer: { from: opened, to: hasMark ? closedAt + 1 : closedAt },
    paragraph,
    run,
    closed,
    use:
      !continued &&
      (NAMING.test(before) || (COVERED.test(before) && COVER_NAME.test(text.slice(opened + 1, closedAt))))
        ? "name"
        : "speech",
  };
}

function opensHere(text: string, at: number, from: number, to: number, mark: string, stack: string): boolean {
  if (CLOSERS[mark] === undefined) return false;
  const before = at === from ? " " : text[at - 1]!;
  const after = at + 1 < to ? text[at + 1]! : " ";
  const atBoundary = /[\s([{—–\-:;,“"‘«„/]/.test(before);
  if (mark === "“" || mark === "«" || mark === "„" || mark === "‹") return !/\s/.test(after) || mark !== "“";
  if (!atBoundary || /\s/.test(after)) return false;
  // A closing curly mark at a beginning is a slip of the keyboard, and opens where nothing is open.
  if (mark === "”" || mark === "»") return stack === "" && /[\p{L}\p{N}]/u.test(after);
  if (mark === '"') return true;
  if (!/[\p{L}\p{N}[“"(…]/u.test(after)) return false;
  return !(mark === "'" && /^'(?:\d0s|em\b|til\b|tis\b|twas\b|n'|cause\b)/i.test(text.slice(at, at + 7)));
}

/** A single mark closes where no letter follows it: an apostrophe has one. */
function closesHere(
  text: string,
  at: number,
  to: number,
  mark: string,
  top: string,
  singleEnd: number,
): boolean {
  if (top === "‘" || top === "'") return at === singleEnd;
  if (mark === '"') {
    // Straight marks look alike: one before a letter and after a space opens again, unless it is the last.
    const before = text[at - 1] ?? " ";
    const after = at + 1 < to ? text[at + 1]! : " ";
    return !(/\s/.test(before) && /[\p{L}\p{N}]/u.test(after)) || top === '"';
  }
  return true;
}

/**
 * Where the single mark opened at `at` closes, or -1: first after punctuation, else the first that is no plural's.
 * `searched.to` keeps how far nothing was found, so that marks in a row do not search the same text again.
 */
function singleCloser(
  text: string,
  at: number,
  to: number,
  closer: string,
  searched: { to: number },
): number {
  const end = Math.min(to, at + SINGLE_REACH);
  let first = -1;
  let plural = -1;
  for (let k = Math.max(at + 2, searched.to); k < end; k++) {
    if (!closer.includes(text[k]!)) continue;
    const after = k + 1 < to ? text[k + 1]! : " ";
    if (/[\p{L}\p{N}]/u.test(after) || /\s/.test(text[k - 1]!)) continue;
    if (/[,.!?…]/.test(text[k - 1]!)) return k;
    if (/s/i.test(text[k - 1]!) && /^\s\p{Ll}/u.test(text.slice(k + 1, k + 3))) {
      if (plural < 0) plural = k;
    } else if (first < 0) first = k;
    if (first >= 0) return first;
  }
  if (first < 0 && plural < 0) searched.to = Math.max(searched.to, end);
  return first >= 0 ? first : plural;
}

function firstInk(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(text[at]!)) at++;
  return at;
}

function lastInk(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && /\s/.test(text[at - 1]!)) at--;
  return at;
}
