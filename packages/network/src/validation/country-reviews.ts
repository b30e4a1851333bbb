// SPDX-License-Identifier: MIT

/**
 * Causes that a person has looked into, by ISO 3166-1 alpha-3. Printed only where a country is off by 8 ms or more; no figure
 * of the model depends on them.
 */
export const reviewedCauses: ReadonlyMap<string, string> = new Map([
  [
    "LKA",
    "Home is Singapore, and neither public list has a gateway there: plans come down in Indonesia, Bangladesh or Borneo. The " +
      "measured 51 ms over 2,650 km are what a landing beside the PoP would take, so that there is likely one unlisted.",
  ],
  [
    "CZE",
    "The public feed gives the country to Warsaw and to Frankfurt, in parts that it does not tell; the table names Warsaw alone, and " +
      "from Bohemia the way there is the longer one.",
  ],
  [
    "MHL",
    "4,500 km of open ocean to Tokyo: all of it on lasers, in the thinnest part of the 43- and 53-degree shells. The measured 70.6 " +
      "ms are 9 ms more than even the straight line over all countries.",
  ],
  [
    "ISL",
    "At 64 degrees only the shells of 70 and 97 degrees stand high, and which of them have lasers that others' traffic leaves " +
      "free is not published.",
  ],
  [
    "YEM",
    "Congested, by its own figures: 34 Mbit/s down in the median against 278 in the world, 8 in the worst fifth; homes split between " +
      "Frankfurt and Nairobi.",
  ],
  [
    "SSD",
    "Congested, by its own figures: 47 Mbit/s down in the median against 278 in the world, 10 in the worst fifth.",
  ],
]);
