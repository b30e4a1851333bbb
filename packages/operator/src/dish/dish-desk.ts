// SPDX-License-Identifier: MIT
import {
  type DeviceRequest,
  type DeviceResponse,
  enumValueName,
  isRefusal,
  type MessageOf,
  type Scene,
} from "@perigee/dish";
import type { DevicePort, FleetRouter } from "../fleet/ports.ts";
import { routerIdIn, routerNameOf } from "../fleet/wire-ids.ts";
import type { DishView } from "./contract.ts";
import type { DishAddresses } from "./dish-endpoints.ts";
import type { DishHost } from "./dish-host.ts";
import { ROUTER_HARDWARE } from "./dish-identity.ts";

/** Hosted terminals as people and the fleet API see them. */
export class DishDesk implements DevicePort {
  readonly host: DishHost;
  readonly #addresses: ReadonlyMap<string, DishAddresses>;

  /** @param addresses - By terminal; it may be filled later. */
  constructor(host: DishHost, addresses: ReadonlyMap<string, DishAddresses>) {
    this.host = host;
    this.#addresses = addresses;
  }

  list(): DishView[] {
    return Array.from(this.host.terminals(), ({ id }) => this.view(id)!);
  }

  /** @returns `null` where no such terminal is hosted */
  view(terminalId: string): DishView | null {
    const hosted = this.host.get(terminalId);
    if (hosted === null) return null;
    const { dish, router } = hosted;
    const status = this.#ask(terminalId, { getStatus: {} }, "dish")?.dishGetStatus;
    const { onAir, why } = dish.radio(this.host.nowMs());
    return {
      terminalId,
      id: dish.id,
      routerId: router.id,
      kitNumber: dish.identity.kitNumber,
      softwareVersion: status?.deviceInfo?.softwareVersion ?? dish.identity.softwareVersion,
      ...this.#sockets(terminalId),
      onAir,
      silentBecause: why,
      outage: status === undefined ? "NO_ANSWER" : outageOf(status),
      disablementCode: status?.disablementCode ?? 0,
      alerts: [...dish.telemetry(this.host.nowMs()).alerts],
      scene: this.host.sceneOf(terminalId)?.name ?? null,
    };
  }

  /**
   * Makes a terminal show a scene, `null` what it is; the network has followed its radio when this resolves.
   *
   * @returns `false` where no such terminal is hosted
   */
  async setScene(terminalId: string, scene: Scene | null): Promise<boolean> {
    if (!this.host.setScene(terminalId, scene)) return false;
    await this.host.settled();
    return true;
  }

  routersOf(terminalId: string): readonly FleetRouter[] {
    const hosted = this.host.get(terminalId);
    if (hosted === null) return [];
    const { router } = hosted;
    return [
      {
        id: routerIdIn(router.id)!,
        terminalId,
        hardwareVersion: ROUTER_HARDWARE,
        lastBondedMs: this.host.nowMs(),
      },
    ];
  }

  /** From the account's side: over the network, so only who is on it hears. */
  rebootTerminal(terminalId: string): boolean {
    return this.#heard(terminalId) && this.#ask(terminalId, { reboot: {} }, "dish") !== null;
  }

  rebootRouter(terminalId: string, routerId: string): boolean {
    if (this.host.get(terminalId)?.router.id !== routerNameOf(routerId)) return false;
    return this.#heard(terminalId) && this.#ask(terminalId, { reboot: {} }, "router") !== null;
  }

  #heard(terminalId: string): boolean {
    return this.host.get(terminalId)?.dish.radio(this.host.nowMs()).onAir === true;
  }

  #ask(terminalId: string, request: DeviceRequest, which: "dish" | "router"): DeviceResponse | null {
    const answer = this.host.ask(terminalId, request, "cloud", which);
    return answer === null || isRefusal(answer) ? null : answer;
  }

  #sockets(terminalId: string): Pick<DishView, "grpc" | "grpcWeb" | "routerGrpc" | "routerGrpcWeb"> {
    const at = this.#addresses.get(terminalId);
    const socket = (host: string | undefined, port: number | undefined): string =>
      host === undefined ? "none" : `${host.includes(":") ? `[${host}]` : host}:${port}`;
    return {
      grpc: socket(at?.address, at?.grpcPort),
      grpcWeb: socket(at?.address, at?.grpcWebPort),
      routerGrpc: socket(at?.routerAddress, at?.routerGrpcPort),
      routerGrpcWeb: socket(at?.routerAddress, at?.routerGrpcWebPort),
    };
  }
}

function outageOf({ outage }: MessageOf<"SpaceX.API.Device.DishGetStatusResponse">): string | null {
  if (outage === undefined) return null;
  return enumValueName("SpaceX.API.Device.DishOutage.Cause", outage.cause ?? 0) ?? "UNKNOWN";
}
