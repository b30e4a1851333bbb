// SPDX-License-Identifier: MIT
import { useLive } from "../../data/live-state.ts";
import type { RecordHistory, RecordPage, RecordQuery, RecordRow, RecordSource } from "../../data/records.ts";
import { listRecords, readRecord, recordsPath } from "../../data/records.ts";
import { type Resource, useResource } from "../../data/resource.ts";
import { useRecordTime } from "./record-address.ts";

/** Changes with every decision: whoever shows records asks again then. */
export function useDecisions(): string {
  const decision = useLive(state => state.decisions[0]?.id ?? "");
  const size = useLive(state => state.status?.ledger.size ?? 0);
  return `${decision} ${size}`;
}

/** A page of a list; the last one stays on screen until the next is here. */
export function useRecords<R extends RecordRow>(
  source: RecordSource<R>,
  query: RecordQuery,
): Resource<RecordPage<R>> {
  const decisions = useDecisions();
  // While a past is shown nothing new can come to it, unless it is shown as known today.
  const moving = query.time === null || query.time.knownAtMs === null ? decisions : "";
  return useResource(source.key, `${recordsPath("", query)} ${moving}`, () => source.load(query));
}

/** All records of a list that fit, at the time that the page shows; `null` asks for nothing. */
export function useRecordList<R extends RecordRow>(
  list: string | null,
  where: readonly string[] = [],
  sort: string | null = null,
): Resource<RecordPage<R>> {
  const time = useRecordTime();
  const decisions = useDecisions();
  const revision = `${JSON.stringify(time)} ${decisions}`;
  const key = list === null ? null : `${list} ${where.join(" ")} ${sort}`;
  return useResource(key, revision, () => listRecords<R>(list ?? "", where, time, sort));
}

/** One record with its versions. */
export function useRecord<R extends RecordRow>(list: string, id: string | null): Resource<RecordHistory<R>> {
  const decisions = useDecisions();
  return useResource(id === null ? null : `${list} ${id}`, decisions, () => readRecord<R>(list, id ?? ""));
}
