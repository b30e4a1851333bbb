// SPDX-License-Identifier: MIT
import type { Address } from "@perigee/authority";
import { z } from "zod";

const text = z.string().trim().min(1).max(200);
const optional = z.string().trim().max(200).nullish();

export const addressRequest = z
  .object({
    addressLines: z.array(text).min(1).max(10),
    locality: optional,
    administrativeArea: optional,
    administrativeAreaCode: optional.meta({ description: "Not read: it follows from the position" }),
    region: optional,
    regionCode: optional.meta({ description: "Not read: it follows from the position" }),
    postalCode: optional,
    metadata: z.string().trim().max(2_000).nullish(),
    formattedAddress: z.string().trim().min(1).max(500),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  })
  .meta({ id: "AddressRequest" });

export const addressResponse = z
  .object({
    addressReferenceId: z.uuid(),
    addressLines: z.array(z.string()),
    locality: z.string().nullable(),
    administrativeArea: z.string().nullable(),
    administrativeAreaCode: z.string(),
    region: z.string().nullable(),
    regionCode: z.string(),
    postalCode: z.string(),
    metadata: z.string().nullable(),
    formattedAddress: z.string(),
    latitude: z.number(),
    longitude: z.number(),
  })
  .meta({ id: "AddressResponse" });

/** An address as the wire has it. One that was erased is nowhere: 0, 0 and no words. */
export function addressView(address: Address): z.input<typeof addressResponse> {
  return {
    addressReferenceId: address.id,
    addressLines: [...address.lines],
    locality: address.locality,
    administrativeArea: address.administrativeArea,
    administrativeAreaCode: address.administrativeAreaCode ?? "",
    region: address.region,
    regionCode: address.regionCode ?? "",
    postalCode: address.postalCode ?? "",
    metadata: address.metadata,
    formattedAddress: address.formatted,
    latitude: address.position?.latDeg ?? 0,
    longitude: address.position?.lonDeg ?? 0,
  };
}
