// SPDX-License-Identifier: MIT
import { outageCause } from "../../schema/constants.ts";
import type { MessageOf } from "../../schema/message.ts";
import type { DishCore } from "../core.ts";
import { gpsNanoseconds, nanoseconds } from "../gps-time.ts";
import type { Outage } from "../outage-log.ts";

type WireOutage = MessageOf<"SpaceX.API.Device.DishOutage">;

/** The outage that goes on, as `get_status` shows it; undefined: the terminal is connected. */
export function openOutage(core: DishCore, atMs: number): WireOutage | undefined {
  const open = core.log.open;
  if (open === null) return undefined;
  return wireOutage({ cause: open.cause, startMs: open.startMs, untilMs: atMs, switched: false });
}

/** Outages start in GPS time, whatever the event log does. */
export function wireOutage(outage: Outage): WireOutage {
  return {
    cause: outageCause[outage.cause],
    startTimestampNs: gpsNanoseconds(outage.startMs),
    durationNs: nanoseconds(outage.untilMs - outage.startMs),
    didSwitch: outage.switched,
  };
}
