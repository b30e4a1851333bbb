// SPDX-License-Identifier: MIT
// A download through a terminal and the time that the plan gives it. Shared by the story and the benchmark.
import { createHash } from "node:crypto";
import type { Link } from "@perigee/operator/contract";
import type { OperatorProcess } from "./operator-process.ts";
import { socksConnect } from "./socks-client.ts";

export interface Download {
  readonly bytes: number;
  readonly sha256: string;
  /** UTC milliseconds of the first and the last payload byte. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly seconds: number;
  readonly links: readonly Link[];
}

const now = (): number => performance.timeOrigin + performance.now();

/** Fetches `/bytes/<n>` from the origin through a terminal's proxy. */
export async function downloadThrough(
  operator: OperatorProcess,
  terminalId: string,
  httpPort: number,
  bytes: number,
): Promise<Download> {
  const links = new Map<number, Link>();
  let watchUntilMs = Number.POSITIVE_INFINITY;
  const watch = (async () => {
    while (now() < watchUntilMs) {
      const link = await operator.link(terminalId).catch(() => null);
      if (link !== null) links.set(link.slot, link);
      await new Promise(done => setTimeout(done, 500));
    }
  })();
  const socket = await socksConnect(await operator.proxyPort(terminalId), "127.0.0.1", httpPort);
  socket.write(`GET /bytes/${bytes} HTTP/1.1\r\nhost: origin\r\nconnection: close\r\n\r\n`);
  const hash = createHash("sha256");
  let head: Buffer | null = Buffer.alloc(0);
  let received = 0;
  let firstMs = 0;
  let lastMs = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    let body = chunk;
    if (head !== null) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) continue;
      body = head.subarray(end + 4);
      head = null;
      firstMs = now();
    }
    hash.update(body);
    received += body.length;
    lastMs = now();
    if (received >= bytes) break;
  }
  // The plan may give the last bytes a little longer than they took, into a slot that has not begun yet.
  watchUntilMs = lastMs + (lastMs - firstMs) / 2 + 1_500;
  await watch;
  return {
    bytes: received,
    sha256: hash.digest("hex"),
    firstMs,
    lastMs,
    seconds: (lastMs - firstMs) / 1000,
    links: [...links.values()].sort((a, b) => a.slot - b.slot),
  };
}

/**
 * How long the plan gives the same bytes: each slot's rate, nothing inside gaps. A gap holds what *leaves* during it, and
 * what is known here is when bytes *arrived*, up to some 40 ms later: a download that ends that close to a slot's edge may
 * or may not have met the gap behind it. Where the two readings differ, the one nearer to what was measured counts.
 */
export function plannedSeconds(download: Download, bytes: number): number {
  const readings = [0, 20, 40].map(travelMs => secondsFrom(download, bytes, download.firstMs - travelMs));
  return Math.min(Math.max(download.seconds, Math.min(...readings)), Math.max(...readings));
}

function secondsFrom({ links }: Download, bytes: number, startMs: number): number {
  let left = bytes;
  let atMs = startMs;
  for (const link of links) {
    const until = Date.parse(link.until);
    if (until <= atMs) continue;
    const gapUntil = link.gap === null ? 0 : Date.parse(link.gap.until);
    const from = Math.max(atMs, Date.parse(link.from), gapUntil);
    const bytesPerMs = (link.downMbps * 1e6) / 8 / 1000;
    const inSlot = Math.max(0, until - from) * bytesPerMs;
    if (inSlot >= left) return (from + left / bytesPerMs - startMs) / 1000;
    left -= inSlot;
    atMs = until;
  }
  throw new Error(`the links that were seen end before ${bytes} bytes could have arrived`);
}
