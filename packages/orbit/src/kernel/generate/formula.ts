// SPDX-License-Identifier: MIT

export type Operator = "+" | "-" | "*" | "/" | "<" | ">" | "&&";

/** An arithmetic expression. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "name"; readonly name: string }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "call"; readonly callee: string; readonly args: readonly Expression[] };

/** `const name = value;`, or a line of comment. */
export type Statement =
  | { readonly kind: "const"; readonly name: string; readonly value: Expression }
  | { readonly kind: "comment"; readonly text: string };

/** How tightly an operator binds; all of them group to the left. */
export const PRECEDENCE: Readonly<Record<Operator, number>> = {
  "&&": 1,
  "<": 2,
  ">": 2,
  "+": 3,
  "-": 3,
  "*": 4,
  "/": 4,
};

const isOperator = (token: string | undefined): token is Operator =>
  token !== undefined && Object.hasOwn(PRECEDENCE, token);

export const num = (value: number): Expression => ({ kind: "number", value });
export const ref = (name: string): Expression => ({ kind: "name", name });
export const call = (callee: string, ...args: Expression[]): Expression => ({ kind: "call", callee, args });
export const binary = (operator: Operator, left: Expression, right: Expression): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
});

/** Reads one expression of names, numbers, `+ - * / < > &&`, parentheses and calls. Throws at anything else. */
export function parseExpression(text: string): Expression {
  const tokens = text.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?(?:e-?\d+)?|&&|\S/g) ?? [];
  let at = 0;
  const expect = (token: string): void => {
    if (tokens[at] !== token)
      throw new Error(`"${text}": expected ${token}, found ${tokens[at] ?? "the end"}`);
    at += 1;
  };

  function primary(): Expression {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`"${text}" ends too early`);
    if (token === "(") {
      const inside = sum(0);
      expect(")");
      return inside;
    }
    if (/^\d/.test(token)) return num(Number(token));
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`"${text}": ${token} does not belong here`);
    if (tokens[at] !== "(") return ref(token);
    at += 1;
    const args = [sum(0)];
    while (tokens[at] === ",") {
      at += 1;
      args.push(sum(0));
    }
    expect(")");
    return { kind: "call", callee: token, args };
  }

  function sum(above: number): Expression {
    let left = primary();
    for (let token = tokens[at]; isOperator(token) && PRECEDENCE[token] > above; token = tokens[at]) {
      at += 1;
      left = binary(token, left, sum(PRECEDENCE[token]));
    }
    return left;
  }

  const whole = sum(0);
  if (at !== tokens.length) throw new Error(`"${text}": ${tokens[at]} is left over`);
  return whole;
}

const BEGIN = "// ── formulas ──";
const END = "// ── end of the formulas ──";

/** The statements between the two marks of a source text. */
export function parseFormulas(source: string): Statement[] {
  const [begin, end] = [source.indexOf(BEGIN), source.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("the formulas are not marked");
  const found: Statement[] = [];
  let pending = "";
  for (const raw of source.slice(begin + BEGIN.length, end).split("\n")) {
    const line = raw.trim();
    if (line === "") continue;
    if (line.startsWith("//")) {
      found.push({ kind: "comment", text: line.slice(2).trim() });
      continue;
    }
    pending += ` ${line}`;
    if (!line.endsWith(";")) continue;
    const match = /^ const (\w+) = ?(.*);$/.exec(pending);
    if (match === null) throw new Error(`not a formula: ${pending}`);
    found.push({ kind: "const", name: match[1]!, value: parseExpression(match[2]!) });
    pending = "";
  }
  return found;
}
