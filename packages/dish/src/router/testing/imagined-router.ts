// SPDX-License-Identifier: MIT
import type { Caller, DeviceRequest, DeviceResponse } from "../../server/device.ts";
import { isRefusal } from "../../server/rpc-status.ts";
import type { RouterHome, RouterIdentity, Uplink } from "../inputs.ts";
import { Router } from "../router.ts";

/** A Monday noon. */
export const START_MS = Date.UTC(2026, 2, 2, 12);

export const imaginedRouterIdentity: RouterIdentity = {
  id: "Router-010000000000000000005678",
  hardwareVersion: "v4",
  softwareVersion: "2026.07.11.mr54321",
  manufacturedVersion: "2025.01.04.mr40000",
  countryCode: "FI",
  utcOffsetS: 7200,
  bootCount: 11,
  dishId: "ut01000000-00000000-00001234",
  dishHardwareVersion: "rev4_prod3",
};

export const imaginedHome: RouterHome = {
  networkName: "Juniper Lane",
  bypass: false,
  clients: [
    { name: "laptop", connection: "5GHz" },
    { name: "phone", connection: "5GHz" },
    { name: "thermostat", connection: "2.4GHz" },
    { name: "television", connection: "ethernet" },
  ],
};

/** All is well. */
export const goodUplink: Uplink = {
  powered: true,
  cable: true,
  popDropRate: 0,
  popLatencyMs: 31,
  reach: "all",
  downBps: 40e6,
  upBps: 3e6,
  disablementCode: 1,
  pop: "northaaa1",
};

/** A router on a clock and an uplink of its own; it has been on for an hour. */
export class ImaginedRouter {
  nowMs = START_MS;
  /** What holds from now on. */
  uplink: Uplink | ((atMs: number) => Uplink) = goodUplink;
  readonly router: Router;

  constructor(home: RouterHome = imaginedHome, lanWrites = true) {
    this.router = new Router({
      identity: imaginedRouterIdentity,
      home,
      ports: { uplink: atMs => (typeof this.uplink === "function" ? this.uplink(atMs) : this.uplink) },
      clock: () => this.nowMs,
      startedMs: START_MS - 3_600_000,
      lanWrites,
    });
  }

  /** Lets time pass, second by second as a host does. */
  pass(seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      this.nowMs += 1000;
      this.router.advance(this.nowMs);
    }
    return this;
  }

  ask(request: DeviceRequest, caller: Caller = "lan"): DeviceResponse {
    const answer = this.router.handle(request, caller);
    if (isRefusal(answer)) throw new Error(`refused: ${answer.grpcStatus} ${answer.message}`);
    return answer;
  }

  refusalOf(request: DeviceRequest, caller: Caller = "lan"): { code: number; message: string } {
    const answer = this.router.handle(request, caller);
    if (!isRefusal(answer)) throw new Error("answered");
    return { code: answer.grpcStatus, message: answer.message };
  }

  get status(): NonNullable<DeviceResponse["wifiGetStatus"]> {
    return this.ask({ getStatus: {} }).wifiGetStatus ?? {};
  }

  get clients(): NonNullable<NonNullable<DeviceResponse["wifiGetClients"]>["clients"]> {
    return this.ask({ wifiGetClients: {} }).wifiGetClients?.clients ?? [];
  }

  set(wifiConfig: NonNullable<DeviceRequest["wifiSetConfig"]>["wifiConfig"]): DeviceResponse {
    return this.ask({ wifiSetConfig: { wifiConfig } });
  }
}
