// SPDX-License-Identifier: MIT
// From the order to the last byte: a terminal downloads at full rate, its lease is revoked, and the client notes when
// the last payload byte and the reset reach it.
import { createHash } from "node:crypto";
import { connectLinkEngine } from "@perigee/link";
import { lease, linkState, serve, startThread, tunnelTo } from "@perigee/link/internal";
import { type Bench, quantile, round } from "./result.ts";

const CUTS = 40;
const piece = Buffer.alloc(16_384);

export const bench: Bench = async progress => {
  await using link = connectLinkEngine(startThread());
  const attached = await link.attach({ terminalId: "t1", port: 0 });
  if (!attached.ok) throw new Error(attached.error.message);
  await link.setLinkStates([linkState({ downMbps: 100, oneWayMs: [15, 15, 15] })]);
  await using server = await serve(socket => {
    const fill = () => {
      let taking = !socket.destroyed;
      while (taking) taking = socket.write(piece);
    };
    socket.on("drain", fill);
    fill();
  });
  const lastByteMs: number[] = [];
  const resetMs: number[] = [];
  let issuedAtMs = Date.now();
  for (let cut = 0; cut < CUTS; cut++) {
    issuedAtMs = Math.max(issuedAtMs + 2, Date.now());
    await link.installLeases([lease({ issuedAtMs })]);
    const client = await tunnelTo(attached.value.port, server.port);
    client.socket.removeAllListeners("data");
    let lastMs = 0;
    client.socket.on("data", () => {
      lastMs = performance.now();
    });
    // Different phases of the frame, well into the download.
    await new Promise(resolve => setTimeout(resolve, 60 + (cut % 7)));
    const orderedMs = performance.now();
    const revoked = link.revoke("t1", { code: "SUSPENDED", message: "Bench.", atMs: issuedAtMs + 1 });
    if ((await client.closed) !== "reset") throw new Error("the connection ended by itself");
    resetMs.push(performance.now() - orderedMs);
    lastByteMs.push(Math.max(0, lastMs - orderedMs));
    const answer = await revoked;
    if (!answer.ok || answer.value.reset !== 1) throw new Error("one connection was to be reset");
    if (cut % 10 === 9) progress(`${cut + 1} cuts`);
  }
  return {
    workload: `${CUTS} revocations during a download at 100 Mbit/s, 15 ms each way, engine in its own thread`,
    checksum: createHash("sha256").update(`${resetMs.length} resets`).digest("hex"),
    figures: {
      lastByteP50Ms: round(quantile(lastByteMs, 0.5)),
      lastByteP95Ms: round(quantile(lastByteMs, 0.95)),
      lastByteMaxMs: round(Math.max(...lastByteMs)),
      resetP50Ms: round(quantile(resetMs, 0.5)),
      resetMaxMs: round(Math.max(...resetMs)),
    },
    peers: {},
    ratios: {},
  };
};
