// SPDX-License-Identifier: MIT
// The part of the HTTP contract about people: who is signed in, who may do what, keys, and reads of positions.
import { z } from "zod";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
export const role = z.enum(["viewer", "operator", "compliance", "approver", "auditor", "admin"]);
const roleList = z.array(role).max(6);
const personId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens");
const personName = z.string().trim().min(2).max(80);
const email = z.email().max(200);
const password = z.string().min(1).max(200);

/** Somebody by name, for whoever works with them. */
export const shortPerson = z.object({
  id: z.string(),
  name: z.string(),
  roles: roleList,
  party: z
    .string()
    .optional()
    .meta({ description: "The party of a customer, who has the portal and nothing else" }),
});

export const session = z.object({
  mode: z.enum(["local", "open"]).meta({ description: "open: whoever reaches the port acts as anyone" }),
  person: shortPerson.nullable().meta({ description: "Who is signed in; null: nobody" }),
  people: z.array(shortPerson).meta({ description: "Whom one may act as; empty where people sign in" }),
  permissions: z.array(
    z.object({
      name: z.string(),
      sentence: z.string(),
      allowed: z.boolean(),
      refusal: z.string().nullable().meta({ description: "Why not, where not" }),
    }),
  ),
});

/** Signing in: with a password, or, where that is open, by name. */
export const signInRequest = z.union([
  z.strictObject({ email, password }),
  z.strictObject({ person: z.string().min(1).max(64) }),
]);
export const firstPasswordRequest = z.strictObject({ email, code: z.string().min(1).max(100), password });
export const passwordChange = z.strictObject({ current: password, password });

export const person = shortPerson.extend({
  email: z.string().nullable().meta({ description: "Only for those who manage people" }),
  endedAt: instant.nullable(),
});
export const newPerson = z.strictObject({
  id: personId,
  name: personName,
  email,
  roles: roleList,
  party: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: "For a customer, who has no roles: the party whose things they manage" }),
});
export const roleChange = z.strictObject({ roles: roleList });
/** A code with which somebody sets a password, once. */
export const passwordCode = z.object({
  person: z.string(),
  code: z.string(),
  link: z.string(),
  expiresAt: instant,
});
export const addedPerson = z.object({ person, passwordCode: passwordCode.nullable() });

export const apiKey = z.object({
  id: z.string(),
  person: z.string(),
  label: z.string(),
  roles: roleList,
  madeAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  usedAt: instant.nullable().meta({ description: "Last use, to the hour" }),
});
export const newKey = z.strictObject({
  person: z.string().max(64).optional().meta({ description: "Whose; oneself where left out" }),
  label: z.string().trim().min(1).max(80),
  roles: roleList.optional().meta({ description: "All of the person's where left out" }),
  days: z.number().int().min(1).max(366).default(90),
});
export const madeKey = z.object({
  key: z.string().meta({ description: "Shown here and never again" }),
  made: apiKey,
});

/** A minute of reads of the same terminals' positions by one person. */
export const locationRead = z.object({
  row: z.number().int(),
  person: z.string(),
  via: z.string().meta({ description: "session | key | token | open" }),
  minute: instant,
  route: z.string(),
  terminals: z.array(z.string()).nullable().meta({ description: "null: too many to name" }),
  terminalCount: z.number().int(),
  why: z.string().nullable(),
  reads: z.number().int(),
});

export type RoleName = z.infer<typeof role>;
export type PersonName = z.infer<typeof shortPerson>;
export type Session = z.infer<typeof session>;
export type SignInRequest = z.infer<typeof signInRequest>;
export type Person = z.infer<typeof person>;
export type AddedPerson = z.infer<typeof addedPerson>;
export type PasswordCode = z.infer<typeof passwordCode>;
export type ApiKey = z.infer<typeof apiKey>;
export type MadeKey = z.infer<typeof madeKey>;
export type LocationRead = z.infer<typeof locationRead>;
