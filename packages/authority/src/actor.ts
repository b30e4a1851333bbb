// SPDX-License-Identifier: MIT

/** What a person may be allowed to do here, one sentence each. A person may have several. */
export const roles = {
  viewer: "Reads everything but positions and what is sealed.",
  operator: "Runs the service: accounts, terminals, plans, service lines, elements.",
  compliance: "Decides about areas, allow-lists, screening, orders and appeals; suspends.",
  approver:
    "Approves or refuses what needs a second and a third person; decides the forces' lane of allow-lists.",
  auditor: "Reads everything, positions and sealed records included, and changes nothing.",
  admin: "Gives and takes roles and keys; decides nothing about service.",
} as const;

export type Role = keyof typeof roles;

/** Who acts: a person or program that signed in, or the system itself when a term ends. */
export interface Actor {
  /** Stable id of the person; two actors are the same person exactly when their ids are equal. */
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What happens by itself: terms that end, leases that are renewed, counters that run out. */
export const theSystem: Actor = { id: "system", name: "Perigee", roles: [] };
