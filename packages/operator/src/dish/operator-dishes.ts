// SPDX-License-Identifier: MIT
import { startDishServer } from "@perigee/dish";
import { createSurroundings, type WorldTerminal } from "@perigee/world";
import type { AuthorityService } from "../authority/authority-service.ts";
import type { Config } from "../config.ts";
import type { RouterRow } from "../fleet/telemetry/router-window.ts";
import type { LinkMonitor } from "../link-monitor.ts";
import type { NetworkService } from "../network-service.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import { ProxiedTraffic } from "./carried-traffic.ts";
import { type AddressError, type DishAddresses, openEndpoints, PORTS_EACH } from "./dish-endpoints.ts";
import { DishHost } from "./dish-host.ts";
import { makeTerminal } from "./make-terminal.ts";
import { OperatorFeed } from "./operator-feed.ts";
import { PlanIndex } from "./plan-index.ts";
import { routerRows } from "./router-rows.ts";
import { satelliteLook } from "./satellite-look.ts";
import { SlotRows } from "./slot-rows.ts";

/** Time since terminals were switched on, when the scenario begins: nobody waits for twenty to boot. */
const UP_FOR_MS = 6 * 3_600_000;

export interface OperatorDishesOptions {
  readonly authority: AuthorityService;
  readonly network: NetworkService;
  readonly world: readonly WorldTerminal[];
  readonly seed: number;
  /** When the scenario began, UTC ms. */
  readonly startMs: number;
  readonly config: Pick<Config, "dishLocation" | "dishWrites">;
  readonly nowMs: () => number;
  /** Knows what programs send through the proxies; without it nobody does. */
  readonly monitor?: LinkMonitor;
  /** Radios went on or off: brings the running plans up to it. */
  readonly onRadio?: () => Promise<unknown>;
  /** A slot is over: what terminals say of it. */
  readonly onRows?: (rows: readonly TelemetryRow[]) => void;
  /** The same of the routers behind them. */
  readonly onRouters?: (slot: number, rows: readonly RouterRow[]) => void;
}

/** Every terminal of an operator that is really somewhere, as a device. */
export function hostDishes(options: OperatorDishesOptions): DishHost {
  const { authority, network, world, seed, startMs, config, nowMs, monitor, onRadio, onRows, onRouters } =
    options;
  const surroundings = createSurroundings(world, startMs, seed);
  const feed = new OperatorFeed({
    ...{ authority, network, world, surroundings, startMs },
    ...{ location: config.dishLocation, lanWrites: config.dishWrites === "lan" },
  });
  const plans = new PlanIndex(network);
  const rows = new SlotRows(authority, plans);
  const proxied = monitor === undefined ? null : new ProxiedTraffic(monitor, nowMs);
  const host = new DishHost({
    feed,
    silence: network.silence,
    nowMs,
    ...(onRadio === undefined ? {} : { onRadio }),
    onSlotOver: (slot, reports) => {
      onRows?.(rows.of(slot, reports));
      onRouters?.(slot, routerRows(reports));
    },
  });
  for (const { id, track } of world) {
    if (!authority.has(id)) continue;
    const { terminal, account, plan } = authority.record(id);
    host.add(
      makeTerminal({
        ...{ record: terminal, surroundings, clock: nowMs, startedMs: startMs - UP_FOR_MS },
        ...{ country: account?.country ?? "ZZ", lonDeg: track.waypoints[0]!.lonDeg },
        isMobile: plan !== null && plan.roaming !== "none",
        lanWrites: config.dishWrites === "lan",
        look: satelliteLook(() => network.planner),
        ...(proxied === null ? {} : { carried: () => proxied.of(id) }),
      }),
    );
  }
  return host;
}

type Served =
  | { readonly ok: true; readonly value: AsyncDisposable }
  | { readonly ok: false; readonly error: AddressError & { readonly code: "PORT_UNAVAILABLE" } };

/**
 * Opens the local APIs of an operator's terminals, four ports each from the configured one on.
 *
 * @param addresses - Filled with where they are.
 */
export async function serveLocalApis(
  host: DishHost,
  { host: address, dishPort }: Pick<Config, "host" | "dishPort">,
  addresses: Map<string, DishAddresses>,
): Promise<Served> {
  const started = await startDishServer({
    onFault: (cause, endpoint) => process.emitWarning(`${endpoint} failed on a request: ${String(cause)}`),
  });
  if (!started.ok) return unavailable(started.error, "local APIs");
  const server = started.value;
  for (const [n, { id }] of [...host.terminals()].entries()) {
    const port = (k: number): number => (dishPort === 0 ? 0 : dishPort + PORTS_EACH * n + k);
    const opened = await openEndpoints(server, host, id, {
      ...{ address, grpcPort: port(0), grpcWebPort: port(1) },
      ...{ routerAddress: address, routerGrpcPort: port(2), routerGrpcWebPort: port(3) },
    });
    if (!opened.ok) {
      await server[Symbol.asyncDispose]();
      return unavailable(opened.error, `local API of ${id}`);
    }
    addresses.set(id, opened.value);
  }
  return { ok: true, value: server };
}

function unavailable({ message, place }: AddressError, what: string): Served & { readonly ok: false } {
  return { ok: false, error: { code: "PORT_UNAVAILABLE", message, place: `${what}: ${place}` } };
}
