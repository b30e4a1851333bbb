// SPDX-License-Identifier: MIT
import type { LinkState } from "@perigee/network";
import { nextFrameMs, nextGrantMs } from "./access.ts";
import { draw, purpose } from "./draw.ts";
import { oneWayMsAt } from "./propagation.ts";

/**
 * What a lone small datagram to the point of presence and back takes on an idle link, as this plane would carry it:
 * gap, grant, frame and path upwards, then gap, frame and path downwards. A pure function: it may be asked again, in
 * any order, for as many terminals as there are.
 *
 * @param atMs - When it is sent, UTC ms; what lies outside the link's time goes by its nearer end.
 * @returns Round trip in ms; `null`: lost in the air, or in a handover gap.
 */
export function pingRttMs(link: LinkState, atMs: number): number | null {
  const { access, fixedMs } = link;
  const farMs = crossed(link, atMs, "up");
  if (farMs === null) return null;
  const backMs = crossed(link, farMs + access.frameMs + oneWayMsAt(link, farMs) + fixedMs / 2, "down");
  return backMs === null ? null : backMs + access.frameMs + oneWayMsAt(link, backMs) + fixedMs / 2 - atMs;
}

/** When a packet that is ready goes on the air; `null`: it is lost. */
function crossed(
  { access, gap, lossProbability }: LinkState,
  readyMs: number,
  way: "up" | "down",
): number | null {
  const wait = way === "up" ? nextGrantMs : nextFrameMs;
  const isHeld = (ms: number): boolean => gap !== null && ms >= gap.fromMs && ms < gap.untilMs;
  const isDropped = (ms: number): boolean => isHeld(ms) && ms < gap!.dropUntilMs;
  if (isDropped(readyMs)) return null;
  let airMs = wait(access, isHeld(readyMs) ? gap!.untilMs : readyMs);
  if (isDropped(airMs)) return null;
  if (isHeld(airMs)) airMs = wait(access, gap!.untilMs);
  const what = way === "up" ? purpose.pingUp : purpose.pingDown;
  return draw(access.seed, what, Math.floor(airMs)) < lossProbability ? null : airMs;
}
