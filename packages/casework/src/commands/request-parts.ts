// SPDX-License-Identifier: MIT
// What requests of this room are made of: strict, bounded, and read again unchanged.
import { z } from "zod";

export const id = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,64}$/, "An identifier holds 1 to 64 letters, digits and _ . : - only.");

export const words = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine(text => text.trim() === text, "The text begins or ends with white space.")
    .refine(text => text.isWellFormed(), "The text holds half of a surrogate pair.");

/** Ids that others make, of documents, statements, propositions and origins: bounded, and otherwise as they are. */
export const sourceId = words(1, 200);

/** Why something is done. */
export const reason = words(10, 500);

/** Distinct ids, in the order given. */
export const distinct = (of: z.ZodType<string>, least: number, most: number) =>
  z
    .array(of)
    .min(least)
    .max(most)
    .refine(list => new Set(list).size === list.length, "The same identifier stands there twice.");
