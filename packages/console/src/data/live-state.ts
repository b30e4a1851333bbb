// SPDX-License-Identifier: MIT
import type { Decision, Ground, Planet, Satellites, Status, TerminalRow } from "@perigee/operator/contract";
import type { Ephemeris } from "../map/ephemeris.ts";
import type { BoundaryView } from "./api.ts";
import { createStore, useStore } from "./external-store.ts";
import type { Failure } from "./failure.ts";

/** The event stream: never yet open, open, or lost and being tried again. */
export type Connection = "connecting" | "open" | "reconnecting";

/** Everything that arrives without being asked for by one page. `null` means: not here yet. */
export interface LiveState {
  readonly connection: Connection;
  readonly status: Status | null;
  /** Operator's clock minus this machine's clock, so that remaining seconds are right on a wrong clock. */
  readonly clockOffsetMs: number;
  readonly satellites: Satellites | null;
  readonly ground: Ground | null;
  readonly ephemeris: Ephemeris | null;
  readonly planet: Planet | null;
  readonly terminals: readonly TerminalRow[] | null;
  readonly boundaryViews: readonly BoundaryView[] | null;
  /** Newest first, this visit only, at most 50. */
  readonly decisions: readonly Decision[];
  /** The last failure per thing that should be here. */
  readonly failures: Readonly<Partial<Record<LiveResource, Failure>>>;
}

/** Names of what the console keeps current by itself. */
export type LiveResource =
  | "status"
  | "satellites"
  | "ground"
  | "ephemeris"
  | "planet"
  | "terminals"
  | "boundaryViews";

export const liveStore = createStore<LiveState>({
  connection: "connecting",
  status: null,
  clockOffsetMs: 0,
  satellites: null,
  ground: null,
  ephemeris: null,
  planet: null,
  terminals: null,
  boundaryViews: null,
  decisions: [],
  failures: {},
});

/** Watches one part of the live state. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useStore(liveStore, select);
}

/** The operator's clock now, UTC milliseconds. */
export function operatorNowMs(): number {
  return Date.now() + liveStore.get().clockOffsetMs;
}
