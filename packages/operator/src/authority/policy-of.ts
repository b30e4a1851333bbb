// SPDX-License-Identifier: MIT
import { type Book, type Policy, policyInForce } from "@perigee/authority";
import { views } from "../boundary.ts";

/** The policy that the records give. */
export function policyOf(book: Book): Policy {
  const policy = policyInForce(book, views);
  // Commands keep the records such that a policy can be made of them; a store that cannot is damaged.
  if (!policy.ok) throw new Error(`no policy can be made of the records: ${policy.error.message}`);
  return policy.value;
}
