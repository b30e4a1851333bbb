// SPDX-License-Identifier: MIT
// Small exchanges through a terminal, each set beside what the plan said at its instant. Shared by the story and the
// benchmark of delay. The model's formula is written here a second time, from its published form.

import { once } from "node:events";
import { connect } from "node:net";
import type { Link } from "@perigee/operator/contract";
import type { OperatorProcess } from "./operator-process.ts";
import { readExactly, socksConnect } from "./socks-client.ts";

export interface Exchange {
  /** UTC milliseconds at which the request left. */
  readonly atMs: number;
  readonly measuredMs: number;
  /** Propagation, fibre and fixed parts at that instant plus the median wait; `null` where no link was seen. */
  readonly plannedMs: number | null;
  readonly slot: number | null;
  /** Sent or answered inside a handover gap: delay there is the gap's, not the path's. */
  readonly inGap: boolean;
}

/** 2 * one-way at an instant: the parabola through the slot's start, middle and end. */
export function spaceAndFibreMs(link: Link, atMs: number): number {
  const u = (atMs - Date.parse(link.from)) / (Date.parse(link.until) - Date.parse(link.from));
  const [a, b, c] = link.oneWayMs;
  return 2 * (a * (2 * u - 1) * (u - 1) + 4 * b * u * (1 - u) + c * u * (2 * u - 1));
}

/** Median of W = U(0, P) + P Geom(q) + U(0, F) + 2 F by plain simulation. */
export function medianWaitMs({ grantPeriodMs: p, missProbability: q, frameMs: f }: Link["access"]): number {
  const draws = Array.from({ length: 20_001 }, () => {
    let misses = 0;
    while (Math.random() < q) misses++;
    return p * Math.random() + p * misses + f * Math.random() + 2 * f;
  });
  return draws.sort((a, b) => a - b)[10_000]!;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const now = (): number => performance.timeOrigin + performance.now();

/** Round trip of one small message to the echo server without any proxy: what this machine itself costs. */
export async function directMs(echoPort: number, count: number): Promise<number[]> {
  const socket = connect({ host: "127.0.0.1", port: echoPort, noDelay: true });
  await once(socket, "connect");
  const took: number[] = [];
  for (let i = 0; i < count; i++) {
    const sent = now();
    socket.write("ping-of-16-bytes");
    await readExactly(socket, 16);
    took.push(now() - sent);
  }
  socket.destroy();
  return took;
}

/**
 * Makes exchanges through one terminal, spread evenly over a time.
 *
 * @param links - Filled with the link of every slot that was seen, by slot number.
 */
export async function exchangeThrough(
  operator: OperatorProcess,
  terminalId: string,
  echoPort: number,
  options: { readonly count: number; readonly spreadMs: number },
  links: Map<number, Link>,
): Promise<Exchange[]> {
  const socket = await socksConnect(await operator.proxyPort(terminalId), "127.0.0.1", echoPort);
  const started = now();
  const raw: { atMs: number; measuredMs: number }[] = [];
  let watching = true;
  const watch = (async () => {
    while (watching) {
      const link = await operator.link(terminalId).catch(() => null);
      if (link !== null) links.set(link.slot, link);
      await new Promise(done => setTimeout(done, 1_500));
    }
  })();
  for (let i = 0; i < options.count; i++) {
    const due = started + (i * options.spreadMs) / options.count;
    await new Promise(done => setTimeout(done, Math.max(0, due - now())));
    const atMs = now();
    socket.write("ping-of-16-bytes");
    await readExactly(socket, 16);
    raw.push({ atMs, measuredMs: now() - atMs });
  }
  watching = false;
  await watch;
  socket.destroy();
  const waits = new Map<number, number>();
  return raw.map(({ atMs, measuredMs }) => {
    const link =
      [...links.values()].find(l => atMs >= Date.parse(l.from) && atMs < Date.parse(l.until)) ?? null;
    if (link === null) return { atMs, measuredMs, plannedMs: null, slot: null, inGap: false };
    if (!waits.has(link.slot)) waits.set(link.slot, medianWaitMs(link.access));
    const gapEnd = link.gap === null ? 0 : Date.parse(link.gap.until);
    const nextEdge = Date.parse(link.until);
    return {
      atMs,
      measuredMs,
      plannedMs: spaceAndFibreMs(link, atMs) + link.fixedMs + waits.get(link.slot)!,
      slot: link.slot,
      // The queue of a gap drains within a round trip or two behind it.
      inGap: atMs < gapEnd + 100 || atMs + measuredMs > nextEdge,
    };
  });
}
