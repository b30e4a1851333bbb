// SPDX-License-Identifier: MIT
import type { AreaEvent } from "../area-state.ts";
import type { AreaState } from "../territory.ts";

/** One entry of an area's ledger: what happened to its service, when, by which request or order. */
export interface AreaMove {
  readonly id: string;
  /** Territory or operator area. */
  readonly area: string;
  readonly event: AreaEvent;
  readonly from: AreaState;
  readonly to: AreaState;
  readonly atMs: number;
  readonly requestId: string | null;
  readonly asserter: string;
  readonly source: string;
}
