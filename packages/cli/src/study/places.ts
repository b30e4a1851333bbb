// SPDX-License-Identifier: MIT
import { countryCode2, findPlaces, placesOfCountry } from "@perigee/earth";
import type { LatencyPlace } from "@perigee/network";
import { CliError } from "../command.ts";

/**
 * A place by name (`Kyiv`; `Portland, US`), as `lat,lon` in degrees, or, for a country's code in capitals (`UA`), its largest
 * town.
 *
 * @throws CliError where there is no such place.
 */
export function placeNamed(text: string): LatencyPlace {
  const [, lat, lon] = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (lat !== undefined) {
    const [latDeg, lonDeg] = [Number(lat), Number(lon)];
    if (Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180) return { name: text.trim(), latDeg, lonDeg };
    throw new CliError(`${text}: a latitude is from -90 to 90, a longitude from -180 to 180`, 2);
  }
  const code = /^[A-Z]{2,3}$/.test(text) ? countryCode2(text) : null;
  const found = code === null ? findPlaces(text)[0] : placesOfCountry(code)[0];
  if (found === undefined)
    throw new CliError(`no place is called "${text.slice(0, 80)}"; give it as "lat,lon"`, 2);
  return { name: `${found.name}, ${found.country}`, latDeg: found.latDeg, lonDeg: found.lonDeg };
}
