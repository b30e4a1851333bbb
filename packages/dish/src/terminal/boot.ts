// SPDX-License-Identifier: MIT
import { bootReason, rebootReason } from "../schema/constants.ts";

/**
 * How long a terminal takes to start, seconds from power-on. Real ones reach the network within about two minutes;
 * the steps are this project's choice, named after `InitializationDurationSeconds`.
 */
export const bootSteps = {
  /** Its system runs and its radio can be used: until then it is BOOTING. */
  rfReady: 20,
  gpsValid: 26,
  burstDetected: 30,
  attitudeInitialization: 34,
  /** It knows its attitude: until then it searches the sky. */
  ekfConverged: 40,
} as const;

/** How long a restarting terminal answers nobody on its LAN, seconds: this project's choice. */
export const RESTART_S = 10;

/** Service without an outage for so long is stable, seconds: this project's choice. */
const STABLE_S = 60;

/** When a start reached what depends on the network, seconds from power-on; 0: not yet. */
export class NetworkEntry {
  /** First slot with time for it. */
  scheduleS = 0;
  /** First ping that came back. */
  firstPingS = 0;
  /** A minute without an outage. */
  stableS = 0;
  #steadyS = 0;

  /** Enters a second. @param uptimeS at its end */
  note(uptimeS: number, scheduled: boolean, connected: boolean): void {
    if (this.stableS > 0) return;
    if (this.scheduleS === 0 && scheduled) this.scheduleS = uptimeS;
    this.#steadyS = connected ? this.#steadyS + 1 : 0;
    if (!connected) return;
    if (this.firstPingS === 0) this.firstPingS = uptimeS;
    if (this.#steadyS >= STABLE_S) this.stableS = uptimeS;
  }
}

/** What the starts that a terminal here can have are called on the wire. */
export const startReasons = {
  power: { reboot: rebootReason.REBOOT_REASON_NONE, boot: bootReason.POWER_CYCLE },
  manual: { reboot: rebootReason.REBOOT_REASON_MANUAL, boot: bootReason.COMMAND },
  update: { reboot: rebootReason.REBOOT_REASON_SWUPDATE_NOW, boot: bootReason.SOFTWARE_UPDATE },
  scheduledUpdate: {
    reboot: rebootReason.REBOOT_REASON_SWUPDATE_SCHEDULED,
    boot: bootReason.SOFTWARE_UPDATE,
  },
  factoryReset: { reboot: rebootReason.REBOOT_REASON_FACTORY_RESET, boot: bootReason.COMMAND },
} as const;

/** Why a terminal started. */
export type StartReason = keyof typeof startReasons;
