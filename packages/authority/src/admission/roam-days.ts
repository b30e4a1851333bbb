// SPDX-License-Identifier: MIT
import type { DayStay } from "../location-history.ts";
import { defaultRoamRules, type Policy } from "../policy.ts";
import type { Plan } from "../terminal.ts";

/** Days of one calendar year (UTC) abroad and not at home, counted in the four ways that a policy may choose from. */
export interface RoamDays {
  readonly abroad: number;
  readonly abroadSinceHome: number;
  /** Those in the country where the terminal is. */
  readonly here: number;
  readonly hereSinceHome: number;
}

/** No day abroad. */
export const noRoamDays: RoamDays = { abroad: 0, abroadSinceHome: 0, here: 0, hereSinceHome: 0 };

const dayMs = 86_400_000;

/**
 * Counts the days of the year of `atMs` up to its day. A day with reports from home and from abroad is a day at home,
 * so that living near a border costs nothing; a day on the high seas only is no country's.
 *
 * @param country the country where the terminal is; `null` on the high seas
 */
export function roamDays(
  stays: readonly DayStay[],
  home: string,
  country: string | null,
  atMs: number,
): RoamDays {
  if (stays.length === 0) return noRoamDays;
  const today = Math.floor(atMs / dayMs);
  const firstDay = Date.UTC(new Date(atMs).getUTCFullYear(), 0, 1) / dayMs;
  let lastHome = firstDay - 1;
  for (const { day, countries } of stays) {
    if (day <= today && day > lastHome && countries.includes(home)) lastHome = day;
  }
  let [abroad, abroadSinceHome, here, hereSinceHome] = [0, 0, 0, 0];
  for (const { day, countries } of stays) {
    if (day > today || day < firstDay || countries.includes(home)) continue;
    const isSinceHome = day > lastHome ? 1 : 0;
    const isHere = country !== null && countries.includes(country) ? 1 : 0;
    abroad++;
    abroadSinceHome += isSinceHome;
    here += isHere;
    hereSinceHome += isHere & isSinceHome;
  }
  return { abroad, abroadSinceHome, here, hereSinceHome };
}

/** The count that the policy holds against a plan's limit. */
export function countedDays(days: RoamDays, policy: Pick<Policy, "roaming">): number {
  const { counts, resetsAtHome } = policy.roaming ?? defaultRoamRules;
  if (counts === "allCountries") return resetsAtHome ? days.abroadSinceHome : days.abroad;
  return resetsAtHome ? days.hereSinceHome : days.here;
}

/** That a count is on its way to its limit: so many days of so many, past the warning due at `threshold`. */
export interface RoamWarning {
  readonly code: "ROAM_DAYS";
  readonly days: number;
  readonly limit: number;
  readonly threshold: number;
}

/** The warning due at a count; `null` before the first and once the limit is passed, which is a reason and no warning. */
export function roamWarning(days: number, plan: Plan, policy: Pick<Policy, "roaming">): RoamWarning | null {
  if (days > plan.roamDays) return null;
  const { warningDays } = policy.roaming ?? defaultRoamRules;
  const threshold = warningDays.findLast(due => due <= days);
  return threshold === undefined ? null : { code: "ROAM_DAYS", days, limit: plan.roamDays, threshold };
}
