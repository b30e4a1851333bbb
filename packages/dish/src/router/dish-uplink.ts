// SPDX-License-Identifier: MIT
import { disablementCode } from "../schema/constants.ts";
import type { MessageOf } from "../schema/message.ts";
import type { Device, DeviceRequest, DeviceResponse } from "../server/device.ts";
import { isRefusal } from "../server/rpc-status.ts";
import { HISTORY_SAMPLES } from "../terminal/history.ts";
import type { RouterPorts, Uplink } from "./inputs.ts";

/** What a router learns from its dish at one moment. */
interface Asked {
  /** The second up to which the dish has lived. */
  readonly untilS: number;
  readonly history: MessageOf<"SpaceX.API.Device.DishGetHistoryResponse"> | null;
  readonly code: number;
  readonly pop: string | null;
}

/** What the router needs of the dish it hangs on. */
export interface DishUplinkOptions {
  readonly dish: Device;
  /** The dish's own clock, UTC milliseconds. */
  readonly clock: () => number;
  /** Whether the router has power. */
  readonly isPowered: (atMs: number) => boolean;
}

/**
 * The WAN side of a router that hangs on a dish: it asks the dish, over its local API as real routers do, what the last
 * seconds were like, once for all the seconds that it has to catch up.
 */
export function dishUplink({ dish, clock, isPowered }: DishUplinkOptions): RouterPorts {
  let asked: Asked | null = null;
  const current = (): Asked => {
    const untilS = Math.floor(clock() / 1000);
    if (asked?.untilS !== untilS) asked = ask(dish, untilS);
    return asked;
  };
  return {
    uplink: atMs => secondOf(current(), atMs, isPowered(atMs)),
  };
}

function ask(dish: Device, untilS: number): Asked {
  const history = answerOf(dish, { getHistory: {} })?.dishGetHistory ?? null;
  const code = answerOf(dish, { getStatus: {} })?.dishGetStatus?.disablementCode;
  const pings = answerOf(dish, { getPing: {} })?.getPing?.results;
  return {
    untilS,
    history,
    code: code ?? disablementCode.UNKNOWN_STATE,
    pop: pings?.values().next().value?.target?.address ?? null,
  };
}

/** What the dish says; null: it refuses, or cannot be reached. */
function answerOf(dish: Device, request: DeviceRequest): DeviceResponse | null {
  const answer = dish.handle(request, "lan");
  // A dish in this process answers at once; one that does not is not on this cable.
  return answer instanceof Promise || isRefusal(answer) ? null : answer;
}

function secondOf({ history, untilS, code, pop }: Asked, atMs: number, powered: boolean): Uplink {
  const back = untilS - Math.floor(atMs / 1000) + 1;
  const sampled = Number(history?.current ?? 0n);
  const isKnown = history !== null && back >= 1 && back <= Math.min(sampled, HISTORY_SAMPLES);
  const at = isKnown ? (sampled - back) % HISTORY_SAMPLES : -1;
  const dropRate = history?.popPingDropRate?.[at] ?? 1;
  return {
    powered,
    cable: history !== null,
    popDropRate: dropRate,
    popLatencyMs: dropRate < 1 ? (history?.popPingLatencyMs?.[at] ?? null) : null,
    reach: code === disablementCode.OKAY ? "all" : "accountAndEmergency",
    downBps: history?.downlinkThroughputBps?.[at] ?? 0,
    upBps: history?.uplinkThroughputBps?.[at] ?? 0,
    disablementCode: code,
    pop,
  };
}
