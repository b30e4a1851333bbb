// SPDX-License-Identifier: MIT
// The operator's records about terminals: whose they are by the papers. Grey-market units look like volunteers' there.
import type { Account, Change, HolderClass, Party, Terminal } from "@perigee/authority";
import { manufactureTerminal } from "@perigee/authority";
import { type AllowListed, towns, zoneId } from "./area.ts";
import { dayMs, startMs } from "./calendar.ts";
import type { Field } from "./field.ts";
import type { Role, Scenario, TrueTerminal } from "./scenario.ts";

const longAgoMs = startMs - 400 * dayMs;

/** Country of the account, and how many terminals one holder has, by who buys. */
const buyers: { readonly [R in Role]: { readonly country: string; readonly each: number } } = {
  forces: { country: "UA", each: 12 },
  civilian: { country: "UA", each: 1 },
  leftBehind: { country: "UA", each: 1 },
  hospital: { country: "UA", each: 4 },
  donated: { country: "UA", each: 10 },
  volunteer: { country: "PL", each: 2 },
  grey: { country: "PL", each: 3 },
};

const holderNames: { readonly [R in Role]: string } = {
  forces: "Demonstration Battalion",
  civilian: "Resident",
  leftBehind: "Resident",
  hospital: "Town Hospital of the Demonstration",
  donated: "Community Centre",
  volunteer: "Buyer",
  grey: "Buyer",
};

/** Parties, accounts, terminals, papers and the list of the zone, as a register would have them. */
export function registryOf({ truth }: Scenario, field: Field): readonly Change[] {
  const changes: Change[] = [];
  const put = (kind: Change["kind"], document: { readonly id: string }): void => {
    changes.push({ kind, id: document.id, document } as Change);
  };
  put("party", party("foundation", "Foundation of the Demonstration", "PL"));
  put("programme", {
    ...{ id: "programme-1", title: "Kits for towns", donor: "foundation" },
    ...{ fromMs: longAgoMs, toMs: null },
  } as { id: string });
  const counts = new Map<Role, number>();
  for (const terminal of truth) {
    const { role, id, kitNumber, cameMs } = terminal;
    const number = counts.get(role) ?? 0;
    counts.set(role, number + 1);
    const { country, each } = buyers[role];
    // Buyers of two kinds share one series: a number tells nobody from another.
    const series = role === "grey" ? "volunteer" : role === "leftBehind" ? "civilian" : role;
    const holder = `${series}-${role === "grey" || role === "leftBehind" ? 500 - Math.floor(number / each) : Math.floor(number / each)}`;
    if (number % each === 0) {
      put("party", party(holder, `${holderNames[role]} ${holder.split("-")[1]}`, country));
      const account: Account = { id: `acc-${holder}`, holder, country, state: "open", managedBy: null };
      put("account", account);
    }
    put("terminal", terminalRecord(terminal, holder, field));
    if (country === "PL") {
      put("custody", {
        ...{ id: `sale-${id}`, terminalId: id, step: "sale", atMs: cameMs - 70 * dayMs },
        ...{
          fromParty: null,
          toParty: holder,
          country,
          asserter: "A store",
          source: `invoice for ${kitNumber}`,
        },
      } as { id: string });
    }
    if (role === "donated") {
      put("donation", {
        ...{ id: `donation-${id}`, programmeId: "programme-1", terminalId: id, donor: "foundation" },
        ...{ holder, user: null, atMs: cameMs },
      } as { id: string });
    }
    if (role === "forces" && isByApplication(id))
      put("allowListApplication", listed(id, holder, "government"));
  }
  put("protectedSite", {
    ...{ id: "site-hospital", title: "Town Hospital of the Demonstration", kind: "health" },
    ...{ site: towns.chasivYar, radiusKm: 1, asserter: "The hospital", source: "its letter" },
    terminalIds: truth.filter(({ role }) => role === "hospital").map(({ id }) => id),
  } as { id: string });
  return changes;
}

/** Of the forces' places on the list every other one came by application; the rest stand in the policy document. */
const isByApplication = (terminalId: string): boolean => Number(terminalId.slice(3)) % 2 === 0;

/** The places that the policy document holds. */
export function listedInPolicy({ truth }: Scenario): readonly AllowListed[] {
  return truth
    .filter(({ id, role }) => role === "forces" && !isByApplication(id))
    .map(({ id }) => ({ terminalId: id, holder: holderNames.forces }));
}

function party(id: string, name: string, country: string): Party {
  return {
    ...{ id, name, kind: "organisation", country, aliases: [], standing: "clear" },
    verification: { state: "verified", method: "register", by: "clerk", atMs: longAgoMs },
  };
}

function terminalRecord({ id, kitNumber, cameMs }: TrueTerminal, holder: string, field: Field): Terminal {
  return {
    ...manufactureTerminal(id, kitNumber, cameMs - 100 * dayMs),
    ...{ kitNumber, serial: `SN-${kitNumber.slice(3)}`, publicKey: field.enrolment(id) },
    ...{ holder, accountId: `acc-${holder}`, planId: "roam", state: "active", stateSinceMs: cameMs },
  };
}

function listed(terminalId: string, holder: string, holderClass: HolderClass): { readonly id: string } {
  const atMs = Date.UTC(2024, 0, 5);
  const application = {
    ...{ id: `list-${terminalId}`, territory: zoneId, terminalId, holder, class: holderClass },
    ...{ lane: "forces", deviceShown: true, payer: null, atMs, receivedBy: "clerk", state: "approved" },
    ...{ overCap: null, entry: { fromMs: atMs, toMs: null }, signals: [] },
    decision: { by: "clerk", reason: "Confirmed by the ministry", atMs },
  };
  return application;
}
