// SPDX-License-Identifier: MIT

/**
 * What a terminal's own sensors and cables say. A terminal in order is {@link soundHardware}; scenes change single
 * readings, and everything that the terminal shows follows from them.
 */
export interface DishHardware {
  /** Whether it has power. */
  readonly powered: boolean;
  /** Of the antenna's electronics, degrees Celsius. */
  readonly boardC: number;
  /** Of the power supply, degrees Celsius. */
  readonly supplyC: number;
  /** Of the air around it, degrees Celsius: below {@link thermalLimits} the antenna melts snow off itself. */
  readonly airC: number;
  /** Of the Ethernet link to the router: 1000, 100 or 10; 0: no link. */
  readonly ethernetMbps: number;
  /** Of the mast against the vertical, degrees. */
  readonly mastTiltDeg: number;
  /** How far it points away from where it should, degrees. */
  readonly misalignmentDeg: number;
  /** Loss between satellite and receiver beyond the clear sky's: snow, rain, a wet tree; dB. */
  readonly attenuationDb: number;
  /** Navigation satellites it receives. */
  readonly gpsSatellites: number;
  readonly motors: "sound" | "moving" | "stuck" | "weak";
  /** Whether its filter has found its own attitude. */
  readonly attitude: "converged" | "unconverged";
  readonly waterInDish: boolean;
  readonly waterInRouter: boolean;
  /** Whether the beamformer's telemetry is fresh. */
  readonly beamformerFresh: boolean;
  /** Whether the router's port on the power supply runs at full speed. */
  readonly supplyPortFast: boolean;
  /** Whether the supply voltage has broken down for a moment. */
  readonly brownOut: boolean;
  /** A cable test is running. */
  readonly cableTest: boolean;
  /** It is out of service and does not know why. */
  readonly unknownFault: boolean;
  /** It cannot get past its start. */
  readonly hangsAtBoot: boolean;
  /** Version that waits for a restart; null: none. */
  readonly pendingSoftware: string | null;
}

/** Nothing is the matter. */
export const soundHardware: DishHardware = {
  powered: true,
  boardC: 45,
  supplyC: 40,
  airC: 15,
  ethernetMbps: 1000,
  mastTiltDeg: 1,
  misalignmentDeg: 0,
  attenuationDb: 0,
  gpsSatellites: 14,
  motors: "sound",
  attitude: "converged",
  waterInDish: false,
  waterInRouter: false,
  beamformerFresh: true,
  supplyPortFast: true,
  brownOut: false,
  cableTest: false,
  unknownFault: false,
  hangsAtBoot: false,
  pendingSoftware: null,
};

/** Temperatures at which a terminal acts, degrees Celsius: this project's choice, none is published. */
export const thermalLimits = {
  /** The antenna sends less often. */
  throttleC: 75,
  /** The antenna switches itself off. */
  shutdownC: 85,
  /** The power supply gives less. */
  supplyThrottleC: 80,
  /** At or below it snow may lie: the antenna heats itself unless its owner forbids it. */
  snowC: 1,
} as const;

/** Tilt of the mast from which it is reported, degrees (the vendor's documentation of its alerts). */
export const MAST_LIMIT_DEG = 30;
/** Misalignment from which it is reported, degrees: this project's choice. */
export const MISALIGNMENT_LIMIT_DEG = 10;
