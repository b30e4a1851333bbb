// SPDX-License-Identifier: MIT
import { GLYPHS, MARKS, RAISED } from "./glyphs.ts";
import { coordinate } from "./path-data.ts";

const UNITS_PER_EM = 50;
/** Helvetica-Bold over Helvetica, mean of the letters. */
const BOLD_WIDTH = 1.08;
const RAISED_SCALE = 0.6;
const RAISED_BY = 14;
/** Advance of a character that has no glyph, and of a wide one (East Asian, emoji). */
const UNKNOWN_ADVANCE = 30;
const WIDE_ADVANCE = 50;
const STEP_DEG = 15;

interface PlacedGlyph {
  readonly strokes: string;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/**
 * Width of a line of text in a font with the metrics of Helvetica (Arial, Liberation Sans), CSS pixels. Part of every
 * layout, so that a picture does not depend on the machine's fonts.
 */
export function textWidth(text: string, size: number, bold = false): number {
  return (place(text).advance / UNITS_PER_EM) * size * (bold ? BOLD_WIDTH : 1);
}

/**
 * Path data of a line of text in the room's own stroke letters, baseline at (0, 0), y down; stroke it with
 * {@link strokeTextPen}. Latin letters with their common marks, figures and signs; anything else is a box.
 */
export function strokeText(text: string, size: number, bold = false): string {
  const toPx = size / UNITS_PER_EM;
  const stretch = toPx * (bold ? BOLD_WIDTH : 1);
  let d = "";
  for (const { strokes, x, y, scale } of place(text).glyphs) {
    for (const stroke of strokes.split(";")) {
      let first = true;
      for (const [px, py] of strokePoints(stroke)) {
        // Glyphs are drawn with the pen's lower edge on the baseline: their y counts from there.
        d += `${first ? "M" : "L"}${coordinate((x + px * scale) * stretch)} ${coordinate(-(y + py * scale) * toPx)}`;
        first = false;
      }
    }
  }
  return d;
}

export function strokeTextPen(size: number, bold = false): number {
  return (size / UNITS_PER_EM) * (bold ? 6.2 : 4);
}

function place(text: string): { glyphs: PlacedGlyph[]; advance: number } {
  const glyphs: PlacedGlyph[] = [];
  let x = 0;
  let last = { x: 0, advance: 0, capital: false };
  const characters = Array.from(text.normalize("NFD"));
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    const mark = MARKS[character];
    if (mark !== undefined) {
      const y = mark.at === "foot" ? 1 : last.capital ? 34 : 24;
      glyphs.push({ strokes: mark.strokes, x: last.x + last.advance / 2, y, scale: 1 });
      continue;
    }
    if (/\p{M}/u.test(character)) continue;
    const raised = RAISED[character];
    const scale = raised === undefined ? 1 : RAISED_SCALE;
    const [advance, strokes] = GLYPHS[dotless(raised ?? character, characters[i + 1])] ?? box(character);
    glyphs.push({ strokes, x, y: raised === undefined ? 0 : RAISED_BY, scale });
    last = { x, advance: advance * scale, capital: /[\p{Lu}bdfhklt]/u.test(character) };
    x += advance * scale;
  }
  return { glyphs, advance: x };
}

/** A mark above takes the place of the dot of i and j. */
function dotless(character: string, next: string | undefined): string {
  if (next === undefined || MARKS[next]?.at !== "top") return character;
  return character === "i" ? "ı" : character === "j" ? "ȷ" : character;
}

function box(character: string): readonly [advance: number, strokes: string] {
  const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uff60]|\p{Emoji_Presentation}/u;
  const advance = wide.test(character) ? WIDE_ADVANCE : UNKNOWN_ADVANCE;
  return [advance, `4,2 4,34 ${advance - 4},34 ${advance - 4},2 4,2`];
}

function* strokePoints(stroke: string): Generator<readonly [number, number]> {
  for (const part of stroke.split(" ")) {
    if (part === "") continue;
    if (!part.startsWith("@")) {
      const [x = 0, y = 0] = part.split(",").map(Number);
      yield [x, y];
      continue;
    }
    const [cx = 0, cy = 0, rx = 0, ry = 0, from = 0, to = 0] = part.slice(1).split(",").map(Number);
    const steps = Math.ceil(Math.abs(to - from) / STEP_DEG);
    for (let i = 0; i <= steps; i++) {
      const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
      yield [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
    }
  }
}
