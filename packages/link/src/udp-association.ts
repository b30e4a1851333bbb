// SPDX-License-Identifier: MIT
// UDP ASSOCIATE, RFC 1928 sections 4, 6 and 7: datagrams of one client through the link, for as long as the TCP
// connection that asked for it stays open.
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { isIP, isIPv6, type Socket } from "node:net";
import type { FrontOptions } from "./client-front.ts";
import type { ReservedService } from "./contract.ts";
import { toDestination } from "./destination.ts";
import type { Lane } from "./lane.ts";
import { readUdpDatagram, socksReply, writeUdpDatagram } from "./socks.ts";
import type { Connection, Terminal, Way } from "./terminal.ts";
import { UdpFlow } from "./udp-flow.ts";

/** Holds a burst of datagrams until the thread gets to it; the kernel may grant less. */
const RECEIVE_BUFFER_BYTES = 1_048_576;

export class UdpAssociation implements Connection {
  /** The association may stand under any lease; each datagram's destination is checked by itself. */
  readonly reserved = true;
  readonly emergency = true;
  readonly #terminal: Terminal;
  readonly #control: Socket;
  readonly #options: FrontOptions;
  readonly #relay: UdpSocket;
  readonly #up: Lane;
  readonly #down: Lane;
  /** In order of last use. */
  readonly #flows = new Map<string, UdpFlow>();
  /** The client's port; if it did not announce one, that of its first datagram. */
  #clientPort: number;
  #open = true;

  constructor(terminal: Terminal, control: Socket, announced: ReservedService, options: FrontOptions) {
    this.#terminal = terminal;
    this.#control = control;
    this.#options = options;
    this.#clientPort = announced.port;
    this.#relay = createSocket(isIPv6(control.localAddress ?? "") ? "udp6" : "udp4");
    const events = { reserved: true, emergency: true, room: () => {}, denied: () => terminal.enforce() };
    this.#up = terminal.lane("up", events);
    this.#down = terminal.lane("down", events);
  }

  start(): void {
    const control = this.#control;
    this.#terminal.open(this);
    control.on("error", () => {});
    control.once("end", () => this.#end());
    control.once("close", () => this.#end());
    control.resume();
    this.#relay.on("error", () => this.#end());
    this.#relay.on("message", (message, from) => this.#fromClient(message, from));
    this.#relay.bind(0, control.localAddress, () => {
      this.#relay.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      const { address, port } = this.#relay.address();
      if (this.#open) control.write(socksReply(0, address, port));
    });
  }

  cut(): number {
    const bytes = this.#close();
    this.#control.resetAndDestroy();
    return bytes;
  }

  #end(): void {
    if (!this.#open) return;
    this.#close();
    this.#control.destroy();
  }

  #close(): number {
    this.#open = false;
    this.#terminal.close(this);
    for (const flow of this.#flows.values()) flow.close();
    this.#flows.clear();
    this.#relay.close();
    return this.#terminal.drop("up", this.#up) + this.#terminal.drop("down", this.#down);
  }

  #fromClient(message: Buffer, from: RemoteInfo): void {
    if (from.address !== this.#control.remoteAddress) return;
    const datagram = readUdpDatagram(message);
    if (datagram === null) return;
    if (this.#clientPort === 0) this.#clientPort = from.port;
    if (from.port !== this.#clientPort) return;
    const { host, port, payload } = datagram;
    const { dial, ...way } = toDestination(host, port, this.#options.reserved);
    this.#post(this.#up, payload.length, way, () => {
      if (!this.#flow(way, dial).send(payload)) this.#terminal.countLostDatagram();
    });
  }

  #post(lane: Lane, bytes: number, way: Way, deliver: () => void): void {
    const { timeline } = this.#terminal;
    const permitted = () => this.#terminal.permit(way, timeline.now()) === null;
    const roomy = lane.heldBytes + bytes <= lane.carrier.windowBytes(timeline.now());
    const release = () => {
      // The lane's own check knows the terminal; this one knows the destination.
      if (permitted()) deliver();
      return true;
    };
    if (!permitted()) this.#terminal.countRefused();
    else if (!roomy || lane.send(bytes, release, true) !== null) this.#terminal.countLostDatagram();
  }

  #flow(way: Way, target: ReservedService): UdpFlow {
    const key = `${target.host} ${target.port}`;
    const known = this.#flows.get(key);
    this.#flows.delete(key);
    const flow =
      known ??
      new UdpFlow(target, this.#options.dialer, (payload, from) => this.#fromFlow(way, payload, from));
    this.#flows.set(key, flow);
    const [oldest] = this.#flows;
    if (this.#flows.size > this.#options.maxUdpFlows && oldest !== undefined) {
      this.#flows.delete(oldest[0]);
      oldest[1].close();
    }
    return flow;
  }

  #fromFlow(way: Way, payload: Buffer, from: ReservedService): void {
    if (!this.#open || isIP(from.host) === 0) return;
    this.#post(this.#down, payload.length, way, () =>
      this.#relay.send(
        writeUdpDatagram(from.host, from.port, payload),
        this.#clientPort,
        this.#control.remoteAddress,
        // A datagram that does not fit once it has its header is lost, and is no reason to end the association.
        error => {
          if (error !== null) this.#terminal.countLostDatagram();
        },
      ),
    );
  }
}
