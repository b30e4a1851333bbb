// SPDX-License-Identifier: MIT
import { type FleetAnswer, type FleetCall, notFound } from "../../operation.ts";

/** The account that a call about managed accounts starts from: the caller's own, or the one under it that it names. */
export function ancestorOf(
  { fleet: { ids }, account }: FleetCall,
  accountNumber: string | undefined,
): { readonly ok: true; readonly value: string } | (FleetAnswer<never> & { readonly ok: false }) {
  if (accountNumber === undefined) return { ok: true, value: account.id };
  const id = ids.accountOf(account.id, accountNumber);
  return id === null ? notFound("ancestorAccountNumber", accountNumber) : { ok: true, value: id };
}
