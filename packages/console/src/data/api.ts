// SPDX-License-Identifier: MIT
import type {
  AreaStatement,
  DishView,
  Explanation,
  Ground,
  LedgerEntry,
  LedgerHead,
  LinkRecord,
  Order,
  OrderRequest,
  Planet,
  PlanetCellDetail,
  PlanetCells,
  PlanetGateway,
  PlanetSatellite,
  Satellites,
  SceneView,
  Session,
  SignInRequest,
  Status,
  TerminalDetail,
  TerminalRow,
} from "@perigee/operator/contract";
import type { FeatureCollection, LineString, MultiLineString } from "geojson";
import { decodeEphemeris, type Ephemeris } from "../map/ephemeris.ts";
import { type Coverage, decodeCoverage } from "./coverage.ts";
import { failureOf, type Result } from "./failure.ts";

/** One set of lines on a map, and who says that they are borders. */
export interface BoundaryView {
  readonly id: string;
  readonly title: string;
  readonly asserter: string;
  readonly version: string;
}

/** Every address of the operator that the console uses, one function each. */
export const api = {
  status: () => getJson<Status>("/v1/status"),
  satellites: () => getJson<Satellites>("/v1/satellites"),
  ground: () => getJson<Ground>("/v1/ground"),
  terminals: () => getJson<TerminalRow[]>("/v1/terminals"),
  terminal: (id: string) => getJson<TerminalDetail>(`/v1/terminals/${encodeURIComponent(id)}`),
  linkRecord: (id: string, slot: number) =>
    getJson<LinkRecord>(`/v1/terminals/${encodeURIComponent(id)}/link?slot=${slot}`),
  explanation: (id: string) => getJson<Explanation>(`/v1/terminals/${encodeURIComponent(id)}/explain`),
  areas: () => getJson<AreaStatement[]>("/v1/areas"),
  ledgerHead: () => getJson<LedgerHead>("/v1/ledger/head"),
  ledgerEntries: (from: number, limit: number) =>
    getJson<LedgerEntry[]>(`/v1/ledger/entries?from=${from}&limit=${limit}`),
  boundaryViews: () => getJson<BoundaryView[]>("/v1/boundary-views"),
  borders: (viewId: string) =>
    getJson<FeatureCollection<LineString | MultiLineString>>(
      `/v1/boundary-views/${encodeURIComponent(viewId)}/borders`,
    ),
  ephemeris,
  planet: () => getJson<Planet>("/v1/planet"),
  coverage,
  planetCells: (parent: string, slot: number) =>
    getJson<PlanetCells>(`/v1/planet/cells?parent=${parent}&slot=${slot}`),
  planetCell: (cell: string, slot: number) =>
    getJson<PlanetCellDetail>(`/v1/planet/cells/${encodeURIComponent(cell)}?slot=${slot}`),
  planetSatellite: (catalogNumber: string, slot: number) =>
    getJson<PlanetSatellite>(`/v1/planet/satellites/${encodeURIComponent(catalogNumber)}?slot=${slot}`),
  planetGateways: (slot: number) => getJson<PlanetGateway[]>(`/v1/planet/gateways?slot=${slot}`),
  dish: (terminal: string) => getJson<DishView>(`/v1/terminals/${encodeURIComponent(terminal)}/dish`),
  scenes: () => getJson<readonly SceneView[]>("/v1/scenes"),
  /** @param scene `null`: the terminal shows what it is again */
  setScene: (terminal: string, scene: string | null) =>
    sendJson<DishView>(
      scene === null ? "DELETE" : "PUT",
      `/v1/terminals/${encodeURIComponent(terminal)}/scene`,
      scene === null ? undefined : { scene },
    ),
  placeOrder,
  session: () => getJson<Session>("/v1/session"),
  signIn: (asked: SignInRequest) => sendJson<Session>("POST", "/v1/session", asked),
  setPassword: (asked: { email: string; code: string; password: string }) =>
    sendJson<Session>("POST", "/v1/session/password", asked),
  changePassword: (asked: { current: string; password: string }) =>
    sendJson<Session>("PUT", "/v1/session/password", asked),
  signOut: () => sendJson<Session>("DELETE", "/v1/session", undefined),
};

let signedOut = (): void => undefined;

/** Calls `listener` whenever the operator answers that nobody is signed in. */
export function whenSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** Asks an address of the operator for JSON. */
export async function getJson<T>(path: string): Promise<Result<T>> {
  return request(path, {}, async response => (await response.json()) as T);
}

/** Asks an address of the operator for bytes. */
export async function getBytes(path: string): Promise<Result<ArrayBuffer>> {
  return request(path, {}, response => response.arrayBuffer());
}

/** @param slot another than the current one */
async function ephemeris(slot?: number): Promise<Result<Ephemeris>> {
  const path = slot === undefined ? "/v1/ephemeris" : `/v1/ephemeris?slot=${slot}`;
  const body = await request(path, {}, response => response.arrayBuffer());
  return body.ok ? decodeEphemeris(body.value) : body;
}

async function coverage(resolution: number, slot: number): Promise<Result<Coverage>> {
  const path = `/v1/planet/coverage?resolution=${resolution}&slot=${slot}`;
  const body = await request(path, {}, response => response.arrayBuffer());
  return body.ok ? decodeCoverage(body.value) : body;
}

async function placeOrder(order: OrderRequest): Promise<Result<Order>> {
  return sendJson<Order>("POST", "/v1/orders", order);
}

/** Asks the operator to change something; the header says that it is the console that asks. */
export async function sendJson<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body: unknown,
): Promise<Result<T>> {
  const init: RequestInit = {
    method,
    headers: {
      "x-perigee-client": "console",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  return request(path, init, async response => (await response.json()) as T);
}

async function request<T>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<T>,
): Promise<Result<T>> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    return {
      ok: false,
      error: {
        code: "UNREACHABLE",
        message:
          "The operator cannot be reached. Check that it is running; the console tries again by itself.",
        place: path,
      },
    };
  }
  if (!response.ok) {
    const error = await failureOf(response);
    if (error.code === "SIGN_IN_NEEDED") signedOut();
    return { ok: false, error };
  }
  try {
    return { ok: true, value: await read(response) };
  } catch {
    return {
      ok: false,
      error: { code: "UNREADABLE", message: "The operator's answer could not be read.", place: path },
    };
  }
}
