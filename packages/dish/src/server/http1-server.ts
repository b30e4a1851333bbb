// SPDX-License-Identifier: MIT
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Connection } from "./connection.ts";
import { beginWebCall, isPlain, type WebHost } from "./web-call.ts";
import { http1Body } from "./web-wire.ts";

/** Serves HTTP/1.1 on connections that are handed to it; it listens nowhere itself. */
export class Http1Server {
  readonly #connections = new WeakMap<Socket, Connection>();
  readonly #server: Server;
  readonly #host: WebHost;

  constructor(host: WebHost) {
    this.#host = host;
    // The timeouts of Node look after its own listeners only: here, connections are inspected like all others.
    this.#server = createServer(
      { maxHeaderSize: host.limits.headerBytes, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 },
      (request, response) => this.#serve(request, response),
    );
    this.#server.on("clientError", (_error, socket) =>
      this.#connections.get(socket as Socket)?.cut("protocol"),
    );
    // Nothing here has anything to be upgraded to.
    this.#server.on("connect", (_request, socket) => socket.destroy());
  }

  /** Serves a connection. What was read of it is back in the socket. */
  serve(connection: Connection): void {
    this.#connections.set(connection.socket, connection);
    this.#server.emit("connection", connection.socket);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#connections.get(request.socket);
    if (connection === undefined) return;
    request.on("error", ignore);
    response.on("error", ignore);
    request.on("data", (piece: Buffer) => connection.counted(piece.length));
    const { method = "", url = "", headers } = request;
    const begun = beginWebCall(this.#host, connection, method, url, headers, http1Body(response));
    if (isPlain(begun)) {
      connection.spoke();
      response.writeHead(begun.code, { ...begun.headers, "content-length": 0, connection: "close" }).end();
    } else if (begun !== null) {
      request.on("data", (piece: Buffer) => begun.received(piece));
      request.on("end", () => begun.ended());
      response.on("drain", () => begun.writable());
      response.on("close", () => begun.gone());
    }
  }
}

const ignore = (): void => undefined;
