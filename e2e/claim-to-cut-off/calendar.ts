// SPDX-License-Identifier: MIT

/** Midnight before the reports came in, UTC ms; what devices do counts from here. */
export const startMs = Date.UTC(2024, 1, 12);
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A blackout in one town begins before anything is measured, and ends after the orders were given. */
export const blackout = { fromS: 11.5 * 3600, untilS: 15.5 * 3600 } as const;
