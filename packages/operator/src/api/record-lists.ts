// SPDX-License-Identifier: MIT
import type { Permission, RecordKind } from "@perigee/authority";

/** A kind of record that people list: where, with which permission, and what of it is shown to them. */
export interface RecordList {
  readonly kind: RecordKind;
  /** Under `/v1/`. */
  readonly path: string;
  readonly permission: Permission;
  readonly title: string;
  /** Members left out for who lacks {@link RecordList.fullPermission}. */
  readonly hidden?: readonly string[];
  readonly fullPermission?: Permission;
  /** Marks a record that is shown only by its id to who lacks {@link RecordList.fullPermission}. */
  readonly sealedBy?: string;
}

/** Every list of records. Terminals, orders, decisions and the ledger have addresses of their own. */
export const recordLists: readonly RecordList[] = [
  { kind: "party", path: "parties", permission: "parties.read", title: "Persons and organisations" },
  { kind: "account", path: "accounts", permission: "parties.read", title: "Customers' accounts" },
  { kind: "serviceLine", path: "service-lines", permission: "parties.read", title: "Service lines" },
  { kind: "address", path: "addresses", permission: "parties.read", title: "Places with service" },
  { kind: "contact", path: "contacts", permission: "parties.read", title: "Who speaks for accounts" },
  { kind: "screening", path: "screenings", permission: "parties.read", title: "Screenings of parties" },
  { kind: "case", path: "cases", permission: "cases.read", title: "Cases" },
  { kind: "caseReport", path: "case-reports", permission: "cases.read", title: "What was reported" },
  { kind: "custody", path: "custody", permission: "terminals.read", title: "Terminals from hand to hand" },
  { kind: "programme", path: "programmes", permission: "parties.read", title: "Donation programmes" },
  { kind: "donation", path: "donations", permission: "parties.read", title: "Donated terminals" },
  { kind: "countClaim", path: "count-claims", permission: "parties.read", title: "Who says how many" },
  { kind: "sponsorship", path: "sponsorships", permission: "parties.read", title: "Who pays for whom" },
  { kind: "reseller", path: "resellers", permission: "parties.read", title: "Who may sell where" },
  {
    kind: "operatorArea",
    path: "operator-areas",
    permission: "areas.read",
    title: "Areas the operator drew",
  },
  { kind: "areaMove", path: "area-moves", permission: "areas.read", title: "What happened to areas" },
  {
    kind: "areaRequest",
    path: "area-requests",
    permission: "areas.read",
    title: "Requests and lawful orders",
    sealedBy: "sealed",
    fullPermission: "sealed.read",
  },
  {
    kind: "sealedPolicy",
    path: "sealed-policies",
    permission: "areas.read",
    title: "Rules whose content is not published yet",
    hidden: ["content", "salt"],
    fullPermission: "sealed.read",
  },
  { kind: "proposal", path: "proposals", permission: "approvals.read", title: "What waits for approval" },
  { kind: "breakGlass", path: "break-glass", permission: "approvals.read", title: "Emergency acts" },
  { kind: "bulkOrder", path: "bulk-orders", permission: "orders.read", title: "Orders about many terminals" },
  {
    kind: "txOff",
    path: "silences",
    permission: "orders.read",
    title: "Orders to transmitters to be silent",
  },
  { kind: "evidence", path: "evidence", permission: "evidence.read", title: "Evidence and its custody" },
  { kind: "finding", path: "findings", permission: "orders.read", title: "What investigations found" },
  { kind: "notice", path: "notices", permission: "orders.read", title: "What holders were told" },
  { kind: "appeal", path: "appeals", permission: "orders.read", title: "Appeals" },
  {
    kind: "allowListApplication",
    path: "allow-list-applications",
    permission: "areas.read",
    title: "Applications for allow-lists",
  },
  { kind: "siteException", path: "site-exceptions", permission: "areas.read", title: "Site exceptions" },
  {
    kind: "licenceException",
    path: "licence-exceptions",
    permission: "areas.read",
    title: "Licences under laws that forbid",
  },
  { kind: "protectedSite", path: "protected-sites", permission: "areas.read", title: "Protected sites" },
];
