// SPDX-License-Identifier: MIT
// The pages of the documentation and the examples on them.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** Every page, relative to the repository. */
export const files = ["*.md", "docs/*.md", "packages/*/README.md"]
  .flatMap(glob => globSync(glob, { cwd: root }))
  .sort();

export const read = (file: string): string => readFileSync(join(root, file), "utf8");

/** A fenced block. */
export interface Block {
  readonly file: string;
  readonly line: number;
  /** Heading that it stands under. */
  readonly section: string;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; lines: string[] } | null = null;
  let section = "";
  for (const [index, line] of read(file).split("\n").entries()) {
    if (open === null && line.startsWith("## ")) section = line.slice(3);
    const fence = /^```(\S*)\s*$/.exec(line);
    if (fence === null) open?.lines.push(line);
    else if (open === null) open = { line: index + 1, language: fence[1]!, lines: [] };
    else {
      blocks.push({
        file,
        section,
        line: open.line,
        language: open.language,
        text: `${open.lines.join("\n")}\n`,
      });
      open = null;
    }
  }
  assert.equal(open, null, `${file}: a fence is not closed`);
  return blocks;
}
