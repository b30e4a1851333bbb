// SPDX-License-Identifier: MIT
import type { MessageOf } from "../../schema/message.ts";
import type { DishCore } from "../core.ts";
import { linkOf } from "../schedule.ts";

/** Seconds whose mean is told. */
const MEAN_S = 15;

/** `get_ping`: the point of presence, the one target that a dish pings; nothing while it has none. */
export function ping(core: DishCore, atMs: number): MessageOf<"SpaceX.API.Device.GetPingResponse"> {
  const link = linkOf(core.schedule.at(atMs));
  if (link === null) return { results: new Map() };
  const { dropRate, latencyMs } = core.history.recent(MEAN_S);
  const target = { service: "pop", location: link.pop.city, address: link.pop.code };
  return { results: new Map([[link.pop.code, { target, dropRate, latencyMs: latencyMs ?? undefined }]]) };
}
