// SPDX-License-Identifier: MIT
// Downloads through a terminal's port: is the rate what the link state says, and how much can the engine carry?
import { createHash } from "node:crypto";
import { connectLinkEngine } from "@perigee/link";
import { lease, linkState, serve, startThread, tunnelTo } from "@perigee/link/internal";
import { type Bench, round } from "./result.ts";

/** Rates of the link, and what is downloaded at each; the last is more than any machine carries. */
const runs = [
  { name: "at20", mbps: 20, megabytes: 4 },
  { name: "at100", mbps: 100, megabytes: 20 },
  { name: "at300", mbps: 300, megabytes: 60 },
  { name: "unlimited", mbps: 100_000, megabytes: 300 },
] as const;
const piece = Buffer.alloc(65_536, "perigee");

export const bench: Bench = async progress => {
  await using link = connectLinkEngine(startThread());
  const attached = await link.attach({ terminalId: "t1", port: 0 });
  if (!attached.ok) throw new Error(attached.error.message);
  await link.installLeases([lease()]);
  const hash = createHash("sha256");
  const figures: Record<string, number> = {};
  for (const { name, mbps, megabytes } of runs) {
    progress(`${megabytes} MB at ${mbps} Mbit/s`);
    await link.setLinkStates([linkState({ downMbps: mbps, upMbps: mbps })]);
    const total = megabytes * 1_000_000;
    await using server = await serve(socket => {
      let left = total;
      const fill = () => {
        let taking = true;
        while (left > 0 && taking) {
          taking = socket.write(piece.subarray(0, left));
          left -= Math.min(left, piece.length);
        }
        if (left === 0) socket.end();
      };
      socket.on("drain", fill);
      fill();
    });
    const client = await tunnelTo(attached.value.port, server.port);
    client.socket.removeAllListeners("data");
    let bytes = 0;
    let firstMs = 0;
    for await (const chunk of client.socket as AsyncIterable<Buffer>) {
      if (bytes === 0) firstMs = performance.now();
      bytes += chunk.length;
      // Hashing everything would measure the hash.
      if (mbps <= 300) hash.update(chunk);
    }
    if (bytes !== total) throw new Error(`${bytes} of ${total} bytes arrived`);
    figures[`${name}Mbps`] = round((bytes * 8) / 1_000 / (performance.now() - firstMs));
    client.socket.destroy();
  }
  const stats = await link.stats();
  if (stats.ok) figures["releaseLatenessP99Ms"] = round(stats.value.latenessMs.p99);
  return {
    workload:
      "downloads of 4, 20, 60 and 300 MB over one connection, payload rate at the receiver, engine in its own thread",
    checksum: hash.digest("hex"),
    figures,
    peers: {},
    ratios: Object.fromEntries(
      runs
        .slice(0, 3)
        .map(({ name, mbps }) => [`${name}ToCommanded`, round((figures[`${name}Mbps`] ?? 0) / mbps)]),
    ),
  };
};
