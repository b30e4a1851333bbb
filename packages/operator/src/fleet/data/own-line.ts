// SPDX-License-Identifier: MIT
import type { BillingDesk } from "../billing/billing-desk.ts";
import { type AccountStory, type LinePhase, type LineStory, phaseAt } from "../billing/story.ts";
import { dataTerms, type Terms } from "../billing/terms.ts";
import { type FleetAnswer, type FleetCall, notFound, refused } from "../operation.ts";

type Refusal = FleetAnswer<never> & { readonly ok: false };
type Found<T> = { readonly ok: true; readonly value: T } | Refusal;

/** A service line of the caller's account, with everything that its data rest on. */
export interface OwnLine {
  readonly desk: BillingDesk;
  readonly number: string;
  readonly story: AccountStory;
  readonly line: LineStory;
  readonly phase: LinePhase;
  /** Terms of the product that it has; `undefined` where that is not sold. */
  readonly terms: Terms | undefined;
}

/** The line that the path of a call names. */
export async function ownLine({ fleet, account, path }: FleetCall): Promise<Found<OwnLine>> {
  const number = path["serviceLineNumber"]!;
  const lineId = fleet.ids.lineOf(account.id, number);
  const desk = fleet.desks.billing;
  const story = await desk.story(account.id);
  const line = story.lines.find(one => one.lineId === lineId);
  if (line === undefined) return notFound("serviceLineNumber", number);
  // The record may be a moment ahead of a clock that stands.
  const phase = phaseAt(line, desk.time.nowMs()) ?? line.phases[0]!;
  return { ok: true, value: { desk, number, story, line, phase, terms: desk.prices.terms(phase.productId) } };
}

/** The same, where something is to be bought for it: it must be in service. */
export async function activeLine(call: FleetCall): Promise<Found<OwnLine>> {
  const found = await ownLine(call);
  if (!found.ok || found.value.phase.state === "active") return found;
  return refused(
    "service_line_not_active",
    ["serviceLineNumber"],
    `Service line ${found.value.number} is ${found.value.phase.state}.`,
  );
}

/** Blocks that a request wants, with their terms, or the refusal of the first that the line's product has not. */
export function wantedBlocks(
  terms: Terms | undefined,
  wanted: readonly { readonly productId: string; readonly count: number }[],
  member: string,
) {
  const blocks = wanted.map(({ productId, count }) => ({
    found: dataTerms(terms, productId),
    productId,
    count,
  }));
  const missing = blocks.find(({ found }) => found === undefined);
  if (missing !== undefined) {
    const sentence = `Data product ${missing.productId} cannot be added to this line's product.`;
    return refused("invalid_data_product", [member], sentence);
  }
  const twice = wanted.find(({ productId }, i) => wanted.findIndex(one => one.productId === productId) < i);
  if (twice !== undefined) {
    return refused("duplicate_data_product", [member], `Data product ${twice.productId} stands twice.`);
  }
  return { ok: true, value: blocks.map(({ found, count }) => ({ ...found!, count })) } as const;
}
