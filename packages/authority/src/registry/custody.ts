// SPDX-License-Identifier: MIT

/** The steps a terminal can take from hand to hand, one sentence each. */
export const custodySteps = {
  manufacture: "It was made.",
  sale: "It was sold.",
  shipment: "It was sent to another country.",
  donation: "It was given away.",
  registration: "It was bound to an account.",
  transfer: "It went to another holder.",
  loss: "Its holder reported it lost or stolen.",
  recovery: "It came back to its holder.",
  seizure: "An authority took it.",
  release: "The authority that took it gave it away again.",
  retirement: "It was taken out of use.",
} as const;

export type CustodyStep = keyof typeof custodySteps;

/** One link of a terminal's chain of custody. Links are added, never changed. */
export interface CustodyEvent {
  readonly id: string;
  readonly terminalId: string;
  readonly step: CustodyStep;
  /** When it happened; UTC ms. May lie long before it became known. */
  readonly atMs: number;
  /** Parties by id; `null` where nobody knows or nobody was. */
  readonly fromParty: string | null;
  readonly toParty: string | null;
  /** ISO 3166-1 alpha-2, where the step has a place. */
  readonly country: string | null;
  /** Who says so, and where it is written down. */
  readonly asserter: string;
  readonly source: string;
}
