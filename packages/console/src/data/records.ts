// SPDX-License-Identifier: MIT
// Records of the authority: lists that the operator searches, filters, sorts and pages, and one record with its versions.
import { getJson } from "./api.ts";
import type { Result } from "./failure.ts";

/** A record as lists carry it. */
export interface RecordRow {
  readonly id: string;
}

/** An instant of the record: how things were then, as known then or, with `null`, as known today. UTC ms. */
export interface RecordTime {
  readonly validAtMs: number;
  readonly knownAtMs: number | null;
}

/** Which records, in which order, and which of them. */
export interface RecordQuery {
  /** Text anywhere in the record. */
  readonly q: string;
  /** Conditions that all hold: `member:value`, also with `!`, `<` or `>`; `a.b` goes inside. */
  readonly where: readonly string[];
  /** Member to sort by, `-` before it turns the order round; `null`: as they came on record. */
  readonly sort: string | null;
  readonly from: number;
  readonly limit: number;
  /** `null`: now. */
  readonly time: RecordTime | null;
}

export interface RecordPage<R> {
  /** Records that the query finds on all pages. */
  readonly total: number;
  readonly items: readonly R[];
}

/** A record over one span of time as the operator knew it over another; `null`: until further notice. */
export interface RecordVersion<R> {
  readonly document: R;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly knownFrom: string;
  readonly knownTo: string | null;
}

export interface RecordHistory<R> {
  /** As it is now; `null`: it has ceased to hold. */
  readonly now: R | null;
  readonly versions: readonly RecordVersion<R>[];
}

/** Where rows come from: a list of the operator, or something that answers the same question. */
export interface RecordSource<R> {
  /** Another key is another list. */
  readonly key: string;
  load(query: RecordQuery): Promise<Result<RecordPage<R>>>;
  /** Addresses of all that a query finds, for spreadsheets and programs. */
  exports(query: RecordQuery): readonly { readonly title: string; readonly href: string }[];
}

/** The most records that the operator gives at once. */
export const MOST_RECORDS = 1_000;

/**
 * A list under `/v1/`, by its path.
 *
 * @param always conditions that hold whatever somebody chooses
 */
export function recordSource<R extends RecordRow>(
  list: string,
  always: readonly string[] = [],
): RecordSource<R> {
  const path = (query: RecordQuery, format: "json" | "csv" = "json") =>
    recordsPath(list, { ...query, where: [...always, ...query.where] }, format);
  return {
    key: [list, ...always].join(" "),
    load: query => getJson<RecordPage<R>>(path(query)),
    exports: query => [
      { title: "CSV", href: path({ ...query, from: 0 }, "csv") },
      { title: "JSON", href: path({ ...query, from: 0, limit: MOST_RECORDS }) },
    ],
  };
}

/** The records that fit, without a page. @param where see {@link RecordQuery.where} */
export function listRecords<R extends RecordRow>(
  list: string,
  where: readonly string[],
  time: RecordTime | null = null,
  sort: string | null = null,
): Promise<Result<RecordPage<R>>> {
  return getJson(recordsPath(list, { q: "", where, sort, from: 0, limit: MOST_RECORDS, time }));
}

/** One record with everything it ever was. */
export function readRecord<R extends RecordRow>(list: string, id: string): Promise<Result<RecordHistory<R>>> {
  return getJson(`/v1/${list}/${encodeURIComponent(id)}`);
}

/** The address of a query. */
export function recordsPath(list: string, query: RecordQuery, format: "json" | "csv" = "json"): string {
  const { q, where, sort, from, limit, time } = query;
  const parameters = new URLSearchParams();
  if (q.trim() !== "") parameters.set("q", q.trim());
  for (const condition of where) parameters.append("where", condition);
  if (sort !== null) parameters.set("sort", sort);
  if (from > 0) parameters.set("from", String(from));
  if (format === "csv") parameters.set("format", "csv");
  else parameters.set("limit", String(limit));
  if (time !== null) {
    parameters.set("validAt", new Date(time.validAtMs).toISOString());
    if (time.knownAtMs !== null) parameters.set("knownAt", new Date(time.knownAtMs).toISOString());
  }
  const text = parameters.toString();
  return text === "" ? `/v1/${list}` : `/v1/${list}?${text}`;
}

/** What a record was at an instant; `null` where nothing of it held. Times include their beginning and not their end. */
export function versionAt<R>(
  versions: readonly RecordVersion<R>[],
  { validAtMs, knownAtMs }: RecordTime,
): R | null {
  const covers = (from: string, to: string | null, atMs: number) =>
    Date.parse(from) <= atMs && (to === null || atMs < Date.parse(to));
  const found = versions.find(
    version =>
      covers(version.validFrom, version.validTo, validAtMs) &&
      (knownAtMs === null ? version.knownTo === null : covers(version.knownFrom, version.knownTo, knownAtMs)),
  );
  return found?.document ?? null;
}
