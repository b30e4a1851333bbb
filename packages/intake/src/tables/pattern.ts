// SPDX-License-Identifier: MIT
// Regular expressions that people put into tables: what may be refused about them before they read a document.

/** Units of one expression. */
export const PATTERN_UNITS = 500;
/** Units of a line that expressions of tables are tried on. */
export const LINE_UNITS = 1_000;
/** Ways in which an expression may match from one place, at most. */
export const PATTERN_WAYS = 1_000_000;

/** Flags of every expression of a table: case is ignored, letters are those of Unicode. */
export const PATTERN_FLAGS = "iu";

/**
 * What is wrong with an expression of a table, as a sentence, or `null`.
 *
 * An expression must compile, hold at most 500 units and no reference back to a group (groups are joined with
 * those of other rows), and it must not be able to match in more than a million ways from one place: repetitions
 * multiply, one without an end counts as the 1,000 units of a line, and a repeated group counts to the power of
 * its repetitions. So `(a+)+` is refused, and none can hold a reading up without end. The bound is from above: it
 * refuses some expressions that would be harmless.
 */
export function patternFault(source: string): string | null {
  if (source.length > PATTERN_UNITS)
    return `An expression has at most ${PATTERN_UNITS} characters; this has ${source.length}.`;
  try {
    new RegExp(source, PATTERN_FLAGS);
  } catch (error) {
    return `It is no regular expression: ${(error as SyntaxError).message}.`;
  }
  if (/(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k)/.test(source) || /\(\?<[^=!]/.test(source))
    return "An expression may not name groups or refer back to one.";
  const at = { index: 0 };
  const ways = waysOf(source, at);
  return ways > PATTERN_WAYS
    ? `The expression can match in too many ways, so that a hostile document could hold it up: "${source}".`
    : null;
}

/** Ways of the alternatives from `at` to the end or the closing bracket: alternatives add, a sequence multiplies. */
function waysOf(source: string, at: { index: number }): number {
  let all = 0;
  let sequence = 1;
  while (at.index < source.length) {
    const mark = source[at.index]!;
    if (mark === ")") break;
    if (mark === "|") {
      at.index++;
      all += sequence;
      sequence = 1;
      continue;
    }
    const own = atomWays(source, at);
    const [least, most] = repeats(source, at);
    sequence *= (most - least + 1) * own ** most;
  }
  return Math.min(all + sequence, Number.MAX_VALUE);
}

/** Steps over one atom: a group, a class, an escape, a character. */
function atomWays(source: string, at: { index: number }): number {
  const mark = source[at.index]!;
  if (mark === "(") {
    at.index++;
    const kind = /^\?(?::|=|!|<=|<!)/.exec(source.slice(at.index, at.index + 3));
    if (kind !== null) at.index += kind[0].length;
    const ways = waysOf(source, at);
    at.index++;
    return ways;
  }
  if (mark === "[") {
    at.index++;
    while (at.index < source.length && source[at.index] !== "]")
      at.index += source[at.index] === "\\" ? 2 : 1;
    at.index++;
    return 1;
  }
  if (mark !== "\\") {
    at.index++;
    return 1;
  }
  const escaped = /^\\(?:[pPu]\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/u.exec(
    source.slice(at.index, at.index + 60),
  );
  at.index += escaped === null ? 1 : escaped[0].length;
  return 1;
}

/** How often the atom before occurs, at least and at most. */
function repeats(source: string, at: { index: number }): readonly [least: number, most: number] {
  const found = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at.index, at.index + 24));
  if (found === null) return [1, 1];
  at.index += found[0].length;
  const [, sign, low, comma, high] = found;
  if (sign !== undefined) return sign === "?" ? [0, 1] : [sign === "*" ? 0 : 1, LINE_UNITS];
  const least = Number(low);
  return [least, comma === undefined ? least : high === "" ? Math.max(least, LINE_UNITS) : Number(high)];
}
