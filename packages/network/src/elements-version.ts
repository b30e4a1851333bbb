// SPDX-License-Identifier: MIT
import type { Elements } from "@perigee/orbit";
import { mix32 } from "./draw.ts";

/**
 * A name for a list of elements: how many, and 32 bits over everything that SGP4 reads, in order. Tells versions
 * apart; it is no proof against forgery.
 */
export function elementsVersion(elements: readonly Elements[]): string {
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  let hash = 0;
  for (const set of elements) {
    for (const value of [
      set.catalogNumber,
      set.epochDayMs,
      set.epochMsOfDay,
      set.inclinationDeg,
      set.raanDeg,
      set.eccentricity,
      set.argumentOfPerigeeDeg,
      set.meanAnomalyDeg,
      set.meanMotionRevPerDay,
      set.bstar,
    ]) {
      number[0] = value;
      hash = mix32(hash, words[0]!, words[1]!, 0);
    }
  }
  return `${elements.length}-${hash.toString(16).padStart(8, "0")}`;
}
