// SPDX-License-Identifier: MIT
import { fail, type Result, succeed } from "./ledger-error.ts";

/** A value JSON can carry exactly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deepest nesting accepted; a cyclic value ends here instead of never. */
export const MAX_JSON_DEPTH = 128;

/**
 * The one canonical text of a JSON value (RFC 8785, JSON Canonicalization Scheme).
 *
 * Members are sorted by the UTF-16 code units of their names (§3.2.3), numbers and strings are
 * written as ECMAScript's `JSON.stringify` writes them (§3.2.2), and there is no white space.
 * Encode the text as UTF-8 before hashing or signing it.
 *
 * @throws TypeError when the value is not JSON in spite of its type (`undefined`, `NaN`, an infinity, a lone
 *   surrogate, a cycle): that is a bug in the caller. For data from outside use {@link canonicalise}.
 */
export function canonicalJson(value: Json): string {
  const result = canonicalise(value);
  if (!result.ok) throw new TypeError(`${result.error.message} (at "${result.error.place}")`);
  return result.value;
}

/**
 * {@link canonicalJson} for a value of unknown origin: what JSON cannot carry comes back as an error
 * whose `place` is the JSON pointer (RFC 6901) of the first offender. Nothing is dropped in silence:
 * a member set to `undefined` is an error, not an absence.
 */
export function canonicalise(value: unknown): Result<string> {
  const parts: string[] = [];
  const failure = write(value, "", 0, parts);
  return failure ?? succeed(parts.join(""));
}

type Failure = ReturnType<typeof fail>;

function write(value: unknown, place: string, depth: number, out: string[]): Failure | undefined {
  if (depth > MAX_JSON_DEPTH) {
    return fail("json-too-deep", place, `A value may nest at most ${MAX_JSON_DEPTH} levels.`);
  }
  switch (typeof value) {
    case "boolean":
      out.push(value ? "true" : "false");
      return undefined;
    case "number":
      if (!Number.isFinite(value)) return fail("not-json", place, `JSON has no number ${value}.`);
      out.push(JSON.stringify(value));
      return undefined;
    case "string":
      return writeString(value, place, out);
    case "object":
      if (value === null) {
        out.push("null");
        return undefined;
      }
      return Array.isArray(value)
        ? writeArray(value, place, depth, out)
        : writeObject(value, place, depth, out);
    default:
      return fail("not-json", place, `JSON has no ${typeof value}.`);
  }
}

function writeString(value: string, place: string, out: string[]): Failure | undefined {
  // RFC 8785 §3.2.2.2: a lone surrogate has no UTF-8 form and must end in an error.
  if (!value.isWellFormed()) return fail("not-json", place, "A string holds half of a surrogate pair.");
  out.push(JSON.stringify(value));
  return undefined;
}

function writeArray(
  value: readonly unknown[],
  place: string,
  depth: number,
  out: string[],
): Failure | undefined {
  out.push("[");
  for (let i = 0; i < value.length; i++) {
    if (i > 0) out.push(",");
    const failure = write(value[i], `${place}/${i}`, depth + 1, out);
    if (failure) return failure;
  }
  out.push("]");
  return undefined;
}

function writeObject(value: object, place: string, depth: number, out: string[]): Failure | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return fail(
      "not-json",
      place,
      "Only plain objects have a canonical form; write dates, maps and bytes out.",
    );
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    return fail("not-json", place, "JSON has no symbol as a member name.");
  }
  out.push("{");
  // The default sort compares UTF-16 code units, which is the order RFC 8785 §3.2.3 asks for.
  const names = Object.keys(value).sort();
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const memberPlace = `${place}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (i > 0) out.push(",");
    const nameFailure = writeString(name, memberPlace, out);
    if (nameFailure) return nameFailure;
    out.push(":");
    const failure = write((value as Record<string, unknown>)[name], memberPlace, depth + 1, out);
    if (failure) return failure;
  }
  out.push("}");
  return undefined;
}
