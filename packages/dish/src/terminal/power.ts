// SPDX-License-Identifier: MIT
import type { OutageCause } from "./outage-causes.ts";

/**
 * Watts a terminal draws. Averages of the published specifications: the standard model 75 to 100 W, idle 20 W; the
 * small one 25 to 40 W, idle 15 W. How it lies between them is this project's choice.
 */
interface PowerModel {
  readonly idleW: number;
  readonly connectedW: number;
  /** Added at a full link. */
  readonly loadW: number;
  readonly heatingW: number;
}

const standard: PowerModel = { idleW: 20, connectedW: 75, loadW: 25, heatingW: 60 };
const small: PowerModel = { idleW: 15, connectedW: 25, loadW: 15, heatingW: 20 };

/** Power of a terminal that sleeps or has switched itself off, as a share of idle. */
const ASLEEP_SHARE = 0.5;

/**
 * Watts drawn.
 *
 * @param hardwareVersion e.g. `mini1_prod2`
 * @param cause null: connected
 * @param load use of the downlink, 0 to 1
 */
export function powerW(
  hardwareVersion: string,
  cause: OutageCause | null,
  load: number,
  heating: boolean,
): number {
  const model = hardwareVersion.startsWith("mini") ? small : standard;
  const heat = heating ? model.heatingW : 0;
  if (cause === "SLEEPING" || cause === "THERMAL_SHUTDOWN") return model.idleW * ASLEEP_SHARE;
  if (cause === "STOWED" || cause === "INHIBIT_RF" || cause === "BOOTING") return model.idleW + heat;
  return model.connectedW + model.loadW * load + heat;
}
