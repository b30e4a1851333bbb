// SPDX-License-Identifier: MIT
import type { Terminal } from "@perigee/authority";
import { Dish, type DishPorts, type Router } from "@perigee/dish";
import { pingRttMs } from "@perigee/link";
import type { Surroundings } from "@perigee/world";
import type { HostedTerminal } from "./dish-host.ts";
import { type DishBackground, dishIdentityOf } from "./dish-identity.ts";
import { makeRouter, type NewRouter } from "./make-router.ts";

/** What a terminal carries for programs behind it, bits per second. */
export interface CarriedTraffic {
  readonly downBps: number;
  readonly upBps: number;
}

export interface NewTerminal extends DishBackground, Pick<NewRouter, "clock" | "lanWrites"> {
  readonly record: Pick<Terminal, "id" | "kitNumber" | "serial">;
  readonly surroundings: Surroundings;
  readonly look: NonNullable<DishPorts["look"]>;
  /** Beside what people at home ask for. */
  readonly carried?: () => CarriedTraffic;
  /** When it was switched on, UTC ms. */
  readonly startedMs: number;
}

const NOTHING: CarriedTraffic = { downBps: 0, upBps: 0 };

/** Builds a dish and the router behind it, in the surroundings of its record's terminal. */
export function makeTerminal(made: NewTerminal): HostedTerminal {
  const { record, surroundings, look, carried, clock, startedMs } = made;
  const { id } = record;
  let router: Router | null = null;
  const traffic = (atMs: number): CarriedTraffic => {
    // The people's way out is the router; the programs of the proxies have one of their own.
    const home = router?.carries(atMs) === false ? NOTHING : surroundings.demandOf(id, atMs);
    const programs = carried?.() ?? NOTHING;
    return { downBps: home.downBps + programs.downBps, upBps: home.upBps + programs.upBps };
  };
  const ports: DishPorts = { ping: pingRttMs, look, traffic, skyMask: surroundings.skyOf(id) };
  const dish = new Dish({ identity: dishIdentityOf(record, made), ports, clock, startedMs });
  router = makeRouter({ ...made, terminalId: id, dish });
  return { id, dish, router };
}
