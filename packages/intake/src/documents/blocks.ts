// SPDX-License-Identifier: MIT
import type { TextRange } from "../model.ts";

/** A line or, in text with a fixed line width, a paragraph of lines. */
export interface Block extends TextRange {
  /** The block's text with single spaces. */
  readonly words: string;
}

const SENTENCE_END = /[.!?…][\s"”’'»)\]]*$/;

/** Cuts a text into blocks. Lines are blocks, unless the text was wrapped at a fixed width. */
export function blocksOf(text: string): Block[] {
  const lines: TextRange[] = [];
  for (let from = 0; from <= text.length; ) {
    let to = text.indexOf("\n", from);
    if (to < 0) to = text.length;
    lines.push({ from, to });
    from = to + 1;
  }
  const full = wrapWidth(text, lines);
  const blocks: Block[] = [];
  let open: { from: number; to: number } | null = null;
  const close = () => {
    if (open !== null) blocks.push(blockOf(text, open.from, open.to));
    open = null;
  };
  for (const line of lines) {
    const { from, to } = trimmed(text, line);
    if (from === to) {
      close();
      continue;
    }
    if (open === null) open = { from, to };
    else open.to = to;
    // A line that is full goes on; a short one ends its paragraph.
    if (full === null || to - from < 0.75 * full || isBullet(text, to + 1)) close();
  }
  close();
  return blocks;
}

/** The width at which the text is wrapped, or `null`: most full lines of such a text end inside a sentence. */
function wrapWidth(text: string, lines: readonly TextRange[]): number | null {
  const lengths = lines.map(({ from, to }) => to - from).filter(length => length > 0);
  if (lengths.length < 4) return null;
  const widest = lengths.reduce((a, b) => Math.max(a, b), 0);
  if (widest > 110 || widest < 40) return null;
  let full = 0;
  let inner = 0;
  for (const { from, to } of lines) {
    if (to - from < 0.75 * widest) continue;
    full++;
    if (!SENTENCE_END.test(text.slice(Math.max(from, to - 20), to))) inner++;
  }
  return full >= 3 && full >= 0.3 * lengths.length && inner >= 0.6 * full ? widest : null;
}

function isBullet(text: string, at: number): boolean {
  return /^\s*[•*▪◦‣]/.test(text.slice(at, at + 8));
}

function blockOf(text: string, from: number, to: number): Block {
  return { from, to, words: text.slice(from, to).replace(/\s+/g, " ") };
}

export function trimmed(text: string, range: TextRange): TextRange {
  let { from, to } = range;
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return { from, to };
}

export function endsSentence(words: string): boolean {
  return SENTENCE_END.test(words.slice(-12));
}
