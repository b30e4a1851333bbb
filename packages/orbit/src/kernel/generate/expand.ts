// SPDX-License-Identifier: MIT
import {
  COS_COEFFICIENTS,
  INVERSE_PI,
  PI_HIGH,
  PI_LOW,
  ROUGH_SIN_COEFFICIENTS,
  ROUNDER,
  SIN_COEFFICIENTS,
} from "../sine.ts";
import { binary, call, type Expression, num, ref, type Statement } from "./formula.ts";

const add = (a: Expression, b: Expression) => binary("+", a, b);
const sub = (a: Expression, b: Expression) => binary("-", a, b);
const mul = (a: Expression, b: Expression) => binary("*", a, b);

const TRIGONOMETRIC = {
  sin: { coefficients: SIN_COEFFICIENTS, odd: true },
  cos: { coefficients: COS_COEFFICIENTS, odd: false },
  roughSin: { coefficients: ROUGH_SIN_COEFFICIENTS, odd: true },
  roughCos: { coefficients: COS_COEFFICIENTS, odd: false },
} as const;
type Trigonometric = keyof typeof TRIGONOMETRIC;

const isTrigonometric = (callee: string): callee is Trigonometric => Object.hasOwn(TRIGONOMETRIC, callee);

/**
 * Writes out what no processor has: sines and cosines become the operations of `sine.ts` (the reduction of an angle
 * once for both), named constants become numbers, and quotients of numbers are worked out. What is left are
 * `+ - * /`, comparisons, `sqrt`, `abs`, `max`, `parity` (the sign that belongs to a whole number of half turns,
 * given with the rounder still in it and without) and `flip` (a value under such a sign).
 */
export function expand(
  statements: readonly Statement[],
  constants: Readonly<Record<string, number>>,
): Statement[] {
  const out: Statement[] = [];
  /** Angle to whether it was reduced roughly. */
  const reduced = new Map<string, boolean>();
  const known = new Set<string>();
  const define = (name: string, value: Expression): Expression => {
    out.push({ kind: "const", name, value });
    return ref(name);
  };

  function reduce(angle: string, rough: boolean): void {
    const before = reduced.get(angle);
    if (before !== undefined && before !== rough) throw new Error(`${angle} is reduced roughly and finely`);
    if (before !== undefined) return;
    reduced.set(angle, rough);
    const x = ref(angle);
    const whole = define(`${angle}Whole`, add(mul(x, num(INVERSE_PI)), num(ROUNDER)));
    const k = define(`${angle}K`, sub(whole, num(ROUNDER)));
    define(`${angle}Sign`, call("parity", whole, k));
    const r = define(
      `${angle}R`,
      rough ? sub(x, mul(k, num(Math.PI))) : sub(sub(x, mul(k, num(PI_HIGH))), mul(k, num(PI_LOW))),
    );
    const q = define(`${angle}Q`, mul(r, r));
    const q2 = define(`${angle}Q2`, mul(q, q));
    define(`${angle}Q4`, mul(q2, q2));
  }

  function trigonometric(callee: Trigonometric, angle: string): Expression {
    const name = `${callee}${angle[0]!.toUpperCase()}${angle.slice(1)}_`;
    if (known.has(name)) return ref(name);
    known.add(name);
    reduce(angle, callee.startsWith("rough"));
    const part = (letter: string): Expression => ref(angle + letter);
    const [r, q, q2, q4, sign] = [part("R"), part("Q"), part("Q2"), part("Q4"), part("Sign")];
    const c = TRIGONOMETRIC[callee].coefficients.map(num);
    const low = define(`${name}0`, add(mul(c[1]!, q), c[0]!));
    const middle = define(`${name}2`, add(mul(c[3]!, q), c[2]!));
    const high = define(`${name}4`, add(mul(c[5]!, q), c[4]!));
    const highest = c.length === 6 ? high : define(`${name}6`, add(high, mul(c[6]!, q2)));
    const polynomial = add(add(low, mul(middle, q2)), mul(highest, q4));
    return define(name, call("flip", TRIGONOMETRIC[callee].odd ? mul(polynomial, r) : polynomial, sign));
  }

  function rewrite(e: Expression): Expression {
    switch (e.kind) {
      case "number":
        return e;
      case "name":
        return Object.hasOwn(constants, e.name) ? num(constants[e.name]!) : e;
      case "binary": {
        const [left, right] = [rewrite(e.left), rewrite(e.right)];
        return e.operator === "/" && left.kind === "number" && right.kind === "number"
          ? num(left.value / right.value)
          : binary(e.operator, left, right);
      }
      case "call": {
        if (!isTrigonometric(e.callee)) return call(e.callee, ...e.args.map(rewrite));
        const [angle] = e.args;
        if (angle?.kind !== "name")
          throw new Error(`${e.callee} takes a name, so that it can be reduced once`);
        return trigonometric(e.callee, angle.name);
      }
    }
  }

  for (const statement of statements) {
    if (statement.kind === "comment") out.push(statement);
    else define(statement.name, rewrite(statement.value));
  }
  return out;
}
