// SPDX-License-Identifier: MIT
// A process of its own: `half-open.ts <port> <count>` opens so many connections, begins to speak on every second one,
// and stays. Says `open` once all have been tried.
import { connect, type Socket } from "node:net";
import { opening } from "./raw-http2.ts";

const [port, count] = [Number(process.argv[2]), Number(process.argv[3])];
/** How many are being opened at a time: less than what a listener queues. */
const AT_ONCE = 100;

const sockets: Socket[] = [];
let tried = 0;

function next(): void {
  if (sockets.length === count) return;
  const index = sockets.length;
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  const done = (): void => {
    tried += 1;
    if (tried === count) process.send?.("open");
    else next();
  };
  socket.once("connect", () => {
    if (index % 2 === 1) socket.write(opening.subarray(0, index % 24));
    socket.on("error", () => undefined);
    socket.off("error", done);
    done();
  });
  socket.once("error", done);
}

for (let i = 0; i < AT_ONCE; i++) next();
process.on("disconnect", () => process.exit());
