// SPDX-License-Identifier: MIT
import { z } from "zod";
import { addDataBlockRequest, blocksSummary } from "../../data/contract.ts";

const instant = z.iso.datetime();
const recurring = z.array(addDataBlockRequest).max(50).nullish();
const poolId = z.string().max(64).nullish();

export const createLineRequest = z
  .object({
    addressReferenceId: z.uuid(),
    productReferenceId: z.string().min(1).max(64),
    dataBlockProducts: z.object({ recurringDataBlocks: recurring, dataPoolId: poolId }).nullish(),
  })
  .meta({ id: "ServiceLineCreateRequestV2" });

export const updateProductRequest = z
  .object({
    productReferenceId: z.string().min(1).max(64),
    recurringDataBlocks: recurring,
    dataPoolId: poolId,
    delayUpdate: z.boolean().nullish().meta({
      description: "true: with the next billing cycle; false: now; null: now, unless it costs less",
    }),
  })
  .meta({ id: "UpdateServiceLineProductRequest" });

export const nicknameRequest = z
  .object({ nickname: z.string().trim().min(1).max(100) })
  .meta({ id: "ServiceLineUpdateNicknameRequest" });

export const publicIpRequest = z
  .object({ publicIp: z.boolean() })
  .meta({ id: "ServiceLineSetPublicIpRequest" });

const aviationMetadata = z
  .object({
    tailNumber: z.string().nullable(),
    seatCount: z.number().int(),
    airlineIataCode: z.string().nullable(),
    aircraftIataCode: z.string().nullable(),
    airlineIcaoCode: z.string().nullable(),
    aircraftIcaoCode: z.string().nullable(),
    stcNumber: z.string().nullable(),
  })
  .meta({ id: "AviationMetadataResponse" });

export const lineResponse = z
  .object({
    addressReferenceId: z.uuid(),
    serviceLineNumber: z.string(),
    nickname: z.string().nullable(),
    productReferenceId: z.string(),
    delayedProductId: z.string().nullable(),
    optInProductId: z.string().nullable(),
    startDate: instant.nullable(),
    endDate: instant.nullable(),
    publicIp: z.boolean(),
    active: z.boolean(),
    aviationMetadata: aviationMetadata.nullable(),
    dataBlocks: blocksSummary,
  })
  .meta({ id: "ServiceLineResponse" });

export type LineResponse = z.input<typeof lineResponse>;
