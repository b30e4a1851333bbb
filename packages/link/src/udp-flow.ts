// SPDX-License-Identifier: MIT
import { createSocket, type Socket } from "node:dgram";
import { isIP, isIPv6 } from "node:net";
import type { ReservedService } from "./contract.ts";
import type { Dialer } from "./dial.ts";

/** Bytes and datagrams kept while the name is being resolved. */
const PENDING_MAX_BYTES = 262_144;
const PENDING_MAX = 1_024;

/** The PoP side of one UDP destination: one socket, which hears only that destination. */
export class UdpFlow {
  readonly #pending: Buffer[] = [];
  readonly #receive: (payload: Buffer, from: ReservedService) => void;
  #pendingBytes = 0;
  #socket: Socket | null = null;
  #connected = false;
  #closed = false;

  constructor(
    target: ReservedService,
    dialer: Dialer,
    receive: (payload: Buffer, from: ReservedService) => void,
  ) {
    this.#receive = receive;
    const mayReach = (address: string) => isIP(address) !== 0 && !dialer.forbidden(address, target.port);
    if (isIP(target.host) !== 0) {
      this.#connect(mayReach(target.host) ? target.host : undefined, target.port);
    } else {
      dialer.resolve(target.host).then(
        addresses => this.#connect(addresses.find(mayReach), target.port),
        () => this.close(),
      );
    }
  }

  /** Sends, or keeps for after the name is resolved. `false`: lost, for want of room or of an address. */
  send(payload: Buffer): boolean {
    if (this.#closed) return false;
    if (this.#connected) {
      this.#socket?.send(payload);
      return true;
    }
    if (this.#pending.length >= PENDING_MAX || this.#pendingBytes + payload.length > PENDING_MAX_BYTES)
      return false;
    this.#pending.push(payload);
    this.#pendingBytes += payload.length;
    return true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#pending.length = 0;
    this.#socket?.close();
  }

  #connect(address: string | undefined, port: number): void {
    if (this.#closed) return;
    if (address === undefined) {
      this.close();
      return;
    }
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    this.#socket = socket;
    // A connected socket reports ICMP errors here, such as "port unreachable"; UDP has nobody to tell.
    socket.on("error", () => {});
    socket.on("message", payload => this.#receive(payload, { host: address, port }));
    socket.connect(port, address, (error?: Error) => {
      if (this.#closed) return;
      if (error) this.close();
      this.#connected = !error;
      for (const payload of this.#pending.splice(0)) socket.send(payload);
    });
  }
}
