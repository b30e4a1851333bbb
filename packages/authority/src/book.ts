// SPDX-License-Identifier: MIT
import type { AreaMove } from "./areas/area-move.ts";
import type { AreaRequest } from "./areas/area-request.ts";
import type { OperatorArea } from "./areas/operator-area.ts";
import type { SealedPolicy } from "./areas/sealed-policy.ts";
import type { AllowListApplication } from "./decisions/allow-list-application.ts";
import type { Appeal } from "./decisions/appeal.ts";
import type { BreakGlass } from "./decisions/break-glass.ts";
import type { BulkOrder } from "./decisions/bulk-order.ts";
import type { Case } from "./decisions/case.ts";
import type { CaseReport } from "./decisions/case-report.ts";
import type { Evidence } from "./decisions/evidence.ts";
import type { LicenceException, ProtectedSite, SiteException } from "./decisions/exceptions.ts";
import type { Finding } from "./decisions/finding.ts";
import type { Notice } from "./decisions/notice.ts";
import type { Proposal } from "./decisions/proposal.ts";
import type { TxOff } from "./decisions/tx-off.ts";
import type { Order } from "./orders.ts";
import type { PolicyRecord } from "./policy-record.ts";
import type { Address } from "./registry/address.ts";
import type { Contact } from "./registry/contact.ts";
import type { CustodyEvent } from "./registry/custody.ts";
import type { CountClaim, Donation, Programme, Sponsorship } from "./registry/donation.ts";
import type { ResellerStatement } from "./registry/reseller.ts";
import type { Screening } from "./registry/screening.ts";
import type { ServiceLine } from "./registry/service-line.ts";
import type { Account, Party, Terminal } from "./terminal.ts";
import type { Statement } from "./territory.ts";

/** Every kind of record, and the shape of its document. The document's `id` is the record's. */
export interface RecordKinds {
  party: Party;
  account: Account;
  serviceLine: ServiceLine;
  address: Address;
  contact: Contact;
  terminal: Terminal;
  custody: CustodyEvent;
  programme: Programme;
  donation: Donation;
  sponsorship: Sponsorship;
  countClaim: CountClaim;
  reseller: ResellerStatement;
  screening: Screening;
  policy: PolicyRecord;
  statement: Statement;
  operatorArea: OperatorArea;
  areaMove: AreaMove;
  areaRequest: AreaRequest;
  sealedPolicy: SealedPolicy;
  order: Order;
  txOff: TxOff;
  bulkOrder: BulkOrder;
  proposal: Proposal;
  breakGlass: BreakGlass;
  evidence: Evidence;
  finding: Finding;
  notice: Notice;
  appeal: Appeal;
  allowListApplication: AllowListApplication;
  siteException: SiteException;
  licenceException: LicenceException;
  protectedSite: ProtectedSite;
  case: Case;
  caseReport: CaseReport;
}

export type RecordKind = keyof RecordKinds;

/** A record as it is from now on; `null` where it ceases to hold. What it was before stays on record. */
export type Change = {
  [K in RecordKind]: { readonly kind: K; readonly id: string; readonly document: RecordKinds[K] | null };
}[RecordKind];

/** The records that hold now, as a command reads them. */
export interface Book {
  get<K extends RecordKind>(kind: K, id: string): RecordKinds[K] | undefined;
  /** In the order in which they came to be on record. */
  all<K extends RecordKind>(kind: K): Iterable<RecordKinds[K]>;
  /**
   * Records of a kind about a subject: a terminal, account, party, area, territory or another record that they name.
   * In the order in which they came to be on record.
   */
  about<K extends RecordKind>(kind: K, subject: string): readonly RecordKinds[K][];
}
