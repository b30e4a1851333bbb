// SPDX-License-Identifier: MIT
// The part of the HTTP contract about programs of customers: service accounts, their permissions and secrets.
import { z } from "zod";
import { type Feature, type FleetPermissions, featureNames, type Level, levels } from "./feature.ts";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
const clientId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,62}$/, "a client id is 3 to 63 letters, digits and . _ -");
const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/);
const level = z.enum(Object.keys(levels) as [Level, ...Level[]]);
const feature = z.enum(featureNames as [Feature, ...Feature[]]);

/** Every feature of a fleet at the level Edit, without those that the operator opens one by one. */
export const allPermissions: FleetPermissions = Object.fromEntries(
  featureNames.filter(name => !name.startsWith("GatedFeature")).map(name => [name, "Edit" as const]),
);

export const fleetPermissions = z
  .union([z.partialRecord(feature, level), z.literal("all").transform(() => allPermissions)])
  .meta({ description: 'Level by feature, or "all"' });

export const newServiceAccount = z.strictObject({
  clientId: clientId.optional().meta({ description: "Left out: made here" }),
  accountId: id,
  name: z.string().trim().min(1).max(100),
  permissions: fleetPermissions,
  days: z
    .number()
    .int()
    .min(1)
    .max(3_660)
    .optional()
    .meta({ description: "Of its first secret; left out: no end" }),
});

export const seededServiceAccount = z.strictObject({
  clientId,
  accountId: id,
  name: z.string().trim().min(1).max(100),
  permissions: fleetPermissions.default(allPermissions),
  /** In the open, as the whole scenario is. */
  secrets: z.array(z.string().min(16).max(200)).min(1).max(20),
});

export const serviceAccountChange = z.strictObject({
  permissions: fleetPermissions.optional(),
  disabled: z.boolean().optional(),
});

export const newSecret = z.strictObject({
  days: z
    .number()
    .int()
    .min(1)
    .max(3_660)
    .optional()
    .meta({ description: "Left out: it does not end by itself" }),
});

export const serviceSecret = z.object({
  id: z.string(),
  madeAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const serviceAccount = z.object({
  clientId: z.string(),
  accountId: z.string(),
  accountNumber: z.string().meta({ description: "As the operator API V2 writes it" }),
  name: z.string(),
  permissions: z.partialRecord(feature, level),
  madeAt: instant,
  disabledAt: instant.nullable(),
  secrets: z.array(serviceSecret),
});

export const madeSecret = z.object({
  secret: z.string().meta({ description: "Shown here and never again" }),
  made: serviceSecret,
});

export const madeServiceAccount = z.object({ serviceAccount, ...madeSecret.shape });

export type ServiceAccountView = z.infer<typeof serviceAccount>;
export type ServiceSecretView = z.infer<typeof serviceSecret>;
export type MadeServiceAccount = z.infer<typeof madeServiceAccount>;
export type MadeSecret = z.infer<typeof madeSecret>;
