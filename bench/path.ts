// SPDX-License-Identifier: MIT
// Is the delay real? Small exchanges through whole terminals, beside what the plan said at each instant, less what the
// proxy costs when the path is worth nothing.
import { createHash } from "node:crypto";
import { connectLinkEngine } from "@perigee/link";
import { lease, linkState, serve, startThread, tunnelTo } from "@perigee/link/internal";
import type { Link } from "@perigee/operator/contract";
import { downloadThrough, plannedSeconds } from "../e2e/downloads.ts";
import { directMs, exchangeThrough, median } from "../e2e/exchanges.ts";
import { OperatorProcess } from "../e2e/operator-process.ts";
import { reproducibleBytes, startOrigin } from "../e2e/origin-server.ts";
import { type Bench, round } from "./result.ts";

const TERMINALS = ["warsaw", "kenya-school", "ulukhaktok"];
const COUNT = 200;
const SPREAD_MS = 36_000;
const BYTES = 50_000_000;

/** Round trip through the proxy with a path of no length and no waits: the proxy's own floor. */
async function proxyFloorMs(): Promise<number> {
  await using link = connectLinkEngine(startThread());
  const attached = await link.attach({ terminalId: "t1", port: 0 });
  if (!attached.ok) throw new Error(attached.error.message);
  const access = { frameMs: 0.001, grantPeriodMs: 0.001, missProbability: 0, seed: 1 };
  await link.setLinkStates([linkState({ oneWayMs: [0, 0, 0], fixedMs: 0, access })]);
  await link.installLeases([lease()]);
  await using server = await serve(socket => socket.pipe(socket));
  const client = await tunnelTo(attached.value.port, server.port);
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const sent = performance.now();
    client.send("ping-of-16-bytes");
    await client.take(16);
    times.push(performance.now() - sent);
    // An idle processor wakes slowly; exchanges of the story are as far apart.
    await new Promise(done => setTimeout(done, 20));
  }
  client.socket.destroy();
  return median(times);
}

export const bench: Bench = async progress => {
  progress("the proxy's own floor");
  const floorMs = await proxyFloorMs();
  await using operator = await OperatorProcess.start();
  await using origin = await startOrigin();
  const direct = median(await directMs(origin.echoPort, 300));
  progress(`${COUNT} exchanges through each of ${TERMINALS.length} terminals, over ${SPREAD_MS / 1000} s`);
  const figures: Record<string, number> = { proxyFloorMs: round(floorMs), loopbackMs: round(direct) };
  let most = 0;
  await Promise.all(
    TERMINALS.map(async id => {
      const links = new Map<number, Link>();
      const options = { count: COUNT, spreadMs: SPREAD_MS };
      const exchanges = await exchangeThrough(operator, id, origin.echoPort, options, links);
      const judged = exchanges.filter(e => e.plannedMs !== null && !e.inGap);
      const off = median(judged.map(e => e.measuredMs - e.plannedMs! - floorMs));
      most = Math.max(most, Math.abs(off));
      figures[`${id}PlannedMs`] = round(median(judged.map(e => e.plannedMs!)));
      figures[`${id}MeasuredMs`] = round(median(judged.map(e => e.measuredMs)));
      figures[`${id}MeasuredMinusPlannedMs`] = round(off);
      figures[`${id}SlotsSeen`] = links.size;
    }),
  );
  progress("a download of 50 MB");
  const download = await downloadThrough(operator, "south-sudan-aid-post", origin.httpPort, BYTES);
  const planned = plannedSeconds(download, BYTES);
  const expected = createHash("sha256").update(reproducibleBytes(BYTES)).digest("hex");
  if (download.sha256 !== expected) throw new Error("the download is not what was sent");
  const { latenessP50Ms, latenessP95Ms, latenessP99Ms } = (await operator.status()).link;
  return {
    workload: `${COUNT} exchanges of 16 bytes through each of ${TERMINALS.join(", ")} over ${SPREAD_MS / 1000} s; then ${BYTES} bytes down`,
    checksum: download.sha256,
    figures: {
      ...figures,
      mostMedianErrorMs: round(most),
      latenessP50Ms: round(latenessP50Ms),
      latenessP95Ms: round(latenessP95Ms),
      latenessP99Ms: round(latenessP99Ms),
      downloadSeconds: round(download.seconds),
      downloadMbps: round((BYTES * 8) / 1e6 / download.seconds),
    },
    peers: {},
    ratios: { downloadToPlan: round(planned / download.seconds) },
  };
};
