// SPDX-License-Identifier: MIT
import type { Book } from "../book.ts";
import type { Terminal } from "../terminal.ts";
import type { AllowListApplication, StrawSignal } from "./allow-list-application.ts";

const dayMs = 86_400_000;

/** How long after a terminal changed hands an application is looked at. */
export const coolingOffMs = 14 * dayMs;

/** Applications of other holders that one payer may pay for before somebody looks. */
export const payerOfMany = 3;

/** An application as it is judged, before it has an id. */
export type Applied = Pick<
  AllowListApplication,
  "territory" | "terminalId" | "holder" | "payer" | "lane" | "atMs"
> & {
  /** What the applicant said when asked whether somebody had them apply; `null` where nobody asked. */
  readonly askedBySomebody: boolean | null;
  /** Whether the holder now has as many places as the cap allows, or more. */
  readonly atCap: boolean;
};

interface StrawRule {
  readonly text: string;
  readonly innocentReading: string;
  speaks(applied: Applied, terminal: Terminal, book: Book): boolean;
}

/**
 * Signs that somebody may stand for somebody else, each with whom it also fits without any fault of theirs (reference:
 * straw registrants of 2025 and 2026, most of whom were recruited and some coerced). A sign asks for a person's look; none
 * refuses, alone or together.
 */
export const strawRules: { readonly [rule: string]: StrawRule } = {
  recruited: {
    text: "The applicant says that somebody had them apply.",
    innocentReading: "A relative's helper, or a victim of coercion, who is to be protected and not refused.",
    speaks: ({ askedBySomebody }) => askedBySomebody === true,
  },
  maximum: {
    text: "One holder applies for as many terminals as the cap allows.",
    innocentReading: "A large household, or a volunteer who serves neighbours.",
    speaks: ({ atCap }) => atCap,
  },
  unusualPayer: {
    text: "Somebody pays who is neither the holder nor the account's holder nor a sponsor of the account.",
    innocentReading: "A poor household that a relative, an employer or a charity helps.",
    speaks: ({ payer, holder }, { accountId }, book) => {
      if (payer === null || payer === holder) return false;
      if (accountId === null) return true;
      if (book.get("account", accountId)?.holder === payer) return false;
      return !book.about("sponsorship", accountId).some(({ sponsor }) => sponsor === payer);
    },
  },
  payerOfMany: {
    text: "The same payer pays for applications of several holders.",
    innocentReading: "An aid organisation, a municipality or an employer.",
    speaks: ({ payer, holder }, _terminal, book) => {
      if (payer === null) return false;
      const holders = new Set([holder]);
      for (const other of book.all("allowListApplication"))
        if (other.payer === payer) holders.add(other.holder);
      holders.delete(payer);
      return holders.size >= payerOfMany;
    },
  },
  noPriorUse: {
    text: "The terminal has never been in service.",
    innocentReading: "A new terminal, bought or given because service is needed now.",
    speaks: (_applied, { state }) => ["manufactured", "sold", "registered", "verified"].includes(state),
  },
  coolingOff: {
    text: "The terminal came to this holder less than 14 days ago.",
    innocentReading: "A donation, a replacement, or a purchase on the occasion of the list.",
    speaks: ({ holder, terminalId, atMs }, _terminal, book) =>
      book
        .about("custody", terminalId)
        .some(event => event.toParty === holder && event.atMs <= atMs && atMs - event.atMs < coolingOffMs),
  },
  otherUser: {
    text: "Somebody else than the holder is on record as the user.",
    innocentReading: "A family, a clinic's staff, or a donation for others.",
    speaks: (_applied, { user, holder }) => user !== null && user !== holder,
  },
  secondName: {
    text: "Another holder applied for the same terminal before.",
    innocentReading: "It was sold or given on, as terminals are.",
    speaks: ({ terminalId, holder }, _terminal, book) =>
      book.about("allowListApplication", terminalId).some(other => other.holder !== holder),
  },
};

/** The signs that an application shows, in the table's order. The forces' lane has its own approvers and no signs. */
export function strawSignals(applied: Applied, terminal: Terminal, book: Book): readonly StrawSignal[] {
  if (applied.lane === "forces") return [];
  return Object.entries(strawRules)
    .filter(([, rule]) => rule.speaks(applied, terminal, book))
    .map(([rule, { text, innocentReading }]) => ({ rule, text, innocentReading }));
}
