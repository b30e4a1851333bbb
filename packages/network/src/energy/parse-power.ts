// SPDX-License-Identifier: MIT
import type { GenerationId } from "../payload.ts";
import { refuseStudy, type StudyResult } from "../studies/study-error.ts";
import { POWER_BUDGETS, type PowerBudget } from "./power-budget.ts";

const MOST_CHARACTERS = 64 * 1024;

/** Least and most of each number. */
const RANGES: Readonly<Record<keyof PowerBudget, readonly [least: number, most: number]>> = {
  arrayW: [0, 1e6],
  batteryWh: [1, 1e7],
  batteryEfficiency: [0.01, 1],
  busW: [0, 1e6],
  beamsW: [0, 1e6],
  gatewayLinkW: [0, 1e5],
  laserW: [0, 1e5],
};

/**
 * Power budgets from JSON: only what differs from {@link POWER_BUDGETS}, like `{ "v2-mini": { "arrayW": 8000 } }`. Unknown
 * generations or members and numbers out of range refuse the whole, by the member's path.
 */
export function parsePowerBudgets(text: string): StudyResult<Readonly<Record<GenerationId, PowerBudget>>> {
  if (text.length > MOST_CHARACTERS)
    return refuseStudy("tooLarge", "text", `power budgets have at most ${MOST_CHARACTERS} characters.`);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refuseStudy("format", "text", "this is no JSON.");
  }
  if (!isObject(given)) return refuseStudy("format", "text", "say an object with a member per generation.");
  const budgets: Record<GenerationId, PowerBudget> = { ...POWER_BUDGETS };
  for (const [id, members] of Object.entries(given)) {
    if (!Object.hasOwn(POWER_BUDGETS, id))
      return refuseStudy("unknown", id.slice(0, 40), `say one of ${Object.keys(POWER_BUDGETS).join(", ")}.`);
    if (!isObject(members)) return refuseStudy("format", id, "say an object of numbers.");
    for (const [name, value] of Object.entries(members)) {
      const place = `${id}.${name.slice(0, 40)}`;
      if (!Object.hasOwn(RANGES, name))
        return refuseStudy("unknown", place, `say one of ${Object.keys(RANGES).join(", ")}.`);
      const [least, most] = RANGES[name as keyof PowerBudget];
      if (typeof value !== "number" || !(value >= least && value <= most))
        return refuseStudy("range", place, `say a number from ${least} to ${most}.`);
    }
    budgets[id as GenerationId] = { ...POWER_BUDGETS[id as GenerationId], ...members };
  }
  return { ok: true, value: budgets };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
