// SPDX-License-Identifier: MIT
import type { Expression, Operator, Statement } from "./formula.ts";
import { GENERATED } from "./marks.ts";

/** Two pairs of satellites go side by side, so that one pair computes while the other waits for a result. */
const PAIRS = ["A", "B"] as const;
/** The same for all satellites, and therefore without a pair's letter. */
const SHARED = new Set(["turn", "rate"]);

const INSTRUCTIONS: Readonly<Record<Operator, string>> = {
  "+": "f64x2.add",
  "-": "f64x2.sub",
  "*": "f64x2.mul",
  "/": "f64x2.div",
  "<": "f64x2.lt",
  ">": "f64x2.gt",
  "&&": "v128.and",
};

/** The loop in AssemblyScript. Constants come from memory: V8 loads them faster than it builds them. */
export function f64x2Source(
  statements: readonly Statement[],
  columns: readonly string[],
  fingerprint: string,
): string {
  const body: string[] = [];
  const numbers: number[] = [];
  const constant = (value: number): string => {
    if (!numbers.includes(value)) numbers.push(value);
    return `v128.load(NUMBERS, ${16 * numbers.indexOf(value)})`;
  };

  function print(e: Expression, pair: string): string {
    switch (e.kind) {
      case "number":
        return constant(e.value);
      case "name":
        return SHARED.has(e.name) ? e.name : e.name + pair;
      case "binary":
        return `${INSTRUCTIONS[e.operator]}(${print(e.left, pair)}, ${print(e.right, pair)})`;
      case "call": {
        const [a, b] = e.args.map(argument => print(argument, pair));
        if (e.callee === "parity") return `i64x2.shl(${a}, 63)`;
        if (e.callee === "flip") return `v128.xor(${a}, ${b})`;
        if (e.callee === "max") return `f64x2.pmax(${b}, ${a})`;
        if (e.callee === "sqrt" || e.callee === "abs") return `f64x2.${e.callee}(${a})`;
        throw new Error(`no ${e.callee} in f64x2`);
      }
    }
  }

  const loaded = new Set<string>();
  /** A column is loaded where it is first used: there are far more of them than registers. */
  const load = (e: Expression): void => {
    if (e.kind === "binary") [e.left, e.right].forEach(load);
    else if (e.kind === "call") e.args.forEach(load);
    else if (e.kind === "name" && columns.includes(e.name) && !loaded.has(e.name)) {
      loaded.add(e.name);
      PAIRS.forEach((pair, p) => {
        body.push(`const ${e.name}${pair} = v128.load(c, ${32 * columns.indexOf(e.name) + 16 * p});`);
      });
    }
  };
  for (const statement of statements) {
    if (statement.kind === "comment") {
      body.push("", `// ${statement.text}`);
      continue;
    }
    load(statement.value);
    for (const pair of PAIRS) body.push(`const ${statement.name}${pair} = ${print(statement.value, pair)};`);
  }
  const lines = body.map(line => (line === "" ? "" : `      ${line}`));
  const stores = ["y", "z", "vx", "vy", "vz"].flatMap((name, axis) => [
    `      const w${axis + 1} = w${axis === 0 ? "" : axis} + stride;`,
    ...PAIRS.map((pair, p) => `      v128.store(w${axis + 1}, ${name}${pair}, ${16 * p});`),
  ]);
  const table = numbers.map(value => {
    const text = Number.isInteger(value) ? value.toFixed(1) : String(value);
    return `  ${text}, ${text},`;
  });
  return `// SPDX-License-Identifier: MIT
// AssemblyScript. ${GENERATED}
// Fingerprint: ${fingerprint}

// Every number twice, one for each lane.
const NUMBERS: usize = memory.data<f64>([
${table.join("\n")}
], 16);

/**
 * Near-earth SGP4 over satellites from to to (multiples of four) and times instants: see fleet.ts for the layout, in
 * which every place is an address and stride counts bytes. Returns whether it declined anywhere; there x is NaN.
 */
export function states(
  columns: usize,
  epochs: usize,
  epochTile: usize,
  instants: usize,
  times: i32,
  from: i32,
  to: i32,
  scale: f64,
  out: usize,
  stride: usize,
): bool {
  const minutes = f64x2.splat(scale);
  let declined = i64x2.splat(0);
  for (let k = 0; k < times; k++) {
    const instant = instants + 24 * <usize>k;
    const at = v128.load64_splat(instant);
    const turn = v128.load64_splat(instant, 8);
    const rate = v128.load64_splat(instant, 16);
    let c = columns + (<usize>from >> 2) * ${32 * columns.length};
    let e = epochs + (<usize>from >> 2) * epochTile;
    let w = out + 6 * <usize>k * stride + (<usize>from << 3);
    for (let i = from; i < to; i += 4) {
      const tA = f64x2.mul(f64x2.sub(f64x2.sub(at, v128.load(e)), v128.load(e, 32)), minutes);
      const tB = f64x2.mul(f64x2.sub(f64x2.sub(at, v128.load(e, 16)), v128.load(e, 48)), minutes);
${lines.join("\n")}

      const unsoundA = v128.not(soundA);
      const unsoundB = v128.not(soundB);
      declined = v128.or(declined, v128.or(unsoundA, unsoundB));
      v128.store(w, v128.or(xA, unsoundA));
      v128.store(w, v128.or(xB, unsoundB), 16);
${stores.join("\n")}
      c += ${32 * columns.length};
      e += epochTile;
      w += 32;
    }
  }
  return v128.any_true(declined);
}
`;
}
