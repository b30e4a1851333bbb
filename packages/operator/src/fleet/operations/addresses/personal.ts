// SPDX-License-Identifier: MIT
import { countryOf } from "@perigee/authority";
import { placeOf } from "@perigee/earth";
import type { z } from "zod";
import { viewById } from "../../../boundary.ts";
import type { Fleet } from "../../fleet.ts";
import type { addressRequest } from "./contract.ts";

/**
 * An address as the authority's commands take it. Codes of country and area are not taken from the request: the country
 * is that of the position, under the operator's boundary view, and the map knows no codes of areas within one.
 */
export function personalOf(fleet: Fleet, request: z.output<typeof addressRequest>) {
  const { latitude: latDeg, longitude: lonDeg } = request;
  const view = viewById(fleet.operator.authority.policy.boundaryView)!;
  return {
    lines: request.addressLines,
    locality: request.locality || null,
    administrativeArea: request.administrativeArea || null,
    administrativeAreaCode: null,
    region: request.region || null,
    regionCode: countryOf(placeOf(latDeg, lonDeg, view)),
    postalCode: request.postalCode || null,
    metadata: request.metadata || null,
    formatted: request.formattedAddress,
    position: { latDeg, lonDeg },
  };
}
