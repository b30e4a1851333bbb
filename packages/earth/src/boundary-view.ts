// SPDX-License-Identifier: MIT
import { fail, type Result, succeed } from "./earth-error.ts";
import { type CountryCode, type Territory, type TerritoryId, territoryById } from "./territory.ts";

/**
 * Who a territory belongs to, by whose account. The code takes no side: a view is data with an asserter, and
 * a territory it does not list stays with the country the border data puts it under.
 */
export interface BoundaryView {
  readonly id: string;
  /** Changes whenever an assignment does. */
  readonly version: string;
  /** For people, in English. */
  readonly title: string;
  /** Whose account this is. */
  readonly asserter: string;
  /** Where that account can be read. */
  readonly source: string;
  /** Territory → country; `null`: to none, as far as this view says. */
  readonly assignments: Readonly<Record<TerritoryId, CountryCode | null>>;
  /** Territory → the document behind its assignment. */
  readonly basis?: Readonly<Record<TerritoryId, string>>;
}

/** Most territories a view may assign: more than the border data holds. */
const MAX_ASSIGNMENTS = 1000;
const MAX_TEXT = 2000;

/** The country a territory belongs to under a view. */
export function countryUnder(view: BoundaryView, territory: Territory): CountryCode | null {
  return Object.hasOwn(view.assignments, territory.id)
    ? view.assignments[territory.id]!
    : territory.ownCountry;
}

/** Checks a view from outside: its texts, its codes, and that every territory it assigns exists. */
export function checkBoundaryView(view: BoundaryView): Result<BoundaryView> {
  for (const field of ["id", "version", "title", "asserter", "source"] as const) {
    const text: unknown = view[field];
    if (typeof text !== "string" || text.trim() === "" || text.length > MAX_TEXT) {
      return fail("bad-view", `/${field}`, `A view's ${field} is a text of 1 to ${MAX_TEXT} characters.`);
    }
  }
  const assignments: unknown = view.assignments;
  if (typeof assignments !== "object" || assignments === null || Array.isArray(assignments)) {
    return fail("bad-view", "/assignments", "A view's assignments are an object from territory to country.");
  }
  const entries: [string, unknown][] = Object.entries(assignments);
  if (entries.length > MAX_ASSIGNMENTS) {
    return fail("bad-view", "/assignments", `A view assigns at most ${MAX_ASSIGNMENTS} territories.`);
  }
  for (const [id, country] of entries) {
    const place = `/assignments/${id.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!territoryById(id))
      return fail("unknown-territory", place, `The border data has no territory "${id}".`);
    if (country !== null && !(typeof country === "string" && /^[A-Z]{2}$/.test(country))) {
      return fail("bad-view", place, "A country is an ISO 3166-1 alpha-2 code in capitals, or null.");
    }
  }
  return succeed(view);
}
