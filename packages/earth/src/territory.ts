// SPDX-License-Identifier: MIT
import { borders } from "@rapideditor/country-coder";

/** ISO 3166-1 alpha-2 code of a country, such as `UA`. `XK` (user-assigned) stands for Kosovo as its own country. */
export type CountryCode = string;

/**
 * The ISO 3166-1 alpha-2 code officially assigned to the territory, such as `PR`; for a territory without
 * one its Wikidata item, such as `Q7835` (Crimea).
 */
export type TerritoryId = string;

/** One indivisible piece of the border data: what a boundary view assigns to a country. */
export interface Territory {
  readonly id: TerritoryId;
  /** In English. */
  readonly name: string;
  /** The country the border data itself puts it under: de facto control. `null`: none (Antarctica, Bir Tawil). */
  readonly ownCountry: CountryCode | null;
}

/** A ring of longitude-latitude pairs in degrees, the first repeated at the end. */
export type LonLatRing = readonly (readonly [lonDeg: number, latDeg: number])[];

export interface TerritoryShape {
  readonly territory: Territory;
  /** Polygons; of each the first ring is the outside, the others are holes. */
  readonly polygons: readonly (readonly LonLatRing[])[];
}

interface BorderFeature {
  readonly geometry: { readonly coordinates: readonly (readonly LonLatRing[])[] } | null;
  readonly properties: {
    readonly nameEn: string;
    readonly wikidata: string;
    readonly iso1A2?: string;
    readonly isoStatus?: string;
    readonly country?: string;
    readonly level: string;
  };
}

/** Every territory with its shape, in the border data's order (country-coder's `borders`). */
export const territoryShapes: readonly TerritoryShape[] = (
  borders.features as unknown as readonly BorderFeature[]
)
  .filter(feature => feature.geometry !== null)
  .map(feature => ({ territory: territoryOf(feature), polygons: feature.geometry!.coordinates }));

/** Every territory of the border data. */
export const territories: readonly Territory[] = territoryShapes.map(shape => shape.territory);

const byId: ReadonlyMap<TerritoryId, Territory> = new Map(territories.map(t => [t.id, t]));

/** The territory of this id, if the border data has one. */
export function territoryById(id: TerritoryId): Territory | undefined {
  return byId.get(id);
}

function territoryOf({ properties: p }: BorderFeature): Territory {
  const ownCode = p.iso1A2 ?? null;
  return {
    // Reserved and user-assigned codes (FX, IC, XK, …) are not ISO's to give, so they name no territory here.
    id: ownCode !== null && p.isoStatus === "official" ? ownCode : p.wikidata,
    name: p.nameEn,
    ownCountry: p.country ?? (p.level === "country" ? ownCode : null),
  };
}
