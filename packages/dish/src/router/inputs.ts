// SPDX-License-Identifier: MIT

/** Who a router is, as it says itself; nothing here changes while it runs. */
export interface RouterIdentity {
  /** `Router-` and 24 hexadecimal digits. */
  readonly id: string;
  /** e.g. `v4`. */
  readonly hardwareVersion: string;
  /** Firmware, e.g. `2026.07.11.mr54321`. */
  readonly softwareVersion: string;
  /** Version it left the factory with. */
  readonly manufacturedVersion: string;
  /** Country whose radio rules it keeps, ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  /** Local time minus UTC, seconds. */
  readonly utcOffsetS: number;
  /** How often it has started in its life, before this time. */
  readonly bootCount: number;
  /** The dish it hangs on, `ut…`. */
  readonly dishId: string;
  readonly dishHardwareVersion: string;
}

/** A device at home. */
export interface RouterClient {
  /** As it calls itself when it asks for an address; up to 63 characters. */
  readonly name: string;
  readonly connection: "ethernet" | "2.4GHz" | "5GHz";
}

/** What the owner has set up, and who is at home. */
export interface RouterHome {
  /** Wireless name, 1 to 32 bytes of UTF-8. */
  readonly networkName: string;
  /** The router only passes on; another one does its work. */
  readonly bypass: boolean;
  readonly clients: readonly RouterClient[];
}

/** What holds on the WAN side of a router during one second. */
export interface Uplink {
  /** Whether the router has power. */
  readonly powered: boolean;
  /** Whether the dish answers on its cable. */
  readonly cable: boolean;
  /** Share of pings to the point of presence that were lost in this second, 0 to 1. */
  readonly popDropRate: number;
  /** Mean round trip of those that came back, milliseconds; null: none did. */
  readonly popLatencyMs: number | null;
  /** What the terminal may reach beyond it. */
  readonly reach: "all" | "accountAndEmergency" | "nothing";
  /** Bits per second that the terminal carries. */
  readonly downBps: number;
  readonly upBps: number;
  /** `UtDisablementCode` as the dish shows it. */
  readonly disablementCode: number;
  /** Code of the point of presence, e.g. `frntdeu1`; null: none. */
  readonly pop: string | null;
}

/** What a router asks of what is around it. */
export interface RouterPorts {
  /**
   * The second that ends at an instant. It is asked for every second once, in order, when the router is advanced; after
   * a silence longer than a quarter of an hour only for the last of it.
   */
  uplink(atMs: number): Uplink;
}
