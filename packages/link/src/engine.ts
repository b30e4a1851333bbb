// SPDX-License-Identifier: MIT
import { createServer, type Server, type Socket } from "node:net";
import type { Lease, Reach } from "@perigee/authority";
import type { LinkState } from "@perigee/network";
import { ClientFront, type FrontOptions } from "./client-front.ts";
import { systemClock } from "./clock.ts";
import type {
  AttachRequest,
  BatchReport,
  DatedRevocation,
  LinkEngine,
  LinkEngineOptions,
  LinkError,
  LinkStats,
  Reason,
  Refused,
  Result,
  Revocation,
  RevocationReport,
  TransmitOrder,
} from "./contract.ts";
import { normaliseHost } from "./destination.ts";
import { resolveHere } from "./dial.ts";
import { Enrolled, type Subject } from "./enrolled.ts";
import { Lateness } from "./lateness.ts";
import type { Installed } from "./lease-book.ts";
import { checkLinkState } from "./link-state-check.ts";
import { Scheduler } from "./scheduler.ts";
import { Terminal } from "./terminal.ts";

/** Sockets still in their handshake, beyond the open connections: enough to tell clients that there are too many. */
const HANDSHAKES_MAX = 64;

/** Unknown ids named in one answer. */
const UNKNOWN_NAMED = 1_000;

/** Starts a data plane without terminals. Dispose it to close all ports and reset all connections. */
export function createLinkEngine(options: LinkEngineOptions): LinkEngine {
  return new Engine(options);
}

interface Port {
  readonly terminal: Terminal;
  readonly server: Server;
  readonly clients: Set<Socket>;
  readonly port: number;
}

class Engine implements LinkEngine {
  readonly #options: LinkEngineOptions;
  readonly #scheduler: Scheduler;
  readonly #lateness = new Lateness();
  readonly #front: FrontOptions;
  readonly #ports = new Map<string, Port>();
  readonly #enrolled = new Map<string, Enrolled>();
  /** Ids whose port is being opened. */
  readonly #opening = new Set<string>();
  #closed = false;

  constructor(options: LinkEngineOptions) {
    this.#options = options;
    this.#scheduler = new Scheduler(options.clock ?? systemClock(), options.pollMs ?? 1);
    const names = Object.entries(options.reserved ?? {});
    const reserved = new Map(names.map(([name, service]) => [normaliseHost(name) ?? name, service]));
    this.#front = {
      dialer: {
        timeoutMs: options.dialTimeoutMs ?? 10_000,
        resolve: options.resolve ?? resolveHere,
        forbidden: options.forbidden ?? (() => false),
      },
      reserved,
      captive: reserved.get(options.captive ?? "") ?? null,
      handshakeTimeoutMs: options.handshakeTimeoutMs ?? 10_000,
      maxConnections: options.maxConnections ?? 1_024,
      maxUdpFlows: options.maxUdpFlows ?? 64,
    };
  }

  async attach({ terminalId, port }: AttachRequest): Promise<Result<{ readonly port: number }>> {
    if (this.#closed) return failure("CLOSED", "The engine is closed.", "attach");
    if (this.#isKnown(terminalId)) {
      return failure("TERMINAL_ATTACHED", `Terminal ${terminalId} is attached already.`, "terminalId");
    }
    const limit = this.#options.maxTerminals ?? 4_096;
    if (this.#ports.size + this.#opening.size >= limit) {
      return failure("TERMINAL_LIMIT", `At most ${limit} terminals can be attached.`, "terminalId");
    }
    this.#opening.add(terminalId);
    try {
      return await this.#openPort(terminalId, port);
    } finally {
      this.#opening.delete(terminalId);
    }
  }

  enrol(terminalIds: readonly string[]): BatchReport {
    const limit = this.#options.maxEnrolled ?? 1_000_000;
    const now = () => this.#scheduler.now();
    return this.#each(terminalIds, (terminalId, place) => {
      if (this.#closed) return { code: "CLOSED", message: "The engine is closed.", place };
      if (this.#isKnown(terminalId)) {
        return { code: "TERMINAL_ATTACHED", message: `Terminal ${terminalId} is known already.`, place };
      }
      if (this.#enrolled.size >= limit) {
        return { code: "TERMINAL_LIMIT", message: `At most ${limit} terminals can be enrolled.`, place };
      }
      this.#enrolled.set(terminalId, new Enrolled(now));
      return null;
    });
  }

  setLinkStates(states: readonly LinkState[]): BatchReport {
    return this.#each(states, (state, place) => {
      const terminal = this.#ports.get(state.terminalId)?.terminal;
      if (terminal === undefined) return unknownTerminal(state.terminalId, `${place}.terminalId`);
      const fault = checkLinkState(state, place);
      if (fault === null) terminal.setLinkState(state);
      return fault;
    });
  }

  installLeases(leases: readonly Lease[]): BatchReport {
    return this.#each(leases, (lease, place) => {
      const verdict = this.#options.verifyLease(lease, this.#scheduler.now());
      if (!verdict.ok) {
        const { code, message } = verdict.error;
        return { code: "LEASE_INVALID", message: `${code}: ${message}`, place };
      }
      const { terminalId } = verdict.claims;
      const subject = this.#subject(terminalId);
      if (subject === undefined) return unknownTerminal(terminalId, `${place}.claims.terminalId`);
      const installed = subject.install(verdict.claims);
      if (installed === "installed") return null;
      return { ...notInstalled[installed], place: `${place}.claims.issuedAtMs` };
    });
  }

  revoke(terminalId: string, revocation: Revocation): Result<{ readonly reset: number }> {
    const subject = this.#subject(terminalId);
    if (subject === undefined) return { ok: false, error: unknownTerminal(terminalId, "terminalId") };
    return { ok: true, value: { reset: subject.revoke(revocation) } };
  }

  revokeMany(terminalIds: readonly string[], revocation: DatedRevocation): RevocationReport {
    let reset = 0;
    let superseded = 0;
    let missing = 0;
    const unknown: string[] = [];
    for (const terminalId of terminalIds) {
      const subject = this.#subject(terminalId);
      if (subject === undefined) {
        missing++;
        if (unknown.length < UNKNOWN_NAMED) unknown.push(terminalId);
        continue;
      }
      reset += subject.revoke(revocation);
      if (subject.leased) superseded++;
    }
    const revoked = terminalIds.length - missing - superseded;
    return { revoked, superseded, reset, unknown, repeated: false };
  }

  setRefusal(terminalId: string, reason: Revocation): Result<null> {
    const subject = this.#subject(terminalId);
    if (subject === undefined) return { ok: false, error: unknownTerminal(terminalId, "terminalId") };
    subject.explain(reason);
    return { ok: true, value: null };
  }

  setRefusals(refusals: readonly Refused[]): BatchReport {
    return this.#each(refusals, ({ terminalId, refusal }, place) => {
      const subject = this.#subject(terminalId);
      if (subject === undefined) return unknownTerminal(terminalId, `${place}.terminalId`);
      subject.explain(refusal);
      return null;
    });
  }

  transmit(orders: readonly TransmitOrder[]): BatchReport {
    return this.#each(orders, (order, place) => {
      const subject = this.#subject(order.terminalId);
      if (subject === undefined) return unknownTerminal(order.terminalId, `${place}.terminalId`);
      if (subject.transmit(order)) return null;
      return {
        code: "ORDER_STALE",
        message: "The terminal has had this order, or a newer one.",
        place: `${place}.sequence`,
      };
    });
  }

  permits(terminalId: string, reach: Reach | "emergency"): Reason | null {
    const subject = this.#subject(terminalId);
    if (subject === undefined) return unknownTerminal(terminalId, "terminalId");
    const way = { reserved: reach !== "all", emergency: reach === "emergency" };
    const refusal = subject.permit(way, this.#scheduler.now(), true);
    return refusal === null ? null : { code: refusal.code, message: refusal.message };
  }

  stats(): LinkStats {
    const atMs = this.#scheduler.now();
    const terminals = [...this.#ports.values()].map(({ terminal, port }) => terminal.stats(port));
    let leased = 0;
    for (const subject of this.#enrolled.values()) if (subject.leased) leased++;
    const enrolled = { terminals: this.#enrolled.size, leased };
    return { fidelity: "streams", atMs, latenessMs: this.#lateness.stats(atMs), terminals, enrolled };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    this.#enrolled.clear();
    const closed = ports.map(({ server, terminal, clients }) => {
      terminal.closeAll();
      for (const client of clients) client.resetAndDestroy();
      return new Promise<void>(resolve => server.close(() => resolve()));
    });
    this.#scheduler[Symbol.dispose]();
    await Promise.all(closed);
  }

  async #openPort(terminalId: string, port: number): Promise<Result<{ readonly port: number }>> {
    const bufferBytes = this.#options.maxBufferedBytes ?? 32 * 2 ** 20;
    const terminal = new Terminal(terminalId, this.#scheduler, this.#lateness, bufferBytes);
    const clients = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, client =>
      this.#accept(terminal, clients, client),
    );
    const listening = await listen(server, port, this.#options.listenAddress ?? "127.0.0.1");
    if (!listening.ok) return listening;
    if (this.#closed) {
      server.close();
      return failure("CLOSED", "The engine was closed meanwhile.", "attach");
    }
    this.#ports.set(terminalId, { terminal, server, clients, port: listening.value.port });
    return listening;
  }

  #isKnown(terminalId: string): boolean {
    return this.#subject(terminalId) !== undefined || this.#opening.has(terminalId);
  }

  #subject(terminalId: string): Subject | undefined {
    return this.#ports.get(terminalId)?.terminal ?? this.#enrolled.get(terminalId);
  }

  #accept(terminal: Terminal, clients: Set<Socket>, client: Socket): void {
    if (clients.size >= this.#front.maxConnections + HANDSHAKES_MAX) {
      terminal.countRefused();
      client.on("error", () => {});
      client.resetAndDestroy();
      return;
    }
    clients.add(client);
    client.once("close", () => clients.delete(client));
    new ClientFront(terminal, client, this.#front);
  }

  #each<Item>(items: readonly Item[], apply: (item: Item, place: string) => LinkError | null): BatchReport {
    const faults = items.map((item, index) => apply(item, `[${index}]`));
    const rejected = faults.filter(fault => fault !== null);
    return { accepted: items.length - rejected.length, rejected };
  }
}

const notInstalled: Readonly<Record<Exclude<Installed, "installed">, Pick<LinkError, "code" | "message">>> = {
  stale: { code: "LEASE_STALE", message: "The lease was issued no later than one seen before." },
  revoked: {
    code: "LEASE_REVOKED",
    message: "The lease was issued no later than the terminal's revocation.",
  },
  tooMany: { code: "LEASE_INVALID", message: "Too many leases were signed beforehand for one terminal." },
};

function failure(code: LinkError["code"], message: string, place: string): Result<never> {
  return { ok: false, error: { code, message, place } };
}

function unknownTerminal(terminalId: string, place: string): LinkError {
  return { code: "TERMINAL_UNKNOWN", message: `Terminal ${terminalId} is not attached.`, place };
}

function listen(server: Server, port: number, host: string): Promise<Result<{ readonly port: number }>> {
  return new Promise(resolve => {
    server.once("error", error =>
      resolve(failure("PORT_UNAVAILABLE", `${host} port ${port}: ${error.message}`, "port")),
    );
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      resolve({ ok: true, value: { port: bound } });
    });
  });
}
