// SPDX-License-Identifier: MIT
import type { Telemetry } from "../telemetry/row.ts";

/** A router behind a terminal. */
export interface FleetRouter {
  /** 24 lower-case hexadecimal digits, without the prefix of the wire. */
  readonly id: string;
  readonly terminalId: string;
  readonly hardwareVersion: string | null;
  /** When it last spoke with its terminal; UTC ms. */
  readonly lastBondedMs: number | null;
}

/** The devices in the field, as far as they can be reached. */
export interface DevicePort {
  /** Routers behind a terminal. */
  routersOf(terminalId: string): readonly FleetRouter[];
  /** @returns `false` where the terminal does not hear it */
  rebootTerminal(terminalId: string): boolean | Promise<boolean>;
  /** @returns `false` where the router does not hear it */
  rebootRouter(terminalId: string, routerId: string): boolean | Promise<boolean>;
}

/** Bytes that a terminal carried. */
export interface UsagePort {
  usage(terminalId: string, fromMs: number, untilMs: number): Usage | Promise<Usage>;
}

export interface Usage {
  readonly downBytes: number;
  readonly upBytes: number;
}

/** What terminals said lately. */
export type TelemetryPort = Pick<Telemetry, "recent" | "newest">;

/** What the fleet API asks of parts that start after it; `null` where there is no such part. */
export interface FleetPorts {
  devices: DevicePort | null;
  usage: UsagePort | null;
  telemetry: TelemetryPort | null;
}
