// SPDX-License-Identifier: MIT
import type { ReactNode } from "react";
import { AccountDetail, AccountTable } from "./accounts.tsx";
import { ProgrammeDetail, ProgrammeTable } from "./donations.tsx";
import { PartyDetail, PartyTable } from "./parties.tsx";
import { ResellerDetail, ResellerTable } from "./resellers.tsx";
import { ScreeningDetail, ScreeningTable } from "./screenings.tsx";
import { LineDetail, LineTable } from "./service-lines.tsx";
import { SponsorshipDetail, SponsorshipTable } from "./sponsorships.tsx";

export type AccountTab =
  | "parties"
  | "accounts"
  | "lines"
  | "screenings"
  | "sponsorships"
  | "donations"
  | "resellers";

/** The lists of the page, what each says, and the detail of one record of each. */
export const ACCOUNT_LISTS: readonly {
  readonly tab: AccountTab;
  readonly title: string;
  readonly says: string;
  readonly table: () => ReactNode;
  readonly detail: (id: string) => ReactNode;
}[] = [
  {
    tab: "parties",
    title: "Parties",
    says: "Persons and organisations. Who gave a terminal, whose it is and who uses it are three parties.",
    table: () => <PartyTable />,
    detail: id => <PartyDetail id={id} />,
  },
  {
    tab: "accounts",
    title: "Accounts",
    says: "What a party answers for. An account may be managed by another one.",
    table: () => <AccountTable />,
    detail: id => <AccountDetail id={id} />,
  },
  {
    tab: "lines",
    title: "Service lines",
    says: "Subscriptions: one plan, at an address or on the move, for at most one terminal at a time.",
    table: () => <LineTable />,
    detail: id => <LineDetail id={id} />,
  },
  {
    tab: "screenings",
    title: "Screenings",
    says: "Names that resemble a name on a list. A score orders the work; only a person decides.",
    table: () => <ScreeningTable />,
    detail: id => <ScreeningDetail id={id} />,
  },
  {
    tab: "sponsorships",
    title: "Sponsorships",
    says: "Who pays for whom, until when. The end of a payment is no ground for cutting anybody off.",
    table: () => <SponsorshipTable />,
    detail: id => <SponsorshipDetail id={id} />,
  },
  {
    tab: "donations",
    title: "Donations",
    says: "Programmes that gave terminals away. How many is what somebody says: counts that differ stand side by side.",
    table: () => <ProgrammeTable />,
    detail: id => <ProgrammeDetail id={id} />,
  },
  {
    tab: "resellers",
    title: "Resellers",
    says: "Who may sell where, and dated statements that somebody, or nobody at all, may.",
    table: () => <ResellerTable />,
    detail: id => <ResellerDetail id={id} />,
  },
];
