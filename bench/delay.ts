// SPDX-License-Identifier: MIT
// How far from the commanded delay is a round trip through a terminal's port? The air interface's waits are switched
// off (grants and frames every 10 us), so that what is left is the engine's error and the sockets'.
import { createHash } from "node:crypto";
import { connectLinkEngine } from "@perigee/link";
import { lease, linkState, RawClient, serve, startThread, tunnelTo } from "@perigee/link/internal";
import { type Bench, quantile, round } from "./result.ts";

const ONE_WAY_MS = 15;
const TRIPS = 400;
const noWaits = { frameMs: 0.01, grantPeriodMs: 0.01, missProbability: 0, seed: 1 };

export const bench: Bench = async progress => {
  await using link = connectLinkEngine(startThread());
  const attached = await link.attach({ terminalId: "t1", port: 0 });
  if (!attached.ok) throw new Error(attached.error.message);
  await link.setLinkStates([linkState({ oneWayMs: [ONE_WAY_MS, ONE_WAY_MS, ONE_WAY_MS], access: noWaits })]);
  await link.installLeases([lease()]);
  await using server = await serve(socket => socket.pipe(socket));

  progress("without the link");
  const direct = new RawClient(server.port);
  const directMs = await trips(direct);
  progress("through the link");
  const client = await tunnelTo(attached.value.port, server.port);
  const throughMs = await trips(client);
  direct.socket.destroy();
  client.socket.destroy();
  const stats = await link.stats();
  if (!stats.ok) throw new Error(stats.error.message);

  const errors = throughMs.times.map(ms => ms - 2 * ONE_WAY_MS);
  return {
    workload: `${TRIPS} round trips of 8 bytes, ${ONE_WAY_MS} ms each way, no waits, engine in its own thread`,
    checksum: throughMs.checksum,
    figures: {
      errorMedianMs: round(quantile(errors, 0.5)),
      errorP95Ms: round(quantile(errors, 0.95)),
      errorLeastMs: round(Math.min(...errors)),
      releaseLatenessP50Ms: round(stats.value.latenessMs.p50),
      releaseLatenessP99Ms: round(stats.value.latenessMs.p99),
    },
    peers: {
      loopbackMedianMs: round(quantile(directMs.times, 0.5)),
      loopbackP95Ms: round(quantile(directMs.times, 0.95)),
    },
    ratios: {},
  };
};

async function trips(client: RawClient): Promise<{ readonly times: number[]; readonly checksum: string }> {
  const hash = createHash("sha256");
  const times: number[] = [];
  for (let trip = 0; trip < TRIPS; trip++) {
    const sentMs = performance.now();
    client.send(String(trip).padStart(8, "0"));
    hash.update(await client.take(8));
    times.push(performance.now() - sentMs);
  }
  return { times, checksum: hash.digest("hex") };
}
