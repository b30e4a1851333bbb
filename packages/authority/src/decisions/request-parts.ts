// SPDX-License-Identifier: MIT
// What requests are made of. Each part is strict and bounded, and reads what it read again unchanged.
import { z } from "zod";

export const id = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,64}$/, "An identifier holds 1 to 64 letters, digits and _ . : - only.");

/** Words for people: neither begins nor ends with white space, and holds no half of a surrogate pair. */
export const words = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine(text => text.trim() === text, "The text begins or ends with white space.")
    .refine(text => text.isWellFormed(), "The text holds half of a surrogate pair.");

/** Why something is done: an order without a ground is none. */
export const ground = words(10, 500);

/** UTC milliseconds since 1970, until the year 2200. */
export const instantMs = z.int().min(0).max(7_258_118_400_000);

/** Ids of findings, requests, documents and measurements. */
export const evidence = z.array(id).max(100).default([]);

/** Why the party concerned is not told yet, where that is so. */
export const exemption = words(10, 500).nullable().default(null);

export const position = z.strictObject({
  latDeg: z.number().min(-90).max(90),
  lonDeg: z.number().min(-180).max(180),
});

/** Distinct ids, in the order given. */
export const ids = (least: number, most: number) =>
  z
    .array(id)
    .min(least)
    .max(most)
    .refine(list => new Set(list).size === list.length, "The same identifier stands there twice.");
