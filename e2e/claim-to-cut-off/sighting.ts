// SPDX-License-Identifier: MIT

/** A kit number that was seen in public, as somebody passed it on. */
export interface Sighting {
  readonly id: string;
  readonly kind: "offer" | "photograph";
  readonly number: string;
  /** Who saw it with access of their own. */
  readonly origin: string;
  readonly text: string;
  readonly seenMs: number;
}
