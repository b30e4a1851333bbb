// SPDX-License-Identifier: MIT
import type { SlotPlan } from "@perigee/network";
import type { World, WorldDevices } from "@perigee/world";

/**
 * Terminals whose own radio is off: stowed, asleep, starting, too hot, without power. Nobody ordered it, and the network
 * learns of it by not hearing them: they report nothing, prove nothing, and hold no link.
 */
export class RadioSilence {
  readonly #silent = new Set<string>();

  has(terminalId: string): boolean {
    return this.#silent.has(terminalId);
  }

  /** @returns Whether that is news. */
  set(terminalId: string, silent: boolean): boolean {
    if (silent === this.#silent.has(terminalId)) return false;
    if (silent) this.#silent.add(terminalId);
    else this.#silent.delete(terminalId);
    return true;
  }

  /** A plan without the links of the silent; they stand among the unserved as `outOfOrder`. */
  without(plan: SlotPlan): SlotPlan {
    if (this.#silent.size === 0) return plan;
    const links = plan.links.filter(({ terminalId }) => !this.#silent.has(terminalId));
    if (links.length === plan.links.length) return plan;
    const cut = plan.links.filter(({ terminalId }) => this.#silent.has(terminalId));
    const unserved = cut.map(({ terminalId }) => ({ siteId: terminalId, reason: "outOfOrder" as const }));
    return { ...plan, links, unserved: [...plan.unserved, ...unserved] };
  }

  /** A world in which the silent report nothing. */
  world(world: World): World {
    return {
      reportsAt: atMs => world.reportsAt(atMs).filter(({ terminalId }) => !this.#silent.has(terminalId)),
    };
  }

  /** Devices of which the genuine one of a silent terminal is not heard; whoever copied its name still is. */
  devices(devices: WorldDevices): WorldDevices {
    const isSilent = (deviceId: string): boolean =>
      deviceId.endsWith(GENUINE) && this.#silent.has(deviceId.slice(0, -GENUINE.length));
    return {
      ...devices,
      transmitting: atMs => devices.transmitting(atMs).filter(({ deviceId }) => !isSilent(deviceId)),
      answer: (deviceId, question, atMs) =>
        isSilent(deviceId) ? null : devices.answer(deviceId, question, atMs),
    };
  }
}

/** How the world ends the id of a terminal's genuine device. */
const GENUINE = "/0";
