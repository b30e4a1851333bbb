// SPDX-License-Identifier: MIT
// For tests and benchmarks: links, leases, clients and servers on loopback.
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import type { Lease, LeaseClaims } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import type { LeaseVerdict, LinkEngine, LinkEngineOptions } from "./contract.ts";
import { createLinkEngine } from "./engine.ts";
import type { Alarm, Timeline } from "./scheduler.ts";

/** Differences from {@link linkState}'s defaults. */
export type LinkStateChange = Partial<Omit<LinkState, "access">> & {
  readonly access?: Partial<LinkState["access"]>;
};

/** A link that covers a long time around now: 5 ms one way, no fixed part, fast, lossless, grants every 4 ms. */
export function linkState(change: LinkStateChange = {}): LinkState {
  const nowMs = Date.now();
  return {
    terminalId: "t1",
    slot: 1,
    fromMs: nowMs - 60_000,
    untilMs: nowMs + 3_600_000,
    satellite: { index: 0, catalogNumber: 44_713, name: "TEST-1" },
    gateway: { id: "g", name: "Gateway" },
    pop: { code: "fra", city: "Frankfurt" },
    elevationDeg: 60,
    azimuthDeg: 10,
    nodes: [],
    hops: [],
    oneWayMs: [5, 5, 5],
    fixedMs: 0,
    downMbps: 1_000,
    upMbps: 1_000,
    lossProbability: 0,
    gap: null,
    rttMs: { floor: 12.7, median: 16 },
    ...change,
    access: { frameMs: 4 / 3, grantPeriodMs: 4, missProbability: 0.2, seed: 7, ...change.access },
  };
}

/** A lease in the form in which it travels. Proof and signature are the verifier's business; see {@link acceptLease}. */
export function lease(change: Partial<LeaseClaims> = {}): Lease {
  const nowMs = Date.now();
  const claims: LeaseClaims = {
    terminalId: "t1",
    cells: ["8528308ffffffff"],
    reach: "all",
    policyVersion: "p1",
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + 60_000,
    ...change,
  };
  const batch = { root: "00", size: 1, issuedAtMs: claims.issuedAtMs, keyId: "00", signature: "good" };
  return { claims, index: 0, proof: [], batch };
}

/** Stands in for the authority's verification, which has its own tests: what counts here is that its answer is obeyed. */
export function acceptLease(subject: Lease, atMs: number): LeaseVerdict {
  if (subject.batch.signature !== "good")
    return { ok: false, error: { code: "BAD_SIGNATURE", message: "Forged." } };
  if (subject.claims.expiresAtMs <= atMs)
    return { ok: false, error: { code: "EXPIRED", message: "Too old." } };
  return { ok: true, claims: subject.claims };
}

/** An engine with one attached, linked and leased terminal `t1`. */
export async function servedEngine(
  options: Partial<LinkEngineOptions> = {},
  state: LinkStateChange = {},
): Promise<{ readonly engine: LinkEngine; readonly port: number }> {
  const engine = createLinkEngine({ verifyLease: acceptLease, ...options });
  const attached = await engine.attach({ terminalId: "t1", port: 0 });
  if (!attached.ok) throw new Error(attached.error.message);
  engine.setLinkStates([linkState(state)]);
  engine.installLeases([lease()]);
  return { engine, port: attached.value.port };
}

/** A data plane in a thread of its own, which takes every lease of {@link lease}. */
export function startThread(): Worker {
  return new Worker(new URL("./test-worker.ts", import.meta.url));
}

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly sockets: Set<Socket>;
}

/** A TCP server on loopback. */
export async function serve(onSocket: (socket: Socket) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    onSocket(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** A raw client of a port on loopback that keeps what it is told. */
export class RawClient {
  readonly socket: Socket;
  received: Buffer = Buffer.alloc(0);
  readonly closed: Promise<"end" | "reset">;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
    this.socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
    this.closed = new Promise(resolve => {
      this.socket.once("end", () => resolve("end"));
      this.socket.once("error", () => resolve("reset"));
    });
  }

  send(bytes: string | readonly number[] | Buffer): void {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : Buffer.from(bytes));
  }

  /** The next `count` bytes, used up. Fails if the connection ends before. */
  async take(count: number): Promise<Buffer> {
    while (this.received.length < count) {
      if (this.socket.destroyed || this.socket.readableEnded)
        throw new Error(`closed after ${this.received.length} bytes`);
      await Promise.race([once(this.socket, "data"), this.closed]);
    }
    const taken = this.received.subarray(0, count);
    this.received = this.received.subarray(count);
    return taken;
  }

  /** Everything until the other side ends. */
  async takeAll(): Promise<Buffer> {
    await this.closed;
    return this.received;
  }
}

/** SOCKS5 CONNECT to an IPv4 loopback port, as bytes. */
export function socksConnect(port: number): number[] {
  return [5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255];
}

/** A client with an open tunnel to a loopback port. */
export async function tunnelTo(proxyPort: number, port: number): Promise<RawClient> {
  const client = new RawClient(proxyPort);
  client.send([5, 1, 0]);
  await client.take(2);
  client.send(socksConnect(port));
  const reply = await client.take(10);
  if (reply[1] !== 0) throw new Error(`refused with ${reply[1]}`);
  return client;
}

/** Time that moves only when told: alarms ring in order, each at its own instant. */
export class VirtualTimeline implements Timeline {
  #nowMs: number;
  readonly #alarms: { atMs: number; readonly run: () => void }[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  alarm(run: () => void): Alarm {
    const entry = { atMs: Number.POSITIVE_INFINITY, run };
    this.#alarms.push(entry);
    return {
      set: atMs => {
        entry.atMs = atMs;
      },
      clear: () => {
        entry.atMs = Number.POSITIVE_INFINITY;
      },
    };
  }

  advanceTo(ms: number): void {
    for (;;) {
      const next = this.#alarms.reduce<{ atMs: number; run: () => void } | null>(
        (first, alarm) => (first === null || alarm.atMs < first.atMs ? alarm : first),
        null,
      );
      if (next === null || next.atMs > ms) break;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.atMs = Number.POSITIVE_INFINITY;
      next.run();
    }
    this.#nowMs = ms;
  }
}
