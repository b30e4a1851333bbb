// SPDX-License-Identifier: MIT
import type { Terminal } from "@perigee/authority";
import { z } from "zod";
import { type FleetAnswer, type FleetCall, notFound } from "../../operation.ts";

export const deviceIdRequest = z
  .object({
    deviceId: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .meta({ description: "A terminal's id, its kit number, or its dish's serial number" }),
  })
  .meta({ id: "DeviceIdRequest" });

/** A terminal that is with the caller's account, by any of its names. */
export function ownTerminal(
  { fleet: { ids, operator }, account }: FleetCall,
  deviceId: string,
): { readonly ok: true; readonly value: Terminal } | (FleetAnswer<never> & { readonly ok: false }) {
  const id = ids.terminalOf(deviceId);
  const terminal = id === null ? undefined : operator.authority.book.get("terminal", id);
  return terminal?.accountId === account.id ? { ok: true, value: terminal } : notFound("deviceId", deviceId);
}
