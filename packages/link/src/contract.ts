// SPDX-License-Identifier: MIT
// What the data plane promises, as types: its inputs, its answers, its errors. Nothing here runs.
import type { Lease, LeaseClaims, Reach } from "@perigee/authority";
import type { LinkState } from "@perigee/network";

/** Success with a value, or one error. Nothing at this room's face is thrown for bad input. */
export type Result<Value, Problem = LinkError> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Problem };

/** Why there is no service: a stable code, and one sentence that may be shown to the person at the terminal. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** A {@link Reason} with the instant of the decision. */
export interface Revocation extends Reason {
  /**
   * When the authority decided, UTC ms, by the clock that dates its leases. If absent: now, and no earlier than the
   * newest lease seen. Leases issued at or before it are dead for
   * good, so that a lease overtaken on the way by its own revocation cannot bring the terminal back.
   */
  readonly atMs?: number;
}

/** A {@link Revocation} that says when it was decided: one that may be repeated, or come late. */
export interface DatedRevocation extends Revocation {
  readonly atMs: number;
}

/** Why one terminal among many has no service, or no full service. */
export interface Refused {
  readonly terminalId: string;
  readonly refusal: DatedRevocation;
}

/**
 * An order to a terminal's transmitter. 47 CFR 25.228(c): it is obeyed within 100 ms of receipt, and the terminal stays
 * silent until an order with a higher number lets it speak again, whatever leases it has and however long that takes.
 */
export interface TransmitOrder extends Reason {
  readonly terminalId: string;
  /** Counts the orders to this terminal: a repeated or overtaken one changes nothing. */
  readonly sequence: number;
  readonly transmit: "off" | "on";
  /**
   * Whether emergency services stay within reach of a live lease (47 CFR 25.271(c): transmissions for the immediate
   * safety of life). Policy's choice; every use is counted in {@link TerminalStats.spared}.
   */
  readonly sparesEmergency: boolean;
}

/** What became of a revocation of many. */
export interface RevocationReport {
  /** Terminals without a lease now, of those named. */
  readonly revoked: number;
  /** Terminals named that a newer lease than the revocation keeps in service. */
  readonly superseded: number;
  /** Connections reset. */
  readonly reset: number;
  /** Ids of no terminal here; at most the first 1,000. */
  readonly unknown: readonly string[];
  /** It had been carried out before; the figures are those of that time. */
  readonly repeated: boolean;
}

/** What can be wrong with a call. Codes are stable; `place` is the argument or path that broke the rule. */
export interface LinkError {
  readonly code:
    | "TERMINAL_UNKNOWN"
    | "TERMINAL_ATTACHED"
    | "TERMINAL_LIMIT"
    | "PORT_UNAVAILABLE"
    | "LINK_STATE_INVALID"
    | "LEASE_INVALID"
    | "LEASE_STALE"
    | "LEASE_REVOKED"
    | "ORDER_STALE"
    | "AUTHORITY_UNREACHABLE"
    | "FAULTS_DISABLED"
    | "CLOSED"
    | "INTERNAL";
  readonly message: string;
  readonly place: string;
}

/** The answer of an injected lease verifier: the claims that the signature covers, or why they do not count. */
export type LeaseVerdict =
  | { readonly ok: true; readonly claims: LeaseClaims }
  | { readonly ok: false; readonly error: Reason };

/** A service of the operator itself, dialled in place of a reserved name. */
export interface ReservedService {
  readonly host: string;
  readonly port: number;
  /**
   * Says to the service whose connection this is, in a first line `TERMINAL <id>` CR LF before the terminal's own
   * bytes. A terminal cannot write that line for another one: it comes from here, on every connection.
   */
  readonly introduce?: boolean;
  /** Calls for help go there: spared by an order to be silent that spares the safety of life. */
  readonly emergency?: boolean;
}

export interface LinkEngineOptions {
  /** Checks signature, proof and validity of one lease at an instant (UTC ms). Called once, when it is installed. */
  readonly verifyLease: (lease: Lease, atMs: number) => LeaseVerdict;
  /** UTC ms with a sub-millisecond part, never going backwards, one per real millisecond. Default {@link systemClock}. */
  readonly clock?: () => number;
  /** Where terminals' ports listen. Default `127.0.0.1`: anyone who reaches a port is that terminal. */
  readonly listenAddress?: string;
  /** Names answered by the operator, whatever port is asked for; the only ones in reach `accountAndEmergency`. */
  readonly reserved?: Readonly<Record<string, ReservedService>>;
  /**
   * One of the reserved names: where a restricted terminal's requests for anybody else's web pages in clear text (port
   * 80) lead, so that a browser behind it shows why there is nothing else. Default: nowhere, they are refused.
   */
  readonly captive?: string;
  /**
   * Addresses and ports on the PoP side that no terminal may reach, such as the operator's own API: asked for every
   * address that is dialled or sent to, except those of reserved names. Default: none.
   */
  readonly forbidden?: (address: string, port: number) => boolean;
  /** How long the PoP side tries to reach a destination; default 10,000 ms. */
  readonly dialTimeoutMs?: number;
  /** A client must have asked for its destination within this time; default 10,000 ms. */
  readonly handshakeTimeoutMs?: number;
  /** Open connections of one terminal (TCP and UDP associations together); default 1,024. */
  readonly maxConnections?: number;
  /** Bytes that one terminal's connections may hold in its delay lines, per direction; default 32 MiB. */
  readonly maxBufferedBytes?: number;
  /** Attached terminals; default 4,096. */
  readonly maxTerminals?: number;
  /** Enrolled terminals, which have no port; default 1,000,000. */
  readonly maxEnrolled?: number;
  /** Destination sockets per UDP association; the least recently used one is closed. Default 64. */
  readonly maxUdpFlows?: number;
  /** Name to IP addresses as seen from the PoP, best first. Default: the resolver of this machine. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** The last part of a wait spent polling instead of sleeping, ms, for sub-millisecond releases. Default 1; 0: never. */
  readonly pollMs?: number;
}

export interface AttachRequest {
  readonly terminalId: string;
  /** TCP port, or 0 for any free one. */
  readonly port: number;
}

/** What happened to each item of a batch: items are independent, a bad one does not hold back the others. */
export interface BatchReport {
  readonly accepted: number;
  readonly rejected: readonly LinkError[];
}

export interface TerminalStats {
  readonly terminalId: string;
  readonly port: number;
  /** A link state covers now. */
  readonly linked: boolean;
  /** What the live lease allows; `nothing` without one. */
  readonly reach: Reach | "nothing";
  readonly leaseUntilMs: number | null;
  readonly openConnections: number;
  /** Payload bytes delivered since attachment. */
  readonly upBytes: number;
  readonly downBytes: number;
  /** Bytes inside the delay lines now. */
  readonly heldBytes: number;
  /** Requests refused with a reason, since attachment. */
  readonly refused: number;
  /** Connections reset because a lease ended or narrowed. */
  readonly cut: number;
  /** Bytes thrown away in delay lines by those resets. */
  readonly discardedBytes: number;
  /** Datagrams lost in the air, in a gap, or for lack of room. */
  readonly lostDatagrams: number;
  /** Code of the order to be silent that is in force, or `null`. */
  readonly txOff: string | null;
  /** Connections opened under such an order by its exception for the safety of life, since attachment. */
  readonly spared: number;
}

/** How late releases were against the computed instants, over the last 10 to 20 s. */
export interface LatenessStats {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LinkStats {
  /** Streams are carried, not packets: no congestion control of the endpoints is visible end to end. */
  readonly fidelity: "streams";
  readonly atMs: number;
  readonly latenessMs: LatenessStats;
  readonly terminals: readonly TerminalStats[];
  /** Terminals without a port, and how many of them have a live lease. */
  readonly enrolled: { readonly terminals: number; readonly leased: number };
}

/**
 * The data plane. Every method takes effect before it returns (before its promise is given back, for the asynchronous
 * ones). A terminal must be attached before anything can be said about it.
 */
export interface LinkEngine extends AsyncDisposable {
  /** Opens the terminal's port, which speaks SOCKS5 and HTTP. Errors: TERMINAL_ATTACHED, TERMINAL_LIMIT, PORT_UNAVAILABLE, CLOSED. */
  attach(request: AttachRequest): Promise<Result<{ readonly port: number }>>;
  /**
   * One state per terminal and slot; a slot's state may come ahead of time and a later one for the same slot replaces
   * it. Where no state covers now, open streams stall and new connections are refused.
   */
  setLinkStates(states: readonly LinkState[]): BatchReport;
  /** Verifies and installs. Errors per lease: TERMINAL_UNKNOWN, LEASE_INVALID, LEASE_REVOKED, LEASE_STALE. */
  installLeases(leases: readonly Lease[]): BatchReport;
  /** Ends service at once: every connection is reset, what is in the delay lines is discarded. Gives the number reset. */
  revoke(terminalId: string, revocation: Revocation): Result<{ readonly reset: number }>;
  /** {@link revoke} for all terminals named, such as those of an area, in one message. */
  revokeMany(terminalIds: readonly string[], revocation: DatedRevocation): RevocationReport;
  /** Says why there is no service (or no full service) without ending any; a lease of reach `all` clears it. */
  setRefusal(terminalId: string, reason: Revocation): Result<null>;
  /** {@link setRefusal} for many. Errors per item: TERMINAL_UNKNOWN. */
  setRefusals(refusals: readonly Refused[]): BatchReport;
  /** Silences transmitters, or lets them speak again. Errors per order: TERMINAL_UNKNOWN, ORDER_STALE. */
  transmit(orders: readonly TransmitOrder[]): BatchReport;
  /**
   * Makes terminals known that have no port here: their leases and revocations count as for any other, and
   * {@link permits} asks their gate. Errors per id: TERMINAL_ATTACHED, TERMINAL_LIMIT, CLOSED.
   */
  enrol(terminalIds: readonly string[]): BatchReport;
  /** Asks a terminal's gate whether a byte may pass now, as far as leases and orders go: `null`, or why not. */
  permits(terminalId: string, reach: Reach | "emergency"): Reason | null;
  stats(): LinkStats;
}

/** {@link LinkEngine} in another thread. Calls are carried out in the order in which they were made. */
export interface LinkEngineClient extends AsyncDisposable {
  attach(request: AttachRequest): Promise<Result<{ readonly port: number }>>;
  setLinkStates(states: readonly LinkState[]): Promise<Result<BatchReport>>;
  installLeases(leases: readonly Lease[]): Promise<Result<BatchReport>>;
  revoke(terminalId: string, revocation: Revocation): Promise<Result<{ readonly reset: number }>>;
  /**
   * One message, numbered, and repeated until the data plane has acknowledged it, also over an authority that was cut
   * off meanwhile: then this answers AUTHORITY_UNREACHABLE, and the revocation is carried out as soon as anything gets
   * through again. Carried out twice it changes nothing; one that is overtaken by a newer lease leaves that lease alone.
   */
  revokeMany(terminalIds: readonly string[], revocation: DatedRevocation): Promise<Result<RevocationReport>>;
  setRefusal(terminalId: string, reason: Revocation): Promise<Result<null>>;
  /** Numbered and repeated like {@link revokeMany}; the refusals are dated, so an old one hides no newer one. */
  setRefusals(refusals: readonly Refused[]): Promise<Result<BatchReport>>;
  /** Numbered and repeated like {@link revokeMany}. */
  transmit(orders: readonly TransmitOrder[]): Promise<Result<BatchReport>>;
  enrol(terminalIds: readonly string[]): Promise<Result<BatchReport>>;
  permits(terminalId: string, reach: Reach | "emergency"): Promise<Result<Reason | null>>;
  /** Orders that the data plane has not acknowledged yet. */
  unacknowledged(): number;
  /** Sends all those again now. Gives how many are left. */
  catchUp(): Promise<number>;
  stats(): Promise<Result<LinkStats>>;
  /**
   * A fault for tests, refused (FAULTS_DISABLED) unless the host was started with `faults: true`: while unreachable,
   * the host acts on no lease, revocation or refusal (AUTHORITY_UNREACHABLE); link states still flow.
   */
  setAuthorityReachable(reachable: boolean): Promise<Result<null>>;
}
