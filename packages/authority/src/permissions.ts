// SPDX-License-Identifier: MIT
import { type Actor, type Role, roles } from "./actor.ts";

/**
 * Who has a permission: the roles named; every customer, about their own things, once the portal has established who
 * they are; or everyone, signed in or not.
 */
export type Holder = readonly Role[] | "customers" | "everyone";

interface PermissionRule {
  /** What it lets one do. */
  readonly sentence: string;
  readonly holder: Holder;
}

const all = Object.keys(roles) as Role[];
const readers = all.filter(role => role !== "admin");

/**
 * Everything that can be permitted, one rule each. Each address of the API names exactly one of these.
 *
 * Nobody both asks for what needs approval and approves it by role alone, and whoever gives roles decides nothing.
 */
export const permissions = {
  public: { sentence: "Signs in; sees what is published.", holder: "everyone" },
  portal: { sentence: "Sees and manages one's own terminals, as a customer.", holder: "customers" },
  fleet: {
    sentence: "Manages one's own terminals by a program, through the operator API V2.",
    holder: "customers",
  },
  self: { sentence: "Manages one's own password and keys.", holder: all },
  "network.read": { sentence: "Sees satellites, ground, plans and their figures.", holder: all },
  "terminals.read": {
    sentence: "Sees terminals and why they may be online, by country and large cell.",
    holder: all,
  },
  "positions.read": {
    sentence: "Sees where a terminal is; each read is recorded.",
    holder: ["operator", "compliance", "approver", "auditor"],
  },
  "terminals.change": { sentence: "Registers, moves and retires terminals.", holder: ["operator"] },
  "orders.read": { sentence: "Sees orders and who gave them.", holder: all },
  "orders.suspend": {
    sentence: "Suspends one terminal for at most 72 hours, and restores it.",
    holder: ["compliance"],
  },
  "orders.request": { sentence: "Asks for an order that others must approve.", holder: ["compliance"] },
  "evidence.add": {
    sentence: "Enters evidence with its bytes, and what happens to it in custody.",
    holder: ["compliance"],
  },
  "evidence.read": {
    sentence: "Sees evidence and its bytes; each read of the bytes is recorded.",
    holder: ["compliance", "approver", "auditor"],
  },
  "cases.report": {
    sentence: "Hands in what somebody reported, or a detector saw.",
    holder: ["operator", "compliance"],
  },
  "cases.read": {
    sentence: "Sees cases, candidates and what was found; each read of a report is recorded.",
    holder: ["compliance", "approver", "auditor"],
  },
  "cases.work": { sentence: "Triages, investigates, concludes and closes cases.", holder: ["compliance"] },
  "approvals.read": { sentence: "Sees what waits for approval, and what was decided.", holder: readers },
  "approvals.decide": { sentence: "Approves or refuses what others asked for.", holder: ["approver"] },
  "areas.read": { sentence: "Sees statements about territories and their history.", holder: all },
  "areas.change": {
    sentence: "Enters statements and requests about areas, and decides on them.",
    holder: ["compliance"],
  },
  "policy.plan": {
    sentence: "Sees what another policy would change, before it does.",
    holder: ["operator", "compliance", "approver", "auditor"],
  },
  "policy.apply": { sentence: "Puts a policy in force.", holder: ["compliance"] },
  "parties.read": { sentence: "Sees parties, accounts and service lines.", holder: readers },
  "parties.change": {
    sentence: "Enters and changes parties, accounts and service lines.",
    holder: ["operator"],
  },
  "screening.decide": { sentence: "Decides whether a name on a list is the party.", holder: ["compliance"] },
  "allowLists.decide": { sentence: "Puts terminals on an area's allow-list.", holder: ["compliance"] },
  "allowLists.decideForces": {
    sentence: "Decides on the forces' own lane of an allow-list.",
    holder: ["approver"],
  },
  "appeals.decide": { sentence: "Decides appeals.", holder: ["compliance"] },
  breakGlass: {
    sentence: "Acts at once where approval would come too late; it is reviewed afterwards.",
    holder: ["compliance"],
  },
  "ledger.read": { sentence: "Sees the ledger, its heads and proofs.", holder: all },
  "ledger.cosign": { sentence: "Hands in a witness's signature under a head.", holder: ["auditor"] },
  "sealed.read": {
    sentence: "Sees what is sealed.",
    holder: ["compliance", "approver", "auditor"],
  },
  "elements.change": { sentence: "Loads elements of satellites.", holder: ["operator"] },
  "faults.use": { sentence: "Injects faults, where the operator allows any.", holder: ["operator"] },
  "telemetry.read": { sentence: "Sees what terminals measure.", holder: readers },
  "people.read": { sentence: "Sees who works here, by name and roles.", holder: all },
  "people.manage": { sentence: "Adds people, gives and takes their roles.", holder: ["admin"] },
  "keys.manage": { sentence: "Sees, makes and revokes keys for anybody.", holder: ["admin"] },
  "audit.read": {
    sentence: "Sees who read where terminals are, and who read evidence.",
    holder: ["auditor"],
  },
} as const satisfies Record<string, PermissionRule>;

export type Permission = keyof typeof permissions;

/** In the order of the table. */
export const permissionNames = Object.keys(permissions) as readonly Permission[];

export const holderOf = (permission: Permission): Holder => permissions[permission].holder;

/**
 * Whether someone has a permission by their roles.
 *
 * @param actor `null`: nobody signed in.
 * @returns for `portal` and `fleet` always `false`: being a customer is not a role, so the portal decides about that itself.
 */
export function allows(actor: Pick<Actor, "roles"> | null, permission: Permission): boolean {
  const holder = holderOf(permission);
  if (holder === "everyone") return true;
  if (holder === "customers" || actor === null) return false;
  return actor.roles.some(role => holder.includes(role));
}

/** Why someone may not, in words: what is needed, who has it, and what they are. */
export function refusalText(actor: Pick<Actor, "name" | "roles"> | null, permission: Permission): string {
  const holder = holderOf(permission);
  const needed = `This needs the permission ${permission}`;
  if (holder === "everyone") return `${needed}, which everyone has.`;
  const who =
    holder === "customers"
      ? "customers have"
      : `${rolesText(holder)} ${holder.length === 1 ? "has" : "have"}`;
  if (actor === null) return `${needed}, which ${who}. Nobody is signed in.`;
  return `${needed}, which ${who}; ${actor.name} has ${rolesText(actor.roles)}.`;
}

function rolesText(own: readonly Role[]): string {
  if (own.length === 0) return "no role";
  return `the role${own.length === 1 ? "" : "s"} ${enumerate(own)}`;
}

function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The table for people: each permission, what it lets one do, and who has it; Markdown. */
export function permissionsTable(): string {
  const rows = permissionNames.map(name => {
    const { sentence, holder } = permissions[name];
    const who =
      typeof holder === "string" ? holder : holder.length === all.length ? "every role" : holder.join(", ");
    return [`\`${name}\``, sentence, who];
  });
  return markdownTable([["permission", "lets one do", "who has it"], ...rows]);
}

/** The table of roles, Markdown. */
export function rolesTable(): string {
  return markdownTable([["role", "what it is for"], ...all.map(role => [`\`${role}\``, roles[role]])]);
}

function markdownTable([head, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [line(head!), line(head!.map(() => "---")), ...rows.map(line)].join("");
}
