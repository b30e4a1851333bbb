// SPDX-License-Identifier: MIT
import { z } from "zod";

/** A record as lists carry it: plain JSON whose `id` is a string. */
export interface ListedRecord {
  readonly id: string;
  readonly [member: string]: unknown;
}

const MOST_ROWS = 1_000;

/** How any list is searched, filtered, sorted and paged; the same words stand in the console's addresses. */
export const recordQuery = z.strictObject({
  q: z.string().max(200).optional().meta({ description: "Text that stands anywhere in the record" }),
  where: z
    .union([z.string().max(300), z.array(z.string().max(300)).max(20)])
    .optional()
    .meta({
      description: "`member:value`, also `member>value`, `member<value`, `member!value`; `a.b` goes inside",
    }),
  sort: z
    .string()
    .regex(/^-?[A-Za-z][A-Za-z0-9.]{0,60}$/)
    .optional()
    .meta({ description: "Member to sort by; `-` before it turns the order round" }),
  from: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(100),
  validAt: z.iso.datetime().optional().meta({ description: "As it was at this instant" }),
  knownAt: z.iso.datetime().optional().meta({ description: "As it was known at this instant" }),
  format: z.enum(["json", "csv"]).default("json"),
});

export type RecordQuery = z.infer<typeof recordQuery>;

/** The records that a query finds, in its order; all of them, not only its page. */
export function select<T extends ListedRecord>(records: Iterable<T>, query: RecordQuery): T[] {
  const tests = [query.where ?? []].flat().map(conditionOf);
  const words = query.q?.trim().toLowerCase() ?? "";
  const found: T[] = [];
  for (const record of records) {
    if (!tests.every(test => test(record))) continue;
    if (words !== "" && !JSON.stringify(record).toLowerCase().includes(words)) continue;
    found.push(record);
  }
  if (query.sort === undefined) return found;
  const down = query.sort.startsWith("-");
  const path = query.sort.replace("-", "");
  return found.sort((a, b) => {
    const order = compare(member(a, path), member(b, path));
    return (down ? -order : order) || (a.id < b.id ? -1 : 1);
  });
}

/** @throws RangeError where the condition is none */
function conditionOf(text: string): (record: ListedRecord) => boolean {
  const parts = /^([A-Za-z][A-Za-z0-9.]{0,60})([:<>!])(.*)$/s.exec(text);
  if (parts === null) throw new RangeError(`"${text.slice(0, 60)}" is not member:value.`);
  const [, path, operator, wanted] = parts as unknown as [string, string, string, string];
  switch (operator) {
    case ":":
      return record => valuesOf(member(record, path)).includes(wanted);
    case "!":
      return record => !valuesOf(member(record, path)).includes(wanted);
    case "<":
      return record => compare(member(record, path), numberOr(wanted)) < 0;
    default:
      return record => compare(member(record, path), numberOr(wanted)) > 0;
  }
}

function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  return [value === null || value === undefined ? "" : String(value)];
}

function member(record: unknown, path: string): unknown {
  let value: unknown = record;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as { readonly [member: string]: unknown })[name];
  }
  return value;
}

const numberOr = (text: string): number | string =>
  text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;

/** Numbers by size, everything else as text; what is absent comes first. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const left = a === undefined || a === null ? "" : String(a);
  const right = b === undefined || b === null ? "" : String(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
