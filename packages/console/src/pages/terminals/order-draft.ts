// SPDX-License-Identifier: MIT
import type { OrderRequest } from "@perigee/operator/contract";

/** What a person has typed into the order form, as typed. */
export interface OrderDraft {
  readonly ground: string;
  readonly hours: string;
}

/** A sentence per field that cannot be sent as it is. */
export type DraftErrors = Readonly<Partial<Record<keyof OrderDraft, string>>>;

export const EMPTY_DRAFT: OrderDraft = { ground: "", hours: "24" };

/** The same bounds as the contract's `orderRequest`; the operator checks again. */
export function checkDraft(kind: OrderRequest["kind"], draft: OrderDraft): DraftErrors {
  const ground = draft.ground.trim().length;
  const hours = Number(draft.hours);
  const wrongHours = !Number.isInteger(hours) || hours < 1 || hours > 72;
  return {
    ...(ground < 10 ? { ground: `Give the ground in at least 10 characters; ${10 - ground} to go.` } : {}),
    ...(ground > 500 ? { ground: "At most 500 characters." } : {}),
    ...(kind === "suspend" && wrongHours ? { hours: "A whole number of hours from 1 to 72." } : {}),
  };
}

/** The body to send; only for a draft without errors. */
export function toRequest(kind: OrderRequest["kind"], terminalId: string, draft: OrderDraft): OrderRequest {
  return {
    kind,
    terminalId,
    ground: draft.ground.trim(),
    ...(kind === "suspend" ? { hours: Number(draft.hours) } : {}),
  };
}
