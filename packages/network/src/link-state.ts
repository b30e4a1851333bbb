// SPDX-License-Identifier: MIT

/** A point on the path of a terminal's traffic, Earth-fixed. */
export interface PathNode {
  readonly kind: "terminal" | "satellite" | "gateway" | "pop";
  /** Terminal id, catalogue number, gateway id or PoP code. */
  readonly id: string;
  readonly name: string;
  /** Geodetic degrees, north and east positive; kilometres above the ellipsoid. At the slot's start. */
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeKm: number;
}

/** One step between two neighbouring {@link PathNode}s. */
export interface PathHop {
  readonly kind: "up" | "laser" | "down" | "fibre";
  readonly lengthKm: number;
  /** One way, at the slot's start, processing at the far end included. */
  readonly delayMs: number;
}

/**
 * How the shared uplink and the framed downlink make a packet wait, as parameters; the data plane turns them into
 * waits. Round trip wait: W = U(0, grantPeriod) + grantPeriod * Geom(missProbability) + U(0, frame) + 2 frames.
 */
export interface AccessTiming {
  /** 4/3 ms: the frame of the air interface. */
  readonly frameMs: number;
  /** Time between two uplink grants of one terminal: 3 or 4 frames. */
  readonly grantPeriodMs: number;
  /** Probability that a grant is not usable and the packet waits for the next one. */
  readonly missProbability: number;
  /** Seeds the draw of missed grants and the phase of the grant grid; 32-bit unsigned. */
  readonly seed: number;
}

/** The interruption at a slot's start when the serving satellite changed. Instants are UTC milliseconds. */
export interface HandoverGap {
  readonly fromMs: number;
  /** Datagrams sent before this instant are lost; later ones are queued. Bytes of a stream are always queued. */
  readonly dropUntilMs: number;
  readonly untilMs: number;
}

/** What everybody's traffic does to a link, see `loadedLink`. */
export interface LinkLoad {
  /** Mean wait at satellite, lasers, contact and fibre, one way; part of {@link LinkState.fixedMs}. */
  readonly queueMs: { readonly down: number; readonly up: number };
  /** Use of the cell's share of its beam's time, 0 to 1. */
  readonly accessUtilisation: number;
}

/** What the network offers one terminal during one slot. A plain value: serialisable, comparable, replayable. */
export interface LinkState {
  readonly terminalId: string;
  /** Slot number; see `slotAt`. */
  readonly slot: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly satellite: { readonly index: number; readonly catalogNumber: number; readonly name: string };
  readonly gateway: { readonly id: string; readonly name: string };
  readonly pop: { readonly code: string; readonly city: string };
  /** Of the serving satellite, seen from the terminal, at the slot's start. Azimuth clockwise from north. */
  readonly elevationDeg: number;
  readonly azimuthDeg: number;
  readonly nodes: readonly PathNode[];
  /** `hops[i]` joins `nodes[i]` and `nodes[i + 1]`. */
  readonly hops: readonly PathHop[];
  /** One-way delay of the whole path (space, fibre, processing) at the slot's start, middle and end. */
  readonly oneWayMs: readonly [start: number, middle: number, end: number];
  /** Constant part of the round trip: modems, forwarding and, where the load is known, mean queues on the way. */
  readonly fixedMs: number;
  readonly access: AccessTiming;
  readonly downMbps: number;
  readonly upMbps: number;
  /** Probability that one 1,500-byte packet is lost, outside the gap. */
  readonly lossProbability: number;
  /** `null` where the satellite stayed or the draw gave no interruption. */
  readonly gap: HandoverGap | null;
  /** Load on the way; only where the plan that serves the link was made for everybody's demand. */
  readonly load?: LinkLoad;
  /** Round trip as an application sees it at the slot's start: least, and median over the waits. */
  readonly rttMs: { readonly floor: number; readonly median: number };
}
