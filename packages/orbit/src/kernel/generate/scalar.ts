// SPDX-License-Identifier: MIT
import { type Expression, type Operator, PRECEDENCE, type Statement } from "./formula.ts";
import { GENERATED } from "./marks.ts";

const WIDTH = 110;
const INDENT = "      ";

/** TypeScript of an expression, with the parentheses that keep its grouping and no others. */
function print(e: Expression, above = 0, rightOf?: Operator): string {
  switch (e.kind) {
    case "number":
      return e.value === Math.PI ? "Math.PI" : String(e.value);
    case "name":
      return e.name;
    case "call": {
      const args = e.args.map(a => print(a));
      if (e.callee === "parity") return `1 - ((${args[1]} & 1) << 1)`;
      if (e.callee === "flip") return `${print(e.args[0]!, PRECEDENCE["*"])} * ${args[1]}`;
      if (["abs", "max", "sqrt"].includes(e.callee)) return `Math.${e.callee}(${args.join(", ")})`;
      throw new Error(`no ${e.callee} in TypeScript`);
    }
    case "binary": {
      const own = PRECEDENCE[e.operator];
      const text = `${print(e.left, own)} ${e.operator} ${print(e.right, own, e.operator)}`;
      // Grouping to the left is free; to the right it changes the rounding, and must be written.
      const needed = own < above || (own === above && rightOf !== undefined) || mixed(e.operator, above);
      return needed ? `(${text})` : text;
    }
  }
}

/** The formatter's own taste: a quotient beside a product stands in parentheses. */
const mixed = (operator: Operator, above: number): boolean => operator === "/" && above === PRECEDENCE["*"];

/** The loop in TypeScript. `columns` are the names of a tile's rows. */
export function scalarSource(
  statements: readonly Statement[],
  columns: readonly string[],
  fingerprint: string,
): string {
  const body: string[] = [];
  for (const statement of statements) {
    if (statement.kind === "comment") {
      body.push("", `${INDENT}// ${statement.text}`);
      continue;
    }
    const value = `${print(statement.value)};`;
    const line = `${INDENT}const ${statement.name} = ${value}`;
    if (line.length <= WIDTH) body.push(line);
    else body.push(`${INDENT}const ${statement.name} =`, `${INDENT}  ${value}`);
    if (body.at(-1)!.length > WIDTH) throw new Error(`split this formula: ${line}`);
  }
  const loads = columns.map((column, j) => `    const ${column} = f[c + ${4 * j}]!;`);
  return `// SPDX-License-Identifier: MIT
// ${GENERATED}

/** Of the formulas: a compiled kernel with another one is out of date. */
export const FINGERPRINT = "${fingerprint}";

/**
 * Near-earth SGP4 over satellites \`from\` to \`to\` (multiples of four) and \`times\` instants: see \`fleet.ts\` for the
 * layout, in which every place is an index of \`f\`. Returns whether it declined anywhere; there x is NaN.
 */
export function scalarStates(
  f: Float64Array,
  columns: number,
  epochs: number,
  epochTile: number,
  instants: number,
  times: number,
  from: number,
  to: number,
  scale: number,
  out: number,
  stride: number,
): boolean {
  let declined = false;
  for (let i = from; i < to; i++) {
    const c = columns + (i >> 2) * ${4 * columns.length} + (i & 3);
    const e = epochs + (i >> 2) * epochTile + (i & 3);
    const day = f[e]!;
    const msOfDay = f[e + 4]!;
${loads.join("\n")}
    for (let k = 0; k < times; k++) {
      const instant = instants + 3 * k;
      const t = (f[instant]! - day - msOfDay) * scale;
      const turn = f[instant + 1]!;
      const rate = f[instant + 2]!;
${body.join("\n")}

      const w = out + 6 * k * stride + i;
      f[w] = sound ? x : Number.NaN;
      f[w + stride] = y;
      f[w + 2 * stride] = z;
      f[w + 3 * stride] = vx;
      f[w + 4 * stride] = vy;
      f[w + 5 * stride] = vz;
      if (!sound) declined = true;
    }
  }
  return declined;
}
`;
}
