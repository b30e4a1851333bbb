// SPDX-License-Identifier: MIT

/** What one router says of a slot. */
export interface RouterRow {
  /** Our record's id of the terminal that it stands behind. */
  readonly terminal: string;
  /** 24 hexadecimal digits. */
  readonly routerId: string;
  readonly uptimeS: number;
  readonly software: string | null;
  readonly hardware: string | null;
  readonly isRepeater: boolean;
  readonly hopsFromController: number;
  readonly isBypassed: boolean;
  /** Of its own pings: lost share (0 to 1) and mean round trip in ms; `null`: it does not ping there. */
  readonly internetPing: RouterPing | null;
  readonly popPing: RouterPing | null;
  readonly dishPing: RouterPing | null;
  readonly clients2Ghz: number;
  readonly clients5Ghz: number;
  readonly clientsEthernet: number;
  readonly wanRxBytes: number;
  readonly wanTxBytes: number;
}

export interface RouterPing {
  readonly dropRate: number;
  readonly latencyMs: number | null;
}

/** Slots of eight hours. */
const MOST_SLOTS = 1_920;
/** Rows in all; the oldest slots go first. */
const MOST_ROWS = 400_000;

/** What routers said lately, by slot. */
export class RouterWindow {
  readonly #slots = new Map<number, ReadonlyMap<string, readonly RouterRow[]>>();
  #rows = 0;

  /** Takes the rows of a slot; slots come in ascending order. */
  take(slot: number, rows: readonly RouterRow[]): void {
    this.#slots.set(
      slot,
      Map.groupBy(rows, row => row.terminal),
    );
    this.#rows += rows.length;
    for (const [oldest, gone] of this.#slots) {
      if (oldest > slot - MOST_SLOTS && this.#rows <= MOST_ROWS) break;
      this.#rows -= Iterator.from(gone.values()).reduce((sum, ofOne) => sum + ofOne.length, 0);
      this.#slots.delete(oldest);
    }
  }

  of(slot: number, terminal: string): readonly RouterRow[] {
    return this.#slots.get(slot)?.get(terminal) ?? [];
  }

  /** The newest row of each router behind a terminal. */
  newest(terminal: string): readonly RouterRow[] {
    for (const slot of [...this.#slots.keys()].toReversed()) {
      const rows = this.of(slot, terminal);
      if (rows.length > 0) return rows;
    }
    return [];
  }
}
