// SPDX-License-Identifier: MIT
import { applyTerminalEvent, decisionOf, manufactureTerminal, type Terminal } from "@perigee/authority";
import { createDevices, type WorldDevices } from "@perigee/world";
import type { Scenario, TerminalRecord } from "../scenario/scenario.ts";
import { loadedAtStart } from "../scenario/scenario-lists.ts";
import type { Database } from "./database.ts";
import { logDecision, logDecisions } from "./decisions.ts";
import type { SigningKey } from "./keys.ts";
import { writeOrigin } from "./origin.ts";
import { addRecords } from "./records.ts";
import { keepList } from "./screening-lists.ts";

const DAY_MS = 86_400_000;

/**
 * Fills empty records from a scenario, in one transaction: parties, accounts, terminals, stays, policy, and a ledger
 * entry for the policy and for each terminal.
 *
 * @param startMs - UTC milliseconds that the scenario's seconds count from.
 */
export async function seedRecords(
  db: Database,
  key: SigningKey,
  scenario: Scenario,
  startMs: number,
): Promise<void> {
  const at = { validFromMs: startMs, knownFromMs: startMs };
  await db.transaction().execute(async tx => {
    await writeOrigin(tx, { title: scenario.title, policyVersion: scenario.policy.version, startMs });
    await addRecords(
      tx,
      "party",
      scenario.parties.map(document => ({ id: document.id, document, ...at })),
    );
    await addRecords(
      tx,
      "account",
      scenario.accounts.map(document => ({ id: document.id, document, ...at })),
    );
    await addRecords(
      tx,
      "statement",
      scenario.policy.statements.map(s => ({
        id: s.id,
        // It says both its times itself; the record holds for as long as it stands.
        document: s,
        validFromMs: s.knownFromMs,
        knownFromMs: s.knownFromMs,
      })),
    );
    const rules = { ...(scenario.policyDocument as object), statements: [] };
    await addRecords(tx, "policy", [{ id: "policy", document: { id: "policy", document: rules }, ...at }]);
    await logDecision(
      tx,
      key,
      decisionOf({
        atMs: startMs,
        subject: "policy",
        action: "policy",
        outcome: "inForce",
        reasons: [scenario.policy.title],
        text: `Policy "${scenario.policy.title}" with ${scenario.policy.statements.length} statements is in force.`,
        inputs: { policyVersion: scenario.policy.version, boundaryView: scenario.policy.boundaryView },
      }),
    );
    const devices = devicesOf(scenario, startMs);
    const real = new Set(scenario.world.map(({ id }) => id));
    const terminals = scenario.terminals.map(record => ({
      ...registered(record, holderOf(scenario, record), startMs),
      publicKey: real.has(record.id) ? devices.enrolment(record.id) : null,
    }));
    await addRecords(
      tx,
      "terminal",
      terminals.map(document => ({ id: document.id, document, ...at })),
    );
    await logDecisions(
      tx,
      key,
      terminals.map(terminal =>
        decisionOf({
          atMs: startMs,
          subject: terminal.id,
          action: "register",
          outcome: terminal.state,
          reasons: [scenario.title],
          text: `Terminal ${terminal.name} (${terminal.id}) is entered as ${terminal.state}.`,
          inputs: {},
        }),
      ),
    );
    for (const listed of scenario.screeningLists) {
      await logDecision(tx, key, loadedAtStart(listed, startMs));
      await keepList(tx, listed.list, listed.body, startMs);
    }
    const today = Math.floor(startMs / DAY_MS);
    await addRecords(
      tx,
      "stay",
      scenario.stays.flatMap(({ terminalId, country, days }) =>
        Array.from({ length: days }, (_, i) => stayRecord(terminalId, today - days + i, country, startMs)),
      ),
    );
  });
}

/** The devices behind the scenario's terminals: the keys that their maker enrolled are those that the records hold. */
export function devicesOf({ world, seed }: Scenario, startMs: number): WorldDevices {
  return createDevices(world, startMs, String(seed));
}

/** One terminal on one UTC day in one country. */
export function stayRecord(
  terminalId: string,
  day: number,
  country: string,
  knownFromMs: number,
): { id: string; document: unknown; validFromMs: number; validToMs: number; knownFromMs: number } {
  return {
    id: terminalId,
    document: { day, country },
    validFromMs: day * DAY_MS,
    validToMs: (day + 1) * DAY_MS,
    knownFromMs,
  };
}

/** Party that answers for the terminal's account. */
const holderOf = ({ accounts }: Scenario, { accountId }: TerminalRecord): string | null =>
  accounts.find(({ id }) => id === accountId)?.holder ?? null;

/** The terminal as the registry would have it: with an account and a plan it is in service, without it is goods. */
function registered(
  { id, name, accountId, planId, serviceAddress }: TerminalRecord,
  holder: string | null,
  atMs: number,
): Terminal {
  const made = { ...manufactureTerminal(id, name, atMs), holder };
  if (accountId === null || planId === null) return made;
  const bound = applyTerminalEvent(
    made,
    { type: "register", accountId, planId, serviceAddress, serviceLineId: null },
    atMs,
  );
  if (!bound.ok) throw new Error(bound.error.message);
  const verified = applyTerminalEvent(bound.value.terminal, { type: "verify" }, atMs);
  if (!verified.ok) throw new Error(verified.error.message);
  const active = applyTerminalEvent(verified.value.terminal, { type: "activate" }, atMs);
  if (!active.ok) throw new Error(active.error.message);
  return active.value.terminal;
}
