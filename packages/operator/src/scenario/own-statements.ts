// SPDX-License-Identifier: MIT
import { type OwnPredicate, type OwnStatement, ownPredicates } from "@perigee/casework";
import { z } from "zod";

/** Something that the operator said in public, in a scenario. "Not active in X" is `activeIn`, X, `holds: false`. */
export const scenarioStatement = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{1,62}$/, "an id is 2 to 63 lower-case letters, digits and hyphens"),
  text: z.string().trim().min(3).max(1_000),
  predicate: z.enum(Object.keys(ownPredicates) as [OwnPredicate, ...OwnPredicate[]]),
  area: z.string().min(1).max(100),
  locality: z.string().min(1).max(100).nullable().default(null),
  holds: z.boolean(),
  /** The time that it speaks of, half-open. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
});

export const ownStatementOf = ({
  from,
  to,
  ...statement
}: z.infer<typeof scenarioStatement>): OwnStatement => ({
  ...statement,
  fromMs: Date.parse(from),
  toMs: Date.parse(to),
});
