// SPDX-License-Identifier: MIT
import type { ServerOptions } from "node:http2";
import type { Socket } from "node:net";
import { Connection, type ConnectionHost, type Farewell } from "./connection.ts";
import type { EndpointState, PortKind } from "./endpoint.ts";
import { Http1Server } from "./http1-server.ts";
import { HTTP2_PREFACE, http2Options, serveHttp2 } from "./http2-connection.ts";
import type { Limits } from "./limits.ts";
import { MemoryAccount } from "./memory.ts";
import type { WebHost } from "./web-call.ts";

/** How often every connection is looked after, in milliseconds. */
const INSPECTION_MS = 1000;
/** A peer that vanished without a word is noticed by the network itself after about two minutes (RFC 9293, 3.8.4). */
const KEEP_ALIVE_MS = 60_000;

/** Who was quiet for so long may be displaced by a newcomer, in milliseconds. */
const QUIET_MS = 1000;

/** What a device did that no device may: throw. */
export type OnFault = (cause: unknown, endpointId: string) => void;

/**
 * Lets connections in, finds out what they speak, keeps them within their limits and, when there are too many or they
 * hold too much, decides who has to go.
 */
export class Door implements ConnectionHost {
  readonly limits: Limits;
  /** What all calls together hold. */
  readonly memory: MemoryAccount;
  /** How many connections were ended, by reason. */
  readonly farewells = new Map<Farewell, number>();
  readonly #host: WebHost;
  readonly #onFault: OnFault;
  readonly #nowMs: () => number;
  readonly #http1: Http1Server;
  readonly #http2Options: ServerOptions;
  readonly #connections = new Set<Connection>();
  readonly #silent = new Set<Connection>();
  readonly #timer: NodeJS.Timeout;
  #inspectedMs: number;

  constructor(host: WebHost, onFault: OnFault, nowMs: () => number) {
    this.limits = host.limits;
    this.memory = new MemoryAccount(host.limits.memoryBytes);
    this.#host = host;
    this.#onFault = onFault;
    this.#nowMs = nowMs;
    this.#http1 = new Http1Server(host);
    this.#http2Options = http2Options(host.limits);
    this.#inspectedMs = nowMs();
    this.#timer = setInterval(() => this.#inspect(), INSPECTION_MS).unref();
  }

  get connections(): number {
    return this.#connections.size;
  }

  nowMs(): number {
    return this.#nowMs();
  }

  /** Takes a connection in, unless everybody who is in already is busy and there is no place left. */
  admit(socket: Socket, endpoint: EndpointState, kind: PortKind): void {
    socket.on("error", ignore);
    if (!this.#placeIn(endpoint)) {
      this.parting("noRoom");
      socket.destroy();
      return;
    }
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    const connection = new Connection(socket, endpoint, this);
    for (const set of this.#listsOf(endpoint)) set.add(connection);
    socket.on("close", () => connection.closed());
    this.#greet(connection, kind);
  }

  spoke(connection: Connection): void {
    this.#silent.delete(connection);
    connection.endpoint.silent.delete(connection);
  }

  makeRoom(full: MemoryAccount, asking: Connection): boolean {
    // A connection that has too much itself has to do without.
    if (full === asking.memory) return false;
    const among = full === asking.endpoint.memory ? asking.endpoint.connections : this.#connections;
    let heaviest = asking;
    for (const other of among) {
      if (other.memory.heldBytes > heaviest.memory.heldBytes) heaviest = other;
    }
    heaviest.cut("memory");
    return heaviest !== asking;
  }

  fault(cause: unknown, endpoint: EndpointState): void {
    this.#onFault(cause, endpoint.id);
  }

  parting(farewell: Farewell): void {
    this.farewells.set(farewell, (this.farewells.get(farewell) ?? 0) + 1);
  }

  gone(connection: Connection): void {
    for (const set of this.#listsOf(connection.endpoint)) set.delete(connection);
  }

  /** Ends the connections of an endpoint: in order those that are in the middle of something, at once the others. */
  empty(endpoint: EndpointState): void {
    for (const connection of endpoint.connections) {
      if (connection.idle) connection.cut("closing");
      else connection.leave();
    }
  }

  /** Ends at once what is left of the connections of an endpoint. */
  clear(endpoint: EndpointState): void {
    for (const connection of endpoint.connections) connection.cut("closing");
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #listsOf(endpoint: EndpointState): readonly Set<Connection>[] {
    return [this.#connections, this.#silent, endpoint.connections, endpoint.silent];
  }

  /** Makes a place for a newcomer: the oldest who never said anything goes, else who was quiet for longest. */
  #placeIn(endpoint: EndpointState): boolean {
    const { connections, connectionsPerEndpoint } = this.limits;
    const crowd =
      endpoint.connections.size >= connectionsPerEndpoint
        ? endpoint
        : this.#connections.size >= connections
          ? { connections: this.#connections, silent: this.#silent }
          : null;
    if (crowd === null) return true;
    const leaves = first(crowd.silent) ?? quietest(crowd.connections, this.#nowMs() - QUIET_MS);
    leaves?.cut("displaced");
    return leaves !== null;
  }

  /** Waits until it is clear what the client speaks; until then a connection costs no more than its socket. */
  #greet(connection: Connection, kind: PortKind): void {
    const { socket } = connection;
    let head: Buffer = NOTHING;
    const read = (): void => {
      const piece = socket.read() as Buffer | null;
      if (piece === null) return;
      head = head.length === 0 ? piece : Buffer.concat([head, piece]);
      const compared = Math.min(head.length, HTTP2_PREFACE.length);
      const http2 = head.subarray(0, compared).equals(HTTP2_PREFACE.subarray(0, compared));
      if (http2 && compared < HTTP2_PREFACE.length) return;
      if (!http2 && !kind.web) {
        connection.cut("protocol");
        return;
      }
      socket.off("readable", read);
      socket.unshift(head);
      if (http2) serveHttp2(connection, kind, this.#host, this.#http2Options);
      else this.#http1.serve(connection);
    };
    socket.on("readable", read);
  }

  #inspect(): void {
    const nowMs = this.#nowMs();
    const sinceMs = nowMs - this.#inspectedMs;
    this.#inspectedMs = nowMs;
    for (const connection of this.#connections) connection.inspect(nowMs, sinceMs);
  }
}

const NOTHING = Buffer.alloc(0);

const ignore = (): void => undefined;

const first = (connections: ReadonlySet<Connection>): Connection | null =>
  connections.values().next().value ?? null;

/** Who has been quiet for longest, if since before `beforeMs`; null: nobody. */
function quietest(connections: ReadonlySet<Connection>, beforeMs: number): Connection | null {
  let quietest: Connection | null = null;
  for (const connection of connections) {
    if (connection.activeMs < (quietest?.activeMs ?? beforeMs)) quietest = connection;
  }
  return quietest;
}
