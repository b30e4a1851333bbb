// SPDX-License-Identifier: MIT
import type { TxOffOrder } from "../admission/admission-input.ts";

/** An order to one transmitter to be silent, as it is on record. It ends by itself. */
export interface TxOff extends TxOffOrder {
  readonly terminalId: string;
  /** When it ends: as ordered, or earlier where somebody ended it. */
  readonly untilMs: number;
  /** Its end as ordered. */
  readonly grantedUntilMs: number;
  /** Id of whoever ordered it. */
  readonly by: string;
}
