// SPDX-License-Identifier: MIT
import type { Caller, DeviceRequest } from "../server/device.ts";

/** What can be asked for: the members of `Request` besides its envelope. */
export type Asked = Exclude<keyof DeviceRequest, "id" | "epochId" | "targetId">;

/** Who asks, and when. */
export interface Question {
  readonly atMs: number;
  readonly caller: Caller;
  /** Whether the LAN may change settings. */
  readonly lanWrites: boolean;
}
