// SPDX-License-Identifier: MIT
import { type Dish, defaultHome, dishUplink, Router, type RouterHome } from "@perigee/dish";
import type { Surroundings } from "@perigee/world";
import { ROUTER_HARDWARE, ROUTER_SOFTWARE } from "./dish-identity.ts";

export interface NewRouter {
  readonly terminalId: string;
  readonly dish: Dish;
  readonly surroundings: Surroundings;
  readonly clock: () => number;
  readonly lanWrites: boolean;
}

/** The router behind a dish: the home that the scenario describes, or one that fits who lives there. */
export function makeRouter({ terminalId, dish, surroundings, clock, lanWrites }: NewRouter): Router {
  const { countryCode, utcOffsetS, bootCount, hardwareVersion, routers } = dish.identity;
  const id = routers[0]!;
  const isPowered = (atMs: number): boolean => surroundings.conditionOf(terminalId, atMs) !== "unplugged";
  return new Router({
    identity: {
      ...{ id, countryCode, utcOffsetS, bootCount },
      hardwareVersion: ROUTER_HARDWARE,
      softwareVersion: ROUTER_SOFTWARE,
      manufacturedVersion: ROUTER_SOFTWARE,
      dishId: dish.id,
      dishHardwareVersion: hardwareVersion,
    },
    home: homeOf(id, terminalId, surroundings),
    ports: dishUplink({ dish, clock, isPowered }),
    clock,
    lanWrites,
  });
}

function homeOf(routerId: string, terminalId: string, surroundings: Surroundings): RouterHome {
  const usual = defaultHome(routerId, surroundings.usersOf(terminalId));
  const { networkName, bypass, clients } = surroundings.homeOf(terminalId) ?? {};
  return {
    networkName: networkName ?? usual.networkName,
    bypass: bypass ?? usual.bypass,
    clients: clients ?? usual.clients,
  };
}
