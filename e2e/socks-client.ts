// SPDX-License-Identifier: MIT
// A SOCKS5 client written from RFC 1928, independent of the product's own server side.
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A refused SOCKS request: the reply code of RFC 1928 §6. */
export class SocksRefused extends Error {
  readonly reply: number;

  constructor(reply: number) {
    super(`SOCKS reply ${reply}`);
    this.reply = reply;
  }
}

/** Opens a connection to `host:port` through the proxy on a loopback port. */
export async function socksConnect(proxyPort: number, host: string, port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: proxyPort, noDelay: true });
  await once(socket, "connect");
  socket.write(Uint8Array.of(5, 1, 0));
  const method = await readExactly(socket, 2);
  if (method[0] !== 5 || method[1] !== 0) throw new Error(`no acceptable method: ${method.toString("hex")}`);
  const name = Buffer.from(host, "latin1");
  socket.write(
    Buffer.concat([Uint8Array.of(5, 1, 0, 3, name.length), name, Uint8Array.of(port >> 8, port & 255)]),
  );
  const head = await readExactly(socket, 4);
  if (head[1] !== 0) {
    socket.destroy();
    throw new SocksRefused(head[1]!);
  }
  const addressBytes = head[3] === 1 ? 4 : head[3] === 4 ? 16 : (await readExactly(socket, 1))[0]!;
  await readExactly(socket, addressBytes + 2);
  return socket;
}

/** Reads exactly `count` bytes; fails when the connection ends before. */
export async function readExactly(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes = socket.read(count) as Buffer | null;
    if (bytes !== null && bytes.length === count) return bytes;
    if (socket.destroyed || socket.readableEnded) throw new Error("the connection ended");
    await new Promise<void>((done, fail) => {
      const settle = (): void => {
        socket.off("readable", settle).off("close", settle).off("end", settle).off("error", failed);
        done();
      };
      const failed = (error: Error): void => {
        socket.off("readable", settle).off("close", settle).off("end", settle);
        fail(error);
      };
      socket.once("readable", settle).once("close", settle).once("end", settle).once("error", failed);
    });
  }
}
