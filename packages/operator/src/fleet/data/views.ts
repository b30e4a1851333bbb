// SPDX-License-Identifier: MIT
import type { BillingDesk } from "../billing/billing-desk.ts";
import { type Cycle, dayMs } from "../billing/cycle.ts";
import { decimalsOf, inMajor } from "../billing/money.ts";
import { poolIdOf } from "../billing/pool-id.ts";
import { type AccountStory, eventsOf, type LineStory, phaseAt } from "../billing/story.ts";
import type { DataTerms, Terms } from "../billing/terms.ts";
import { accountNumberOf, lineNumberOf } from "../wire-ids.ts";
import type { DayUse, UsedBlock } from "./allot.ts";
import {
  type DataBlockUsageView,
  type DataPoolView,
  dataBucket,
  dataOverage,
  type LineDataUsage,
  type OverageLine,
  type PublicPoolUsage,
  type UsageCycle,
} from "./contract.ts";
import { autoTopUpAt, boughtIn, type CycleUse, drawsOnPool, optInAt } from "./cycle-use.ts";

const BYTES_PER_GB = 1e9;

/** Decimal gigabytes with two decimals, as the wire has them. */
export const inGB = (bytes: number): number => Math.round(bytes / (BYTES_PER_GB / 100)) / 100;

export const iso = (atMs: number): string => new Date(atMs).toISOString();

const sum = (numbers: Iterable<number>): number => Iterator.from(numbers).reduce((a, b) => a + b, 0);

/** Bytes that a block gave, by the number of the line. */
function consumedBy(block: UsedBlock): { serviceLineNumber: string; consumedAmountGB: number }[] {
  return Array.from(block.usedBytes, ([lineId, perDay]) => ({
    serviceLineNumber: lineNumberOf(lineId),
    consumedAmountGB: inGB(sum(perDay)),
  }));
}

/** A block as the wire shows its use; it ends with its cycle. */
function blockUse(block: UsedBlock, cycle: Cycle): DataBlockUsageView {
  const endDate = iso(cycle.untilMs);
  const serviceLineUsage = consumedBy(block);
  return {
    startDate: iso(cycle.fromMs + block.fromDay * dayMs),
    endDate,
    totalAmountGB: block.count * block.perBlockGB,
    consumedAmountGB: inGB(sum([...block.usedBytes.values()].map(sum))),
    perBlockAmountGB: block.perBlockGB,
    dataBlockType: block.kind,
    productId: block.productId,
    blocksCount: block.count,
    serviceLineUsage,
    monthlyUsage: [{ startDate: iso(cycle.fromMs), endDate, serviceLineUsage }],
  };
}

/** A pool and the use of its blocks. */
export const poolUsageView = (poolId: string, { cycle, pools }: CycleUse) => ({
  dataPoolId: poolId,
  dataBlocks: (pools.get(poolId)?.blocks ?? []).map(block => blockUse(block, cycle)),
});

/** A pool as the list of pools shows it. It is restricted once nothing is left in it and nothing is bought. */
export function poolView(
  desk: BillingDesk,
  story: AccountStory,
  productId: string,
  use: CycleUse,
): DataPoolView {
  const poolId = poolIdOf(story.accountId, productId);
  const blocks = use.pools.get(poolId)?.blocks ?? [];
  const topUp = autoTopUpAt(story, poolId, desk.time.nowMs());
  const bytes = sum(blocks.map(block => block.count * block.perBlockGB * BYTES_PER_GB));
  const used = sum(blocks.flatMap(block => [...block.usedBytes.values()].map(sum)));
  return {
    dataPoolId: poolId,
    nickname: null,
    automaticTopUpEnabled: topUp !== null,
    restricted: topUp === null && blocks.length > 0 && used >= bytes,
    dataProductType: desk.prices.typeOf(productId),
    dataBlocks: blocks.map(block => ({
      productId: block.productId,
      startDate: iso(use.cycle.fromMs + block.fromDay * dayMs),
      endDate: iso(use.cycle.untilMs),
      isPrepaid: block.kind !== "Overage",
      blocksCount: block.count,
      type: block.kind,
      dataAmountGB: block.count * block.perBlockGB,
    })),
    productId,
  };
}

/** Products of an account's lines that data can be added to: each has a pool, empty or not. */
export function pooledProducts(desk: BillingDesk, { lines }: AccountStory): string[] {
  const products = new Set(lines.flatMap(line => line.phases.map(phase => phase.productId)));
  return [...products].filter(id => (desk.prices.terms(id)?.blocks.length ?? 0) > 0).toSorted();
}

/** What a line's data use was, cycle by cycle, the latest first. */
export function lineUsageView(
  desk: BillingDesk,
  story: AccountStory,
  line: LineStory,
  uses: readonly CycleUse[],
): LineDataUsage {
  const nowMs = desk.time.nowMs();
  const cycles = uses.map(use => use.cycle);
  const billingCycles = uses.map(use => cycleView(desk, story, line, use));
  const first = line.phases[0]!;
  const last = phaseAt(line, nowMs) ?? first;
  const product = desk.prices.terms(last.productId);
  const running = uses.find(use => use.cycle.fromMs <= nowMs && nowMs < use.cycle.untilMs);
  const optIns = eventsOf(story, line.lineId, ["optIn", "optOut"], nowMs);
  const out = optIns.at(-1)?.kind === "optOut" ? optIns.at(-1)! : null;
  return {
    accountNumber: accountNumberOf(story.accountId),
    serviceLineNumber: lineNumberOf(line.lineId),
    startDate: iso(Math.min(...cycles.map(cycle => cycle.fromMs))),
    endDate: iso(Math.max(...cycles.map(cycle => cycle.untilMs))),
    billingCycles,
    servicePlan: {
      isoCurrencyCode: product?.currency ?? null,
      isMobilePlan: product?.mobile ?? false,
      activeFrom: iso(last.fromMs),
      subscriptionActiveFrom: iso(first.fromMs),
      subscriptionEndDate: last.state === "ended" ? iso(last.fromMs) : null,
      overageName: product?.topUp === null || product === undefined ? "None" : "Priority data by the block",
      overageDescription: overageWords(product),
      isOptedIntoOverage: optInAt(story, line.lineId, nowMs) !== null,
      overageLineDeactivatedDate: out === null ? null : iso(out.atMs),
      overageLine: billingCycles[0]?.overageLines[0] ?? null,
      dataPoolUsage: billingCycles[0]?.dataPoolUsage[0] ?? null,
      productId: last.productId,
      usageLimitGB: running === undefined ? 0 : limitGB(story, line, running, nowMs),
      dataCategoryMapping: {},
    },
    lastUpdated: iso(nowMs),
  };
}

const overageWords = (product: Terms | undefined): string =>
  product?.topUp == null
    ? "Beyond its priority data the line goes on with standard data."
    : `Opted in, the line buys ${product.topUp.dataGB} GB at a time when its priority data are used up.`;

/** The priority data of a line in a cycle, or the size of its pool where it draws on one. */
function limitGB(story: AccountStory, line: LineStory, use: CycleUse, atMs: number): number {
  const own = use.lines.get(line.lineId)?.blocks ?? [];
  const pool = drawsOnPool(story, line, atMs) ? poolBlocks(story, line, use) : [];
  const blocks = pool.length > 0 ? pool : own;
  return sum(blocks.map(block => (block.kind === "Overage" ? 0 : block.count * block.perBlockGB)));
}

function poolBlocks(story: AccountStory, line: LineStory, { cycle, pools }: CycleUse): readonly UsedBlock[] {
  const productId = phaseAt(line, cycle.untilMs - 1)?.productId;
  return productId === undefined ? [] : (pools.get(poolIdOf(story.accountId, productId))?.blocks ?? []);
}

function cycleView(desk: BillingDesk, story: AccountStory, line: LineStory, use: CycleUse): UsageCycle {
  const { cycle } = use;
  const mine = use.lines.get(line.lineId);
  const days = mine?.days ?? [];
  const total = (what: keyof DayUse): number => inGB(sum(days.map(day => day[what])));
  const overage = overageView(desk, story, line, cycle, mine?.blocks ?? []);
  const pool = poolInLine(desk, story, line, use);
  return {
    startDate: iso(cycle.fromMs),
    endDate: iso(cycle.untilMs),
    dailyDataUsage: days.map((day, i) => ({
      date: iso(cycle.fromMs + i * dayMs),
      priorityGB: inGB(day.priority),
      optInPriorityGB: inGB(day.optIn),
      standardGB: inGB(day.standard),
      nonBillableGB: 0,
    })),
    overageLines: overage === null ? [] : [overage],
    dataPoolUsage: pool === null ? [] : [pool],
    totalPriorityGB: total("priority"),
    totalStandardGB: total("standard"),
    totalOptInPriorityGB: total("optIn"),
    totalNonBillableGB: 0,
  };
}

function overageView(
  desk: BillingDesk,
  story: AccountStory,
  line: LineStory,
  cycle: Cycle,
  blocks: readonly UsedBlock[],
): OverageLine | null {
  const atMs = Math.min(cycle.untilMs - 1, desk.time.nowMs());
  const lastIn = eventsOf(story, line.lineId, ["optIn"], atMs).at(-1);
  if (lastIn === undefined) return null;
  const bought = boughtIn(blocks);
  const { terms } = lastIn;
  const count = sum(bought.map(block => block.count));
  const mobile = desk.prices.terms(phaseAt(line, atMs)?.productId ?? "")?.mobile ?? false;
  return {
    restricted: mobile ? dataBucket.MobileRestricted : dataBucket.FixedRestricted,
    unrestricted: mobile ? dataBucket.MobileUnrestricted : dataBucket.FixedUnrestricted,
    pricePerGB: pricePerGB(terms),
    usageLimitGB: 0,
    overageAmountGB: sum(bought.map(block => block.count * block.perBlockGB)),
    consumedAmountGB: inGB(sum(bought.flatMap(block => [...block.usedBytes.values()].map(sum)))),
    overagePrice: inMajor(count * terms.priceMinor, terms.currency),
    productId: terms.productId,
    dataOverageType: dataOverage.PriorityPerGb,
    activeFrom: iso(lastIn.atMs),
  };
}

/** To two digits more than the currency has, for a gigabyte often costs less than a cent's worth of exactness. */
const pricePerGB = ({ priceMinor, currency, dataGB }: DataTerms): number =>
  Number((inMajor(priceMinor, currency) / dataGB).toFixed(decimalsOf(currency) + 2));

function poolInLine(
  desk: BillingDesk,
  story: AccountStory,
  line: LineStory,
  use: CycleUse,
): PublicPoolUsage | null {
  const { cycle } = use;
  const atMs = Math.min(cycle.untilMs - 1, desk.time.nowMs());
  const blocks = poolBlocks(story, line, use);
  const productId = phaseAt(line, atMs)?.productId;
  if (productId === undefined || blocks.length === 0 || !drawsOnPool(story, line, atMs)) return null;
  const dataPoolId = poolIdOf(story.accountId, productId);
  return {
    accountNumber: accountNumberOf(story.accountId),
    dataPoolId,
    lastUpdated: iso(desk.time.nowMs()),
    dataBlocks: blocks.map((block, i) => {
      const { startDate, endDate, ...rest } = blockUse(block, cycle);
      const price = priceOf(story, block, dataPoolId, atMs);
      return {
        dataBlockId: `${dataPoolId}-${iso(cycle.fromMs).slice(0, 10)}-${i}`,
        startDateUtc: startDate,
        expirationDateUtc: endDate,
        ...rest,
        perBlockPrice: price === null ? 0 : inMajor(price.priceMinor, price.currency),
        totalPrice: price === null ? 0 : inMajor(price.priceMinor * block.count, price.currency),
        isoCurrencyCode: price?.currency ?? "XXX",
      };
    }),
  };
}

/** What was agreed about a block of a pool when it was bought. */
function priceOf(story: AccountStory, block: UsedBlock, poolId: string, atMs: number): DataTerms | null {
  if (block.kind === "Overage") return autoTopUpAt(story, poolId, atMs);
  const bought = story.events.findLast(
    event =>
      event.kind === "recurring" &&
      event.poolId === poolId &&
      event.blocks.some(({ productId }) => productId === block.productId),
  );
  return bought?.kind === "recurring"
    ? (bought.blocks.find(({ productId }) => productId === block.productId) ?? null)
    : null;
}
