// SPDX-License-Identifier: MIT

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one text of a JSON value by RFC 8785: no spaces, members sorted by UTF-16 code units (§3.2.3), numbers and
 * strings as ECMAScript writes them (§3.2.2), which is what the browser's own `JSON.stringify` does for leaves.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort() // Array.prototype.sort compares UTF-16 code units, as the RFC wants
    .map(key => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
