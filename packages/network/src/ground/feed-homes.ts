// SPDX-License-Identifier: MIT
// Facts: which PoP serves which country, from the public geolocation feed with a PoP per address block, as compiled on 29
// September 2026. Only countries whose blocks all have one PoP; a country with several (UA, FR, US, AU, BR and others) is
// divided inside, which the feed does not show: there the delay decides.
import type { GroundSegment } from "../ground-segment.ts";
import type { HomeAssignments } from "./home-assignments.ts";

/** IATA code of the PoP, ISO 3166-1 codes of the countries. */
const FEED_ROWS: readonly (readonly [iata: string, countries: string])[] = [
  ["akl", "NZ PF"],
  ["ala", "KG KZ"],
  ["arn", "SE"],
  ["bog", "CO TT VE"],
  ["cgk", "ID"],
  ["dac", "BD"],
  ["doh", "AE BH LB QA"],
  ["ebb", "UG"],
  ["eze", "UY"],
  ["for", "GF SR"],
  ["fra", "AT BE DE LI LU NL SY"],
  ["gru", "BO PY"],
  ["gua", "GT HN"],
  ["jnb", "BW LS MG SZ ZW"],
  ["lhr", "FO GB IE IM IS JE"],
  ["lim", "PE"],
  ["los", "BJ CM GH NE NG"],
  ["mad", "AD ES GN MA ML SN"],
  ["mia", "AG AI HT JM PR"],
  ["mnl", "FM PH"],
  ["mxp", "CH IT MC MT SM TN"],
  ["nbo", "CD DJ ET KE RW SD SO SS"],
  ["nrt", "JP KR MH MN"],
  ["scl", "CL"],
  ["sin", "LK MV SG"],
  ["sof", "AL AM AZ BA BG CY GE GR HU JO MD ME MK RO RS SI TD XK"],
  ["syd", "KI NU PG TK"],
  ["waw", "LT SK"],
];

/**
 * Homes by country as the operator's public feed has them, for `assignHomes`. Who is given which PoP need not follow delay:
 * Mongolia's subscribers go by Tokyo, Sri Lanka's by Singapore. PoPs that the ground segment does not have are left out.
 */
export function feedHomeAssignments(ground: GroundSegment): HomeAssignments {
  const countries = new Map<string, number>();
  for (const [iata, list] of FEED_ROWS) {
    const pop = ground.pops.findIndex(candidate => candidate.iata === iata);
    if (pop < 0) continue;
    for (const country of list.split(" ")) countries.set(country, pop);
  }
  return { cells: new Map(), countries };
}
