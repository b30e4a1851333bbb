// SPDX-License-Identifier: MIT
import type { Actor, Role } from "@perigee/authority";

const person = (id: string, name: string, ...roles: Role[]): Actor => ({ id, name, roles });

/** Who works on the case. Nobody approves or judges their own; the customer is no role, and appeals through the portal. */
export const staff = {
  investigator: person("ida", "Ida Norling", "compliance"),
  approver: person("per", "Per Aske", "approver"),
  otherApprover: person("lea", "Lea Brandt", "approver"),
  /** Had no part in any order of the case. */
  reviewer: person("tom", "Tom Reid", "compliance"),
  clerk: person("jon", "Jon Fell", "operator"),
  customer: person("customer", "A customer"),
} as const;
