// SPDX-License-Identifier: MIT
// What a terminal's port does with a new client: find out which protocol it speaks, read its one request, ask the
// gate, and hand the socket on. Everything up to there is bounded in bytes and time.
import type { Socket } from "node:net";
import type { ReservedService } from "./contract.ts";
import { type Destination, toDestination } from "./destination.ts";
import type { Dialer } from "./dial.ts";
import { connectEstablished, refusalAnswer } from "./http-answer.ts";
import { readHttpRequest } from "./http-request.ts";
import { handshakeTooSlow, type Refusal, refusalWords, tooManyConnections } from "./refusal.ts";
import { methodReply, type Read, readGreeting, readRequest, SOCKS_VERSION, socksReply } from "./socks.ts";
import type { Terminal, Way } from "./terminal.ts";
import { Tunnel } from "./tunnel.ts";
import { UdpAssociation } from "./udp-association.ts";

export interface FrontOptions {
  readonly dialer: Dialer;
  readonly reserved: ReadonlyMap<string, ReservedService>;
  readonly captive: ReservedService | null;
  readonly handshakeTimeoutMs: number;
  readonly maxConnections: number;
  readonly maxUdpFlows: number;
}

/** After a refusal the client has this long to read it and close. */
const LINGER_MS = 2_000;
const NOTHING = Buffer.alloc(0);
/** Where a client means to speak HTTP without TLS, whatever it says first. */
const WEB_PORT = 80;
/** SOCKS version 4 and its "rejected" answer, which clients of that version understand. */
const SOCKS4_VERSION = 4;
const socks4Rejected = Buffer.from([0, 0x5b, 0, 0, 0, 0, 0, 0]);

export class ClientFront {
  readonly #terminal: Terminal;
  readonly #client: Socket;
  readonly #options: FrontOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #onData = (chunk: Buffer) => this.#more(chunk);
  readonly #onEnd = () => this.#client.destroy();
  #bytes: Buffer = NOTHING;
  #protocol: "unknown" | "socks" | "http" = "unknown";
  /** Of SOCKS: the method is agreed, so that a refusal is a reply to the request. */
  #greeted = false;
  #done = false;

  constructor(terminal: Terminal, client: Socket, options: FrontOptions) {
    this.#terminal = terminal;
    this.#client = client;
    this.#options = options;
    this.#timer = setTimeout(() => this.#refuse(handshakeTooSlow), options.handshakeTimeoutMs);
    client.on("error", () => {});
    client.once("close", () => clearTimeout(this.#timer));
    client.on("data", this.#onData);
    client.on("end", this.#onEnd);
  }

  #more(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (this.#protocol === "unknown" && this.#bytes[0] === SOCKS4_VERSION) {
      this.#finish(socks4Rejected);
      return;
    }
    if (this.#protocol === "unknown") this.#protocol = this.#bytes[0] === SOCKS_VERSION ? "socks" : "http";
    if (this.#protocol === "socks") this.#socks();
    else this.#http();
  }

  #socks(): void {
    if (!this.#greeted) {
      const greeting = this.#take(readGreeting(this.#bytes));
      if (greeting === null) return;
      this.#greeted = true;
      if (!greeting) {
        this.#finish(methodReply(false));
        return;
      }
      this.#client.write(methodReply(true));
    }
    const request = this.#take(readRequest(this.#bytes));
    if (request === null) return;
    if (request.command === "udpAssociate") {
      this.#associate(request.host, request.port);
      return;
    }
    this.#tunnel(this.#way(request), {
      established: socksReply(0),
      head: NOTHING,
      bodyBytes: Number.POSITIVE_INFINITY,
    });
  }

  #http(): void {
    const request = this.#take(readHttpRequest(this.#bytes));
    if (request === null) return;
    const destination = this.#way(request);
    if (request.method === "forward") {
      this.#tunnel(destination, {
        established: null,
        head: request.originHead,
        bodyBytes: request.bodyBytes,
      });
    } else {
      const bodyBytes = Number.POSITIVE_INFINITY;
      this.#tunnel(destination, { established: connectEstablished, head: NOTHING, bodyBytes });
    }
  }

  /** The value if it is complete; its bytes are used up. A refusal is answered here. */
  #take<Value>(read: Read<Value>): Value | null {
    if (read.kind === "more") return null;
    if (read.kind === "refused") {
      this.#refuse(read.refusal);
      return null;
    }
    this.#bytes = this.#bytes.subarray(read.length);
    return read.value;
  }

  /** Where a request leads: somebody else's page in clear text, where it is out of reach, to the captive service. */
  #way({ host, port }: { readonly host: string; readonly port: number }): Destination {
    const { captive, reserved } = this.#options;
    const asked = toDestination(host, port, reserved);
    if (captive === null || asked.reserved || port !== WEB_PORT) return asked;
    const terminal = this.#terminal;
    const nowMs = terminal.timeline.now();
    const instead = { ...asked, reserved: true, emergency: captive.emergency === true, dial: captive };
    if (terminal.permit(asked, nowMs)?.kind !== "permission" || terminal.permit(instead, nowMs) !== null)
      return asked;
    terminal.countRefused();
    return instead;
  }

  #tunnel(
    destination: Destination,
    how: { readonly established: Buffer | null; readonly head: Buffer; readonly bodyBytes: number },
  ): void {
    if (!this.#admit(destination)) return;
    const early = this.#bytes;
    const refuse = (refusal: Refusal) => this.#refuse(refusal);
    const request = { destination, ...how, early, refuse };
    new Tunnel(this.#terminal, this.#client, request, this.#options.dialer).start();
  }

  #associate(host: string, port: number): void {
    // No destination yet: an association may stand if anything at all may be reached.
    if (!this.#admit({ reserved: true, emergency: true })) return;
    new UdpAssociation(this.#terminal, this.#client, { host, port }, this.#options).start();
  }

  /** Asks the gate, and stops reading the handshake. */
  #admit(destination: Way): boolean {
    const terminal = this.#terminal;
    const full = terminal.openConnections >= this.#options.maxConnections ? tooManyConnections : null;
    const refusal = terminal.permit(destination, terminal.timeline.now()) ?? full;
    if (refusal !== null) {
      this.#refuse(refusal);
      return false;
    }
    this.#settle();
    return true;
  }

  #settle(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    this.#client.pause();
    this.#client.off("data", this.#onData);
    this.#client.off("end", this.#onEnd);
  }

  #refuse(refusal: Refusal): void {
    this.#terminal.countRefused();
    if (this.#greeted) this.#close(socksReply(refusalWords[refusal.kind].socks));
    else if (this.#protocol === "socks") this.#close(methodReply(false));
    else if (this.#protocol === "http") this.#close(refusalAnswer(refusal));
    else this.#close(NOTHING);
  }

  /** A refusal without a reason of ours. */
  #finish(answer: Buffer): void {
    this.#terminal.countRefused();
    this.#close(answer);
  }

  /** Says the last word. Unread input is read and dropped: closing over it would turn the answer into a RST. */
  #close(answer: Buffer): void {
    const client = this.#client;
    if (!this.#done) this.#settle();
    client.end(answer);
    client.resume();
    const linger = setTimeout(() => client.destroy(), LINGER_MS);
    client.once("close", () => clearTimeout(linger));
  }
}
