// SPDX-License-Identifier: MIT
import { dateTime } from "../../format/time.ts";

/** A member that is another in a later version. */
export interface MemberChange {
  readonly member: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What differs between two versions of a record, member by member in the order of the later one. */
export function changesBetween(before: object, after: object): readonly MemberChange[] {
  const old = before as Readonly<Record<string, unknown>>;
  const young = after as Readonly<Record<string, unknown>>;
  return [...new Set([...Object.keys(young), ...Object.keys(old)])]
    .filter(member => member !== "salt" && JSON.stringify(old[member]) !== JSON.stringify(young[member]))
    .map(member => ({ member, from: old[member], to: young[member] }));
}

const MOST = 160;

/** A value of a record in a line: instants as times, nothing as a dash, what is large by its beginning. */
export function valueWords(member: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number" && /Ms$/.test(member)) return dateTime(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.length === 0) return "none";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length <= MOST ? text : `${text.slice(0, MOST)}…`;
}
