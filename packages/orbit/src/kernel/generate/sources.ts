// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import * as formulas from "../formulas.ts";
import { expand } from "./expand.ts";
import { f64x2Source } from "./f64x2.ts";
import { parseFormulas } from "./formula.ts";
import { scalarSource } from "./scalar.ts";

/** What the text of `formulas.ts` becomes: file name to content. */
export function kernelSources(text: string): ReadonlyMap<string, string> {
  const constants = Object.entries(formulas).filter(entry => typeof entry[1] === "number");
  const statements = expand(parseFormulas(text), Object.fromEntries(constants) as Record<string, number>);
  const { COLUMNS } = formulas;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([statements, COLUMNS]))
    .digest("hex")
    .slice(0, 16);
  return new Map([
    ["near-earth-scalar.ts", scalarSource(statements, COLUMNS, fingerprint)],
    ["near-earth.as", f64x2Source(statements, COLUMNS, fingerprint)],
  ]);
}
