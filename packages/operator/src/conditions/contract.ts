// SPDX-License-Identifier: MIT
// Conditions on links, as the API and scenario files write them.
import { z } from "zod";

/** Conditions in force or to come, at most; each is looked at for every link of every slot. */
export const MOST_CONDITIONS = 1_000;
/** Conditions of one request. */
const MOST_AT_ONCE = 100;
/** A year and a day. */
const MOST_S = 31_622_400;

/** What a condition may be put on: a kind, a colon and a name, as `perigee outage --fail` has them, or a terminal. */
export const TARGET_KINDS = [
  "terminal",
  "satellite",
  "plane",
  "shell",
  "laser",
  "gateway",
  "country",
  "pop",
] as const;

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
const on = z
  .string()
  .max(120)
  .regex(
    new RegExp(`^(${TARGET_KINDS.join("|")}):\\S.*$`),
    `a target is a kind, a colon and a name; kinds are ${TARGET_KINDS.join(", ")}`,
  )
  .meta({ description: "terminal:kyiv, satellite:45044, laser:45044-45045, gateway:…, pop:…, and the like" });

const rate = z.number().min(0.01).max(100_000).optional();
const factor = z.number().min(0.000_1).max(1).optional();

/** What a condition does to the links whose way leads over its target. Each is optional, one is needed. */
const effects = {
  addedMs: z.number().min(0).max(2_000).optional().meta({ description: "More delay, one way" }),
  loss: z.number().min(0).max(1).optional().meta({ description: "Share of packets lost on top, 0 to 1" }),
  downMbps: rate.meta({ description: "Rate of a link is at most this" }),
  upMbps: rate,
  downFactor: factor.meta({ description: "Rate of a link is multiplied by this, before the cap" }),
  upFactor: factor,
  off: z.literal(true).optional().meta({ description: "Nothing passes; the network plans around it" }),
};

const forS = z.number().min(1).max(MOST_S).optional().meta({ description: "Until removed, if left out" });

type EffectNames = keyof typeof effects;

/** `null`: the effects of a condition make sense together. */
function faultOf(condition: Readonly<Partial<Record<EffectNames, unknown>>>): string | null {
  const given = (Object.keys(effects) as EffectNames[]).filter(name => condition[name] !== undefined);
  if (given.length === 0) return `a condition says what it does: one of ${Object.keys(effects).join(", ")}`;
  return condition.off === true && given.length > 1 ? "what is off has neither delay nor rate" : null;
}

/** One condition of a request. */
export const linkConditionRequest = z.strictObject({ on, ...effects, forS }).check(({ value, issues }) => {
  const message = faultOf(value);
  if (message !== null) issues.push({ code: "custom", message, input: value });
});

export const linkConditionsRequest = z.strictObject({
  conditions: z.array(linkConditionRequest).min(1).max(MOST_AT_ONCE),
});

/** A condition of a scenario: seconds count from its start. */
export const scenarioCondition = z
  .strictObject({ atS: z.number().min(0).max(MOST_S), on, ...effects, forS })
  .check(({ value, issues }) => {
    const message = faultOf(value);
    if (message !== null) issues.push({ code: "custom", message, input: value });
  });

/** A condition in force or to come. */
export const linkCondition = z.object({
  on,
  from: instant,
  until: instant.nullable(),
  ...effects,
  terminals: z
    .array(z.string())
    .meta({ description: "Terminals whose way leads over the target in the running slot" }),
});

export type LinkConditionRequest = z.infer<typeof linkConditionRequest>;
export type LinkConditionsRequest = z.infer<typeof linkConditionsRequest>;
export type LinkCondition = z.infer<typeof linkCondition>;
export type ScenarioCondition = z.infer<typeof scenarioCondition>;
