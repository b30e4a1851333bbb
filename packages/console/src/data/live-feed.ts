// SPDX-License-Identifier: MIT
import type { Decision, Status, TerminalRow } from "@perigee/operator/contract";
import { api } from "./api.ts";
import type { Result } from "./failure.ts";
import { type LiveResource, type LiveState, liveStore } from "./live-state.ts";
import { RowIndex } from "./row-index.ts";
import { rttHistory } from "./rtt-history.ts";

const rows = new RowIndex();
const DECISIONS_KEPT = 50;
const RETRY_MS = 3_000;
const LASERS_KEPT_MS = 300_000;
/** While the planet is prepared nothing is announced, so its progress is asked for. */
const PREPARING_MS = 2_000;
let satellitesAtMs = 0;
let preparing: ReturnType<typeof setTimeout> | undefined;

/** The row of one terminal, without a search. */
export function terminalRowNow(id: string): TerminalRow | undefined {
  return rows.get(id);
}

/**
 * Loads what every page needs and keeps it current from the event stream. After a lost stream everything that events
 * carry is loaded anew, because what was missed is not sent again.
 * @param refused the operator refuses the stream, so that the browser does not try again by itself
 * @returns closes the stream
 */
export function startLiveFeed(refused: () => void): () => void {
  loadSatellites();
  void load("ground", api.ground);
  void load("boundaryViews", api.boundaryViews);
  refresh();

  const events = new EventSource("/v1/events");
  let lost = false;
  events.addEventListener("open", () => {
    liveStore.set({ connection: "open" });
    if (lost) refresh();
    lost = false;
  });
  events.addEventListener("error", () => {
    lost = true;
    liveStore.set({ connection: "reconnecting" });
    if (events.readyState === EventSource.CLOSED) refused();
  });
  on<Status>(events, "slot", status => {
    takeStatus(status);
    void load("ephemeris", () => api.ephemeris());
    if (isStale(status)) loadSatellites();
  });
  on<TerminalRow[]>(events, "terminals", changed => {
    rttHistory.takeRows(changed, liveStore.get().status);
    liveStore.set({ terminals: rows.merge(changed) });
  });
  events.addEventListener("planet", loadPlanet);
  on<Decision>(events, "decision", decision => {
    const decisions = [decision, ...liveStore.get().decisions].slice(0, DECISIONS_KEPT);
    liveStore.set({ decisions });
  });
  return () => events.close();
}

function loadSatellites(): void {
  satellitesAtMs = Date.now();
  void load("satellites", api.satellites);
}

function loadPlanet(): void {
  void load("planet", api.planet, planet => {
    liveStore.set({ planet });
    clearTimeout(preparing);
    if (planet.state === "preparing") preparing = setTimeout(loadPlanet, PREPARING_MS);
  });
}

/** New elements change the list itself; laser links change slowly with the geometry. */
function isStale({ elements }: Status): boolean {
  const known = liveStore.get().satellites;
  if (!known) return false;
  return known.version !== elements.checksum || Date.now() - satellitesAtMs > LASERS_KEPT_MS;
}

function refresh(): void {
  void load("status", api.status, takeStatus);
  void load("ephemeris", () => api.ephemeris());
  loadPlanet();
  void load("terminals", api.terminals, all => liveStore.set({ terminals: rows.replace(all) }));
}

function takeStatus(status: Status): void {
  liveStore.set({ status, clockOffsetMs: Date.parse(status.clock.now) - Date.now() });
}

async function load<K extends LiveResource, T extends NonNullable<LiveState[K]>>(
  name: K,
  get: () => Promise<Result<T>>,
  take?: (value: T) => void,
): Promise<void> {
  const answer = await get();
  const { [name]: _, ...others } = liveStore.get().failures;
  if (answer.ok) {
    liveStore.set({ failures: others });
    if (take) take(answer.value);
    else liveStore.set({ [name]: answer.value } as Partial<LiveState>);
    return;
  }
  liveStore.set({ failures: { ...others, [name]: answer.error } });
  setTimeout(() => void load(name, get, take), RETRY_MS);
}

function on<T>(events: EventSource, name: string, take: (data: T) => void): void {
  events.addEventListener(name, event => {
    take(JSON.parse((event as MessageEvent<string>).data) as T);
  });
}
