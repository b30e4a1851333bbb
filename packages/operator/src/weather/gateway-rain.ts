// SPDX-License-Identifier: MIT
import { type GatewayFade, gatewayFade, type Planner, slotStartMs } from "@perigee/network";
import type { Rain } from "./rain.ts";

/** Rain over gateways, slot after slot. */
export class GatewayRain {
  readonly #ground: Planner["ground"];
  readonly #contactSlots: number;
  readonly #rain: Rain;
  #newest: { readonly span: number; readonly fade: GatewayFade | undefined } | null = null;

  constructor({ ground, policy }: Pick<Planner, "ground" | "policy">, rain: Rain) {
    this.#ground = ground;
    this.#contactSlots = policy.routes.contactSlots;
    this.#rain = rain;
  }

  /**
   * What rain takes from gateways in a slot; undefined where all of them are dry, so that dry days cost nothing. The
   * rain is that of the moment when the slot's antennas are pointed, the start of their span of slots: all slots of a
   * span get the same, and keep their antennas.
   */
  in(slot: number): GatewayFade | undefined {
    const span = Math.floor(slot / this.#contactSlots);
    if (this.#newest?.span !== span)
      this.#newest = { span, fade: this.#fadeAt(slotStartMs(span * this.#contactSlots)) };
    return this.#newest.fade;
  }

  #fadeAt(atMs: number): GatewayFade | undefined {
    const rateAt = (latDeg: number, lonDeg: number): number => this.#rain.rateAt(latDeg, lonDeg, atMs);
    const isWet = this.#ground.gateways.some(({ latDeg, lonDeg }) => rateAt(latDeg, lonDeg) > 0);
    return isWet ? gatewayFade(this.#ground, rateAt) : undefined;
  }
}
