// SPDX-License-Identifier: MIT

/** Something that was read at a place of a text. */
export interface TextMark {
  readonly id: string;
  /** What it is: a statement, a date, a place. */
  readonly kind: string;
  /** Half-open offsets, UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** A stretch of a text over which the same marks lie. */
export interface TextSegment {
  readonly from: number;
  readonly text: string;
  /** Those that begin earlier first, of these the longer ones: as they would nest. */
  readonly marks: readonly TextMark[];
}

/**
 * A text cut where marks begin and end, so that marks that overlap can be shown without nesting them. Joined, the
 * segments are the text again; marks outside it, or with nothing in them, are left out.
 */
export function segmentsOf(text: string, marks: readonly TextMark[]): readonly TextSegment[] {
  const inside = marks
    .map(mark => ({ ...mark, from: Math.max(0, mark.from), to: Math.min(text.length, mark.to) }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from || b.to - a.to);
  const cuts = [...new Set([0, text.length, ...inside.flatMap(({ from, to }) => [from, to])])].toSorted(
    (a, b) => a - b,
  );
  const segments: TextSegment[] = [];
  let next = 0;
  let open: readonly TextMark[] = [];
  for (const [i, from] of cuts.entries()) {
    const to = cuts[i + 1];
    if (to === undefined) break;
    open = open.filter(mark => mark.to > from);
    const begun: TextMark[] = [];
    while (next < inside.length && inside[next]!.from === from) begun.push(inside[next++]!);
    open = [...open, ...begun];
    segments.push({ from, text: text.slice(from, to), marks: open });
  }
  return segments;
}
