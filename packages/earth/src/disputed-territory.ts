// SPDX-License-Identifier: MIT
import type { CountryCode, TerritoryId } from "./territory.ts";

/** A territory of the border data that at least two parties claim, or whose status is before a UN organ. */
export interface DisputedTerritory {
  readonly id: TerritoryId;
  readonly name: string;
  /** Who claims it: ISO codes, or a name where the claimant has none. */
  readonly claimants: readonly (CountryCode | string)[];
  /** A document in which the dispute itself can be read. */
  readonly source: string;
}

/**
 * The disputes this border data can express, because it draws the territory apart.
 * The list says that there is a dispute, never who is right.
 */
export const disputedTerritories: readonly DisputedTerritory[] = [
  {
    id: "Q7835",
    name: "Crimea",
    claimants: ["UA", "RU"],
    source: "UN General Assembly resolution 68/262 (2014); Russian Federal Constitutional Law 6-FKZ (2014)",
  },
  {
    id: "Q1246",
    name: "Kosovo",
    claimants: ["XK", "RS"],
    source: "UN Security Council resolution 1244 (1999); ICJ advisory opinion of 22 July 2010",
  },
  {
    id: "Q23681",
    name: "Northern Cyprus",
    claimants: ["CY", "Turkish Republic of Northern Cyprus"],
    source: "UN Security Council resolutions 541 (1983) and 550 (1984)",
  },
  {
    id: "TW",
    name: "Taiwan",
    claimants: ["TW", "CN"],
    source: "UN General Assembly resolution 2758 (XXVI) (1971) and the statements on it since",
  },
  {
    id: "EH",
    name: "Western Sahara east of the berm",
    claimants: ["EH", "MA"],
    source: "UN list of Non-Self-Governing Territories; ICJ advisory opinion of 16 October 1975",
  },
  {
    id: "Q36678",
    name: "West Bank",
    claimants: ["PS", "IL"],
    source: "UN Security Council resolutions 242 (1967) and 2334 (2016)",
  },
  {
    id: "Q39760",
    name: "Gaza Strip",
    claimants: ["PS"],
    source: "UN Security Council resolutions 242 (1967) and 1860 (2009)",
  },
  {
    id: "FK",
    name: "Falkland Islands (Malvinas)",
    claimants: ["GB", "AR"],
    source: "UN General Assembly resolution 2065 (XX) (1965)",
  },
  {
    id: "GS",
    name: "South Georgia and the South Sandwich Islands",
    claimants: ["GB", "AR"],
    source: "Constitution of the Argentine Nation (1994), first transitory provision",
  },
  {
    id: "GI",
    name: "Gibraltar",
    claimants: ["GB", "ES"],
    source: "UN General Assembly resolution 2353 (XXII) (1967)",
  },
  {
    id: "YT",
    name: "Mayotte",
    claimants: ["FR", "KM"],
    source: "UN General Assembly resolution 49/18 (1994)",
  },
  {
    id: "Q620634",
    name: "Bir Tawil",
    claimants: [],
    source:
      "Condominium agreement of 19 January 1899 and the administrative order of 4 November 1902: claimed by neither side",
  },
];
