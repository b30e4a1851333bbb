// SPDX-License-Identifier: MIT
// What the operator knows of areas, and what another policy would change.
import type {
  AreaHistory,
  AreaStatement,
  AreaStatus,
  Attestation,
  PlaceView,
  PolicyInForceView,
  PolicyPlan,
  TransparencyReport,
} from "@perigee/operator/contract";
import { getJson, sendJson } from "./api.ts";
import type { RecordTime } from "./records.ts";

/** The instants of the record as parameters of an address; nothing for now. */
function timeQuery(time: RecordTime | null): string {
  if (time === null) return "";
  const query = new URLSearchParams({ validAt: new Date(time.validAtMs).toISOString() });
  if (time.knownAtMs !== null) query.set("knownAt", new Date(time.knownAtMs).toISOString());
  return `?${query}`;
}

export const areasApi = {
  statements: (time: RecordTime | null) => getJson<AreaStatement[]>(`/v1/areas${timeQuery(time)}`),
  policy: () => getJson<PolicyInForceView>("/v1/policy"),
  status: (area: string, time: RecordTime | null) =>
    getJson<AreaStatus>(`/v1/areas/${encodeURIComponent(area)}/status${timeQuery(time)}`),
  history: (area: string) => getJson<AreaHistory>(`/v1/areas/${encodeURIComponent(area)}/history`),
  place: (latDeg: number, lonDeg: number, time: RecordTime | null) => {
    const at = time === null ? "" : `&validAt=${new Date(time.validAtMs).toISOString()}`;
    return getJson<PlaceView>(`/v1/place?lat=${latDeg}&lon=${lonDeg}${at}`);
  },
  plan: (document: unknown) => sendJson<PolicyPlan>("POST", "/v1/policy/plan", { document }),
  report: (from: string, to: string) =>
    getJson<TransparencyReport>(`/v1/reports/transparency?${new URLSearchParams({ from, to })}`),
  attestation: (requestId: string) =>
    getJson<Attestation>(`/v1/area-requests/${encodeURIComponent(requestId)}/attestation`),
};
