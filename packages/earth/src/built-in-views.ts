// SPDX-License-Identifier: MIT
import type { BoundaryView } from "./boundary-view.ts";
import { disputedTerritories } from "./disputed-territory.ts";

const un: BoundaryView = {
  id: "un",
  version: "1",
  title: "As resolved by organs of the United Nations",
  asserter: "United Nations General Assembly and Security Council",
  source: "digitallibrary.un.org: the resolutions named per territory",
  assignments: { Q7835: "UA", Q23681: "CY", Q1246: null, EH: null, Q36678: "PS", Q39760: "PS" },
  basis: {
    Q7835:
      "A/RES/68/262 (27 March 2014), operative 1 and 6: territorial integrity of Ukraine within its recognised borders, no recognition of an altered status of Crimea and Sevastopol",
    Q23681: "S/RES/541 (1983) and S/RES/550 (1984): no Cypriot State other than the Republic of Cyprus",
    Q1246: "S/RES/1244 (1999): final status left to a political process",
    EH: "Non-Self-Governing Territory since 1963; administering power given up on 26 February 1976 (A/31/56-S/11997)",
    Q36678: "A/RES/67/19 (2012): State of Palestine on the territory occupied since 1967",
    Q39760: "A/RES/67/19 (2012): State of Palestine on the territory occupied since 1967",
  },
};

const ua: BoundaryView = {
  id: "ua",
  version: "1",
  title: "As held by Ukraine",
  asserter: "Ukraine",
  source: "zakon.rada.gov.ua: the acts named per territory",
  assignments: { Q7835: "UA", Q1246: "RS", Q23681: "CY" },
  basis: {
    Q7835: "Constitution of Ukraine, articles 133 and 134; Law 1207-VII of 15 April 2014, article 3",
    Q1246: "Ukraine has not recognised Kosovo",
    Q23681: "Ukraine recognises the Republic of Cyprus only",
  },
};

const ru: BoundaryView = {
  id: "ru",
  version: "1",
  title: "As held by the Russian Federation",
  asserter: "Russian Federation",
  source: "pravo.gov.ru: the acts named per territory",
  assignments: { Q7835: "RU", Q1246: "RS", Q23681: "CY", TW: "CN" },
  basis: {
    Q7835:
      "Federal Constitutional Law 6-FKZ of 21 March 2014; Constitution of the Russian Federation, article 65",
    Q1246: "The Russian Federation has not recognised Kosovo",
    Q23681: "The Russian Federation recognises the Republic of Cyprus only",
    TW: "Treaty of Good-Neighbourliness and Friendly Cooperation with China, 16 July 2001, article 5",
  },
};

const undetermined: BoundaryView = {
  id: "undetermined",
  version: "1",
  title: "Disputed territories belong to no country",
  asserter: "nobody: it withholds every claim",
  source: "the list of disputed territories of this package",
  assignments: Object.fromEntries(disputedTerritories.map(({ id }) => [id, null])),
  basis: Object.fromEntries(disputedTerritories.map(({ id, source }) => [id, source])),
};

/**
 * The views that come with the package. An operator's own view is one more value of the same type;
 * each assignment here names its document in `basis`.
 */
export const boundaryViews = { un, ua, ru, undetermined } as const satisfies Record<string, BoundaryView>;
