// SPDX-License-Identifier: MIT
// The server's process: `serve.ts ours|connect <terminals>`. Sends its ports, and what it has used whenever asked.
import { startDishServer } from "@perigee/dish";
import { codecOf } from "../../packages/dish/src/codec/codec.ts";
import { startConnectPeer } from "../../packages/dish/src/server/testing/connect-peer.ts";
import { liveDishes } from "./live-dishes.ts";

/** What the server has used since it started. */
export interface Used {
  readonly cpuMs: number;
  readonly residentMb: number;
}

const [kind, terminals] = [process.argv[2], Number(process.argv[3])];

/** A port for each terminal. */
async function serve(): Promise<number[]> {
  const dishes = liveDishes(terminals);
  if (kind === "connect") {
    const response = codecOf("SpaceX.API.Device.Response");
    const answers = new Map(
      (["getStatus", "getHistory"] as const).map(name => {
        const answer = dishes[0]!.handle({ [name]: {} }, "lan");
        return [name, response.encode("grpcStatus" in answer ? {} : answer)];
      }),
    );
    const port = await startConnectPeer(answers);
    return Array.from({ length: terminals }, () => port);
  }
  const started = await startDishServer();
  if (!started.ok) throw new Error(started.error.message);
  const ports: number[] = [];
  for (const device of dishes) {
    const added = await started.value.add({ address: "127.0.0.1", grpcPort: 0, grpcWebPort: null, device });
    if (!added.ok) throw new Error(added.error.message);
    ports.push(added.value.grpcPort);
  }
  return ports;
}

const ports = await serve();
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  const used: Used = { cpuMs: (user + system) / 1000, residentMb: process.memoryUsage.rss() / 1e6 };
  process.send?.(used);
});
process.on("disconnect", () => process.exit());
process.send?.(ports);
