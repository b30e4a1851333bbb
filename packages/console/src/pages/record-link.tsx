// SPDX-License-Identifier: MIT
import { Link, useSearchParams } from "wouter";
import { pageHref } from "../app/view-options.ts";

/** Lists that a record can be looked up in, by the page and tab that show it. */
const PLACES = {
  party: ["/accounts", "parties"],
  account: ["/accounts", "accounts"],
  serviceLine: ["/accounts", "lines"],
  sponsorship: ["/accounts", "sponsorships"],
  programme: ["/accounts", "donations"],
  screening: ["/accounts", "screenings"],
  notice: ["/orders", "notices"],
  appeal: ["/orders", "appeals"],
  finding: ["/orders", "findings"],
  case: ["/cases", "cases"],
  order: ["/orders", "orders"],
  bulkOrder: ["/orders", "bulk"],
} as const;

export type LinkedKind = keyof typeof PLACES;

/** A record by its id, with the way to it; `null` is nobody and nothing. */
export function RecordLink({ kind, id }: { kind: LinkedKind; id: string | null }) {
  const [parameters] = useSearchParams();
  if (id === null) return <span className="quiet">–</span>;
  const [path, tab] = PLACES[kind];
  const base = pageHref(path, parameters);
  return (
    <Link href={`${base}${base.includes("?") ? "&" : "?"}tab=${tab}&id=${encodeURIComponent(id)}`}>{id}</Link>
  );
}

/** The address of a record of a kind that has a page; `null`: it has none. */
export function linkedKind(kind: string): LinkedKind | null {
  return kind in PLACES ? (kind as LinkedKind) : null;
}
