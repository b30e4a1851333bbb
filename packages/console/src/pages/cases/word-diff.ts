// SPDX-License-Identifier: MIT

/** A stretch of one wording: whether the other wording has it too. */
export interface WordPiece {
  readonly text: string;
  readonly changed: boolean;
}

interface Token {
  readonly text: string;
  /** As compared; `null` for white space and punctuation, which are shown and not compared. */
  readonly word: string | null;
}

/** Beyond this many comparisons what lies between equal beginnings and ends counts as changed throughout. */
const MOST_CELLS = 4_000_000;

/**
 * What differs between two wordings of the same words, word by word: the longest common subsequence is kept, everything
 * else is changed. Case, punctuation and the shape of apostrophes do not count, since outlets set them as they like.
 *
 * @returns the pieces of each wording; joined they are the wording again
 */
export function wordDiff(
  left: string,
  right: string,
): readonly [left: readonly WordPiece[], right: readonly WordPiece[]] {
  const a = tokensOf(left);
  const b = tokensOf(right);
  const wordsA = a.flatMap(({ word }) => word ?? []);
  const wordsB = b.flatMap(({ word }) => word ?? []);
  const [keptA, keptB] = commonWords(wordsA, wordsB);
  return [piecesOf(a, keptA), piecesOf(b, keptB)];
}

function tokensOf(text: string): readonly Token[] {
  const found = text.match(/[\p{L}\p{N}\p{M}]+(?:['’ʼ-][\p{L}\p{N}\p{M}]+)*|\s+|[^\s]/gu) ?? [];
  return found.map(token => ({
    text: token,
    word: /^[\p{L}\p{N}]/u.test(token) ? token.normalize("NFC").toLowerCase().replace(/[’ʼ]/g, "'") : null,
  }));
}

/** Which words of each side belong to a longest common subsequence. */
function commonWords(
  a: readonly string[],
  b: readonly string[],
): readonly [a: readonly boolean[], b: readonly boolean[]] {
  const keptA = a.map(() => false);
  const keptB = b.map(() => false);
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) {
    keptA[from] = true;
    keptB[from] = true;
    from++;
  }
  let ends = 0;
  while (ends < Math.min(a.length, b.length) - from && a[a.length - 1 - ends] === b[b.length - 1 - ends]) {
    keptA[a.length - 1 - ends] = true;
    keptB[b.length - 1 - ends] = true;
    ends++;
  }
  const rows = a.length - ends - from;
  const columns = b.length - ends - from;
  const width = columns + 1;
  if ((rows + 1) * width > MOST_CELLS) return [keptA, keptB];
  // longest[i, j]: of the words from i and from j on, so that walking forwards reads the subsequence off.
  const longest = new Uint16Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[from + i] === b[from + j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  let i = 0;
  let j = 0;
  while (i < rows && j < columns) {
    if (a[from + i] === b[from + j]) {
      keptA[from + i++] = true;
      keptB[from + j++] = true;
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return [keptA, keptB];
}

/** Neighbours of one kind become one piece; what stands between two changed words is changed with them. */
function piecesOf(tokens: readonly Token[], kept: readonly boolean[]): readonly WordPiece[] {
  let word = 0;
  const changed = tokens.map(token => (token.word === null ? null : !kept[word++]));
  const pieces: { text: string; changed: boolean }[] = [];
  let before = false;
  for (const [i, { text }] of tokens.entries()) {
    const own = changed[i];
    const next = changed.slice(i + 1).find(flag => flag !== null) ?? false;
    const flag = own ?? (before && next);
    if (own !== null) before = own ?? false;
    const last = pieces.at(-1);
    if (last?.changed === flag) last.text += text;
    else pieces.push({ text, changed: flag });
  }
  return pieces;
}
