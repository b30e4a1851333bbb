// SPDX-License-Identifier: MIT
import type { OperatorClient } from "../operator-client.ts";

/** How a list is searched, filtered, sorted and paged: the words of the API. */
export interface ListQuery {
  readonly q?: string | undefined;
  readonly where?: readonly string[] | undefined;
  readonly sort?: string | undefined;
  readonly from?: string | undefined;
  readonly limit?: string | undefined;
  readonly validAt?: string | undefined;
  readonly knownAt?: string | undefined;
}

/** A page of a list. */
export interface Page<T> {
  /** Of all pages. */
  readonly total: number;
  readonly items: readonly T[];
}

/** A record's document, and everything that was on record instead of it. */
export interface RecordVersions<T> {
  readonly now: T | null;
  readonly versions: readonly {
    readonly document: T;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly knownFrom: string;
    readonly knownTo: string | null;
  }[];
}

/** A query as it stands in an address; empty where nothing is asked. */
export function queryText(query: ListQuery & { readonly format?: "csv" }): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) words.append(name, one);
  }
  return words.size === 0 ? "" : `?${words}`;
}

/** A page of the list under `/v1/<path>`. */
export async function fetchRecords<T>(
  operator: OperatorClient,
  path: string,
  query: ListQuery = {},
): Promise<Page<T>> {
  return await operator.get<Page<T>>(`/v1/${encodeURIComponent(path)}${queryText(query)}`);
}

/** One record as it is, or as it was last where it holds no more. */
export async function fetchRecord<T>(operator: OperatorClient, path: string, id: string): Promise<T> {
  const { now, versions } = await operator.get<RecordVersions<T>>(
    `/v1/${encodeURIComponent(path)}/${encodeURIComponent(id)}`,
  );
  return now ?? versions.at(-1)!.document;
}
