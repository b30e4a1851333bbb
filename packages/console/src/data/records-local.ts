// SPDX-License-Identifier: MIT
import type { Result } from "./failure.ts";
import type { RecordPage, RecordQuery, RecordRow, RecordSource, RecordTime } from "./records.ts";

/**
 * The same questions as a list of the operator answers, for a list that comes whole.
 *
 * @param load all rows, as they were at an instant
 * @param href the whole list for programs
 */
export function localSource<R extends RecordRow>(
  key: string,
  load: (time: RecordTime | null) => Promise<Result<readonly R[]>>,
  href: string,
): RecordSource<R> {
  return {
    key,
    load: async query => {
      const rows = await load(query.time);
      return rows.ok ? { ok: true, value: pageOf(rows.value, query) } : rows;
    },
    exports: () => [{ title: "JSON", href }],
  };
}

/** The page of rows that a query asks for. */
export function pageOf<R extends RecordRow>(rows: readonly R[], query: RecordQuery): RecordPage<R> {
  const words = query.q.trim().toLowerCase();
  const found = rows
    .filter(row => query.where.every(condition => holds(row, condition)))
    .filter(row => words === "" || JSON.stringify(row).toLowerCase().includes(words));
  const sorted = query.sort === null ? found : sortedBy(found, query.sort);
  return { total: found.length, items: sorted.slice(query.from, query.from + query.limit) };
}

/** Whether `member:value` or `member!value` holds; a condition that is none finds nothing. */
function holds(row: object, condition: string): boolean {
  const parts = /^([A-Za-z][A-Za-z0-9.]*)([:!])(.*)$/s.exec(condition);
  if (parts === null) return false;
  const [, path = "", operator, wanted] = parts;
  const value = memberOf(row, path);
  return (operator === ":") === (String(value ?? "") === wanted);
}

function sortedBy<R extends RecordRow>(rows: readonly R[], sort: string): R[] {
  const down = sort.startsWith("-");
  const path = sort.replace("-", "");
  const text = (row: R) => String(memberOf(row, path) ?? "");
  return rows.toSorted((a, b) => {
    const [left, right] = [text(a), text(b)];
    const order = left < right ? -1 : left > right ? 1 : 0;
    return (down ? -order : order) || (a.id < b.id ? -1 : 1);
  });
}

/** A member of a record, `a.b` inside it; `undefined` where there is none. */
export function memberOf(record: unknown, path: string): unknown {
  let value: unknown = record;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
