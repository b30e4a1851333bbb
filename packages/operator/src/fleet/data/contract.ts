// SPDX-License-Identifier: MIT
import { z } from "zod";

const instant = z.iso.datetime();
const gb = z.number().meta({ description: "Decimal gigabytes, two decimals" });
const count = z.number().int().min(1).max(10_000);

/** Data buckets of the wire, by number. */
export const dataBucket = {
  Unknown: 0,
  MobileRestricted: 1,
  MobileUnrestricted: 2,
  FixedRestricted: 3,
  FixedUnrestricted: 4,
} as const;

/** What happens beyond the included data, by number. */
export const dataOverage = {
  None: 0,
  PriorityPerGb: 1,
  DeprioritizedPerGb: 2,
  LimitWithNoOverageData: 3,
} as const;

export const dataBlockType = z.enum([
  "IncludedWithBaseSubscription",
  "RecurringPerBillingCycle",
  "Overage",
  "OneTimePurchase",
]);
const dataProductType = z.enum(["Ocean", "Land", "Aviation"]);

/** A list of names in a query. */
export const ids = z.array(z.string().max(100)).max(1_000);

export const addDataBlockRequest = z.object({ productId: z.string().min(1).max(64), count });

export const recurringDataBlocksRequest = z.object({
  recurringDataBlocks: z.array(addDataBlockRequest).max(50).default([]),
  dataPoolId: z.string().max(64).nullish(),
  applyToCurrentMonth: z.boolean().nullish(),
});

export const queryDataUsageRequest = z.object({
  serviceLineNumbers: z.array(z.string().max(64)).max(1_000).nullish(),
  previousBillingCycles: z.number().int().min(0).max(12).nullish(),
  activeServiceLinesOnly: z.boolean().nullish(),
  queryStartDate: instant.nullish(),
});

export const optInResponse = z.object({
  productId: z.string(),
  activatedDate: instant,
  deactivatedDate: instant.nullable(),
  isInOptInCoolDown: z.boolean(),
});

export const partialPeriodResponse = z.object({
  productReferenceId: z.string(),
  periodStart: instant,
  periodEnd: instant,
});

const lineConsumed = z.object({ serviceLineNumber: z.string(), consumedAmountGB: gb });
const monthlyUsage = z.object({
  startDate: instant,
  endDate: instant,
  serviceLineUsage: z.array(lineConsumed),
});

export const dataBlock = z.object({
  productId: z.string(),
  startDate: instant,
  endDate: instant,
  isPrepaid: z.boolean(),
  blocksCount: z.number().int(),
  type: dataBlockType,
  dataAmountGB: gb,
});

export const dataPool = z.object({
  dataPoolId: z.string(),
  nickname: z.string().nullable(),
  automaticTopUpEnabled: z.boolean(),
  restricted: z.boolean(),
  dataProductType,
  dataBlocks: z.array(dataBlock),
  productId: z.string(),
});

export const dataBlockUsage = z.object({
  startDate: instant,
  endDate: instant,
  totalAmountGB: gb,
  consumedAmountGB: gb,
  perBlockAmountGB: gb,
  dataBlockType,
  productId: z.string(),
  blocksCount: z.number().int(),
  serviceLineUsage: z.array(lineConsumed),
  monthlyUsage: z.array(monthlyUsage),
});

export const dataPoolUsage = z.object({ dataPoolId: z.string(), dataBlocks: z.array(dataBlockUsage) });

/** A pool inside a line's data usage, in that older shape. */
export const publicPoolUsage = z.object({
  accountNumber: z.string(),
  dataPoolId: z.string(),
  lastUpdated: instant,
  dataBlocks: z.array(
    z.object({
      dataBlockId: z.string(),
      startDateUtc: instant,
      expirationDateUtc: instant,
      totalAmountGB: gb,
      consumedAmountGB: gb,
      perBlockAmountGB: gb,
      dataBlockType,
      productId: z.string(),
      blocksCount: z.number().int(),
      perBlockPrice: z.number(),
      totalPrice: z.number(),
      isoCurrencyCode: z.string(),
      serviceLineUsage: z.array(lineConsumed),
      monthlyUsage: z.array(monthlyUsage),
    }),
  ),
});

export const overageLine = z.object({
  restricted: z.number().int(),
  unrestricted: z.number().int(),
  pricePerGB: z.number(),
  usageLimitGB: z.number(),
  overageAmountGB: gb,
  consumedAmountGB: gb,
  overagePrice: z.number(),
  productId: z.string(),
  dataOverageType: z.number().int(),
  activeFrom: instant.nullable(),
});

export const dailyUsage = z.object({
  date: instant,
  priorityGB: gb,
  optInPriorityGB: gb,
  standardGB: gb,
  nonBillableGB: gb,
});

export const usageCycle = z.object({
  startDate: instant,
  endDate: instant,
  dailyDataUsage: z.array(dailyUsage),
  overageLines: z.array(overageLine),
  dataPoolUsage: z.array(publicPoolUsage),
  totalPriorityGB: gb,
  totalStandardGB: gb,
  totalOptInPriorityGB: gb,
  totalNonBillableGB: gb,
});

export const servicePlan = z.object({
  isoCurrencyCode: z.string().nullable(),
  isMobilePlan: z.boolean(),
  activeFrom: instant.nullable(),
  subscriptionActiveFrom: instant.nullable(),
  subscriptionEndDate: instant.nullable(),
  overageName: z.string(),
  overageDescription: z.string(),
  isOptedIntoOverage: z.boolean(),
  overageLineDeactivatedDate: instant.nullable(),
  overageLine: overageLine.nullable(),
  dataPoolUsage: publicPoolUsage.nullable(),
  productId: z.string(),
  usageLimitGB: z.number(),
  dataCategoryMapping: z.record(z.string(), z.number().int()),
});

export const lineDataUsage = z.object({
  accountNumber: z.string(),
  serviceLineNumber: z.string(),
  startDate: instant,
  endDate: instant,
  billingCycles: z.array(usageCycle),
  servicePlan,
  lastUpdated: instant.nullable(),
});

/** Data blocks of a line, as the service-line operations show them. */
export const blockSummary = z.object({
  productId: z.string().nullable(),
  startDate: instant,
  expirationDate: instant,
  count: z.number().int(),
  dataAmount: z.number(),
  dataUnitType: z.string().nullable(),
});

export const blocksSummary = z.object({
  recurringBlocksCurrentBillingCycle: z.array(blockSummary),
  recurringBlocksNextBillingCycle: z.array(blockSummary),
  delayedProductRecurringBlocksNextCycle: z.array(blockSummary),
  topUpBlocksOptInPurchase: z.array(blockSummary),
  topUpBlocksOneTimePurchase: z.array(blockSummary),
});

export type DataPoolView = z.infer<typeof dataPool>;
export type DataBlockUsageView = z.infer<typeof dataBlockUsage>;
export type PublicPoolUsage = z.infer<typeof publicPoolUsage>;
export type OverageLine = z.infer<typeof overageLine>;
export type UsageCycle = z.infer<typeof usageCycle>;
export type LineDataUsage = z.infer<typeof lineDataUsage>;
export type BlocksSummary = z.infer<typeof blocksSummary>;
