// SPDX-License-Identifier: MIT
import { type RuleId, ruleIds } from "../../grounds.ts";
import { type ReasonCode, reasonOrder } from "../../reasons.ts";

/**
 * A ground as one integer: the rule in the upper six bits, and below what the rule speaks of: the position in the
 * policy of a statement, allow-list, speed cap or guard band, of an order in the terminal's own list, or for parties
 * and silent axes their part or axis.
 */
export function groundCode(rule: RuleId, reference = 0): number {
  return ruleNumbers[rule] * 2 ** referenceBits + reference;
}

const referenceBits = 26;

const ruleNumbers = Object.fromEntries(ruleIds.map((rule, number) => [rule, number])) as {
  readonly [R in RuleId]: number;
};

/** A ground code taken apart. */
export function readGroundCode(code: number): { readonly rule: RuleId; readonly reference: number } {
  return { rule: ruleIds[code >>> referenceBits]!, reference: code & (2 ** referenceBits - 1) };
}

/** Ground codes one after the other, in an array that grows. */
export class GroundCodes {
  codes = new Uint32Array(1024);
  length = 0;

  push(code: number): void {
    if (this.length === this.codes.length) this.#grow(1);
    this.codes[this.length++] = code;
  }

  pushAll(codes: Uint32Array): void {
    const count = codes.length;
    if (this.length + count > this.codes.length) this.#grow(count);
    for (let i = 0; i < count; i++) this.codes[this.length++] = codes[i]!;
  }

  #grow(by: number): void {
    const grown = new Uint32Array(Math.max(2 * this.codes.length, this.length + by));
    grown.set(this.codes);
    this.codes = grown;
  }
}

/** The rule of every reason that has a single one and speaks of nothing but the terminal. */
const singleRules: { readonly [R in ReasonCode]?: RuleId } = {
  AUTH_FAILED: "identity.failed",
  TERMINAL_RETIRED: "terminal.retired",
  TERMINAL_DEACTIVATED: "terminal.deactivated",
  CLONE_SUSPECT: "terminal.clone",
  EMERGENCY: "emergency.call",
  IDENTITY_UNPROVED: "identity.unproved",
  ACCOUNT_CLOSED: "account.closed",
  TERMINAL_SEIZED: "terminal.seized",
  TERMINAL_LOST: "terminal.lost",
  TERMINAL_RESTRICTED: "terminal.restriction",
  TERMINAL_SUSPENDED: "terminal.suspension",
  TERMINAL_PAUSED: "terminal.paused",
  LOCATION_INCONSISTENT: "location.verdict",
  PLAN_OCEAN: "plan.ocean",
  PLAN_ADDRESS: "plan.address",
  PLAN_COUNTRY: "plan.country",
  ROAM_EXPIRED: "plan.roamDays",
  LOCATION_INSUFFICIENT: "location.verdict",
  LOCATION_STALE: "location.stale",
};

/** By number of the reason: the code of its only ground, or -1 where the grounds must be looked up. */
export const singleCodes: Float64Array = Float64Array.from(reasonOrder, code => {
  const rule = singleRules[code];
  return rule === undefined ? -1 : groundCode(rule);
});
