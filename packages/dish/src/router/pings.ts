// SPDX-License-Identifier: MIT
import type { MessageOf } from "../schema/message.ts";
import type { DeviceAnswer } from "../server/device.ts";
import { refusal } from "../server/rpc-status.ts";
import type { RouterCore } from "./core.ts";

/** Longest name of a host (RFC 1035, 2.3.4). */
const LONGEST_HOST = 253;
const DISH_ADDRESS = "192.168.100.1";

type PingResult = MessageOf<"SpaceX.API.Device.PingResult">;

const result = (target: PingResult["target"], dropRate: number, latencyMs: number | null): PingResult => ({
  target,
  dropRate,
  latencyMs: latencyMs ?? 0,
});

/** `get_ping`: what the newest second was like on the way to three targets. */
export function pings(core: RouterCore): ReadonlyMap<string, PingResult> {
  const { uplink, internet } = core;
  const now = internet.over(1);
  return new Map([
    ["dish", result({ service: "dish", address: DISH_ADDRESS }, uplink.cable ? 0 : 1, core.dishLatencyMs)],
    [
      "pop",
      result(
        { service: "pop", location: uplink.pop ?? "" },
        core.popLatencyMs === null ? 1 : uplink.popDropRate,
        core.popLatencyMs,
      ),
    ],
    ["internet", result({ service: "internet" }, now.dropRate, now.latencyMs)],
  ]);
}

/** What a ping to a host would have met in the newest second: the dish, the router itself, or the world beyond. */
export function pingHost(
  core: RouterCore,
  { address = "" }: MessageOf<"SpaceX.API.Device.PingHostRequest">,
): DeviceAnswer {
  if (address === "" || address.length > LONGEST_HOST)
    return refusal("invalidArgument", "A host has a name of 1 to 253 characters.");
  if (address === DISH_ADDRESS)
    return { pingHost: { result: result({ address }, core.uplink.cable ? 0 : 1, core.dishLatencyMs) } };
  const { dropRate, latencyMs } = core.internet.over(1);
  return { pingHost: { result: result({ address }, dropRate, latencyMs) } };
}
