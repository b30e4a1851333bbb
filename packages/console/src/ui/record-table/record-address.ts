// SPDX-License-Identifier: MIT
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { readAt } from "../../data/as-of.ts";
import type { RecordTime } from "../../data/records.ts";

/** What a table shows, as it stands in the address: any view of it can be sent to a colleague. */
export interface RecordAddress {
  readonly q: string;
  readonly where: readonly string[];
  /** `null`: the order of the page itself. */
  readonly sort: string | null;
  readonly from: number;
  /** Ids of columns; `null`: those of the page itself. */
  readonly columns: readonly string[] | null;
  /** The record that is open beside the table. */
  readonly id: string | null;
}

export const NO_ADDRESS: RecordAddress = { q: "", where: [], sort: null, from: 0, columns: null, id: null };

const NAMES = ["q", "where", "sort", "from", "cols", "id"] as const;

export function readAddress(parameters: URLSearchParams): RecordAddress {
  const from = Number(parameters.get("from") ?? 0);
  const columns = parameters.get("cols");
  return {
    q: (parameters.get("q") ?? "").slice(0, 200),
    where: parameters.getAll("where").slice(0, 20),
    sort: parameters.get("sort"),
    from: Number.isSafeInteger(from) && from > 0 ? from : 0,
    columns: columns === null ? null : columns.split(",").filter(name => name !== ""),
    id: parameters.get("id"),
  };
}

/** The same address with another state of the table; what is as the page has it is left out. */
export function writeAddress(parameters: URLSearchParams, address: RecordAddress): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const name of NAMES) next.delete(name);
  if (address.q !== "") next.set("q", address.q);
  for (const condition of address.where) next.append("where", condition);
  if (address.sort !== null) next.set("sort", address.sort);
  if (address.from > 0) next.set("from", String(address.from));
  if (address.columns !== null) next.set("cols", address.columns.join(","));
  if (address.id !== null) next.set("id", address.id);
  return next;
}

/**
 * The state of the page's table and the way to change it. Opening a record is a step in the browser's history, the rest
 * is not: who types a search does not want to walk back through its letters.
 */
export function useRecordAddress(): [RecordAddress, (part: Partial<RecordAddress>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const address = useMemo(() => readAddress(parameters), [parameters]);
  const change = useCallback(
    (part: Partial<RecordAddress>) =>
      setParameters(before => writeAddress(before, { ...readAddress(before), ...part }), {
        replace: part.id === undefined,
      }),
    [setParameters],
  );
  return [address, change];
}

/** The page's tab, where it has several lists; changing it forgets what the table of the other one showed. */
export function useTab<T extends string>(tabs: readonly T[]): [T, (tab: T) => void] {
  const [parameters, setParameters] = useSearchParams();
  const tab = tabs.find(name => name === parameters.get("tab")) ?? (tabs[0] as T);
  const change = useCallback(
    (wanted: T) =>
      setParameters(before => {
        const next = writeAddress(before, NO_ADDRESS);
        next.set("tab", wanted);
        return next;
      }),
    [setParameters],
  );
  return [tab, change];
}

/**
 * The instant of the record that an address asks for: `at` says when, as known then, or with `known=now` as known today.
 *
 * @returns `null` for now
 */
export function readRecordTime(parameters: URLSearchParams): RecordTime | null {
  const atMs = readAt(parameters.get("at"));
  if (atMs === null) return null;
  return { validAtMs: atMs, knownAtMs: parameters.get("known") === "now" ? null : atMs };
}

/** See {@link readRecordTime}. */
export function useRecordTime(): RecordTime | null {
  const [parameters] = useSearchParams();
  const time = readRecordTime(parameters);
  const validAtMs = time?.validAtMs ?? null;
  const knownAtMs = time?.knownAtMs ?? null;
  return useMemo(() => (validAtMs === null ? null : { validAtMs, knownAtMs }), [validAtMs, knownAtMs]);
}
