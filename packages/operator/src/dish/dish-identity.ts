// SPDX-License-Identifier: MIT
import type { Terminal } from "@perigee/authority";
import type { DishIdentity } from "@perigee/dish";
import { routerNameOf, wireIdentityOf } from "../fleet/wire-ids.ts";

/** What all terminals here run: the firmware whose interface they speak. */
export const DISH_SOFTWARE = "2026.07.14.mr61712";
export const ROUTER_SOFTWARE = "2026.07.09.mr61344";
export const ROUTER_HARDWARE = "v4";
const FACTORY_SOFTWARE = "2025.11.04.mr58020";
/** Models as their firmware names them: one for roofs and one for travelling. Neither has motors. */
const STANDING_MODEL = "rev4_prod3";
const TRAVEL_MODEL = "mini1_prod2";

/** What tells one terminal from another, beyond its record. */
export interface DishBackground {
  /** ISO 3166-1 alpha-2 of its account. */
  readonly country: string;
  /** Where it stood first; its clock goes by that. */
  readonly lonDeg: number;
  readonly isMobile: boolean;
}

/** Who a terminal says it is on its local network; the names are those of the operator API. */
export function dishIdentityOf(
  terminal: Pick<Terminal, "id" | "kitNumber" | "serial">,
  { country, lonDeg, isMobile }: DishBackground,
): DishIdentity {
  const { userTerminalId, kitNumber, dishSerial, routerId } = wireIdentityOf(terminal);
  return {
    id: `ut${userTerminalId}`,
    kitNumber,
    serial: dishSerial,
    hardwareVersion: isMobile ? TRAVEL_MODEL : STANDING_MODEL,
    softwareVersion: DISH_SOFTWARE,
    manufacturedVersion: FACTORY_SOFTWARE,
    countryCode: country,
    utcOffsetS: Math.round(lonDeg / 15) * 3600,
    bootCount: 1 + (Number.parseInt(userTerminalId.slice(-4), 16) % 40),
    hasActuators: false,
    routers: [routerNameOf(routerId)],
  };
}
