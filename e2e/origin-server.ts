// SPDX-License-Identifier: MIT
// Real servers on loopback that terminals reach: an HTTP server with reproducible bytes and a byte-for-byte echo.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";

/** Reproducible bytes that do not compress to nothing: a counter-mode hash stream. */
export function reproducibleBytes(length: number): Buffer {
  const block = Buffer.alloc(1 << 20);
  for (let i = 0; i < block.length; i += 32) {
    createHash("sha256").update(`perigee ${i}`).digest().copy(block, i);
  }
  return Buffer.concat(Array.from({ length: Math.ceil(length / block.length) }, () => block)).subarray(
    0,
    length,
  );
}

export interface Origin extends AsyncDisposable {
  readonly httpPort: number;
  readonly echoPort: number;
  /** Requests that reached the HTTP server so far. */
  requests(): number;
}

/** `GET /bytes/<n>` answers n bytes; the echo port returns what it gets. */
export async function startOrigin(): Promise<Origin> {
  let requests = 0;
  const http = createHttpServer((request, response) => {
    requests++;
    const length = Number(/^\/bytes\/(\d+)$/.exec(request.url ?? "")?.[1] ?? Number.NaN);
    if (Number.isNaN(length)) {
      response.end("hello from the internet\n");
      return;
    }
    response.writeHead(200, { "content-length": length, "content-type": "application/octet-stream" });
    response.end(reproducibleBytes(length));
  });
  const echo = createServer({ noDelay: true }, socket => {
    socket.on("error", () => socket.destroy());
    socket.pipe(socket);
  });
  http.listen(0, "127.0.0.1");
  echo.listen(0, "127.0.0.1");
  await Promise.all([once(http, "listening"), once(echo, "listening")]);
  return {
    httpPort: (http.address() as AddressInfo).port,
    echoPort: (echo.address() as AddressInfo).port,
    requests: () => requests,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      http.close();
      echo.close();
    },
  };
}
