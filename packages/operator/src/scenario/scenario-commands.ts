// SPDX-License-Identifier: MIT
import {
  type Actor,
  allows,
  type Change,
  commandsOf,
  holderOf,
  type Permission,
  refusalText,
} from "@perigee/authority";
import { caseCommands } from "@perigee/casework";
import { z } from "zod";
import type { Asked } from "../authority/authority-service.ts";
import type { CarriedOut, CommandError } from "../authority/carried-out.ts";
import type { ScenarioOrder, ScenarioPerson } from "./scenario.ts";
import { completed, referencesIn, resultName } from "./scenario-references.ts";

/** Something that somebody asks the authority for during the scenario. */
export interface ScenarioCommand {
  readonly atS: number;
  readonly name: string;
  /** May refer to what earlier commands made; see {@link completed}. */
  readonly request: unknown;
  /** Who asks: somebody who works for the operator, or a customer about their own things. */
  readonly by: Actor;
  readonly reason: string;
  /** The persons who approve it at once, where it needs approval. */
  readonly approvedBy: readonly Actor[];
  /** Under which name later commands refer to what it made. */
  readonly as?: string | undefined;
  /** The code with which it is refused, where that is what the scenario shows. */
  readonly refused?: string | undefined;
}

const personId = z.string().min(1).max(64);

/** A command as a scenario file has it. */
export const scenarioCommand = z.strictObject({
  atS: z.number().min(0),
  name: z.string().min(3).max(64),
  request: z.json(),
  by: personId,
  reason: z.string().trim().min(10).max(1_000).default("It is part of the scenario."),
  approvedBy: z.array(personId).max(2).default([]),
  as: z
    .string()
    .regex(resultName, "a name is at most 40 lower-case letters, digits and hyphens, a letter first")
    .optional(),
  refused: z
    .string()
    .regex(/^[A-Z][A-Z_]{2,60}$/, "a code is in capitals")
    .optional(),
});

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CommandError };

/** Which permission each command needs. */
const permissionOf = new Map(
  [...commandsOf(), ...caseCommands].map(({ name, permission }) => [name, permission as Permission]),
);

/** Whether customers give a command, about what is theirs. */
function isForCustomers(name: string): boolean {
  const permission = permissionOf.get(name);
  return permission !== undefined && holderOf(permission) === "customers";
}

/** What is wrong with a list of commands, and where. */
export interface CommandFault {
  readonly place: string;
  readonly message: string;
}

/** An officer's order as the command that it is. */
export function commandOfOrder(order: ScenarioOrder, people: readonly ScenarioPerson[]): ScenarioCommand {
  const { atS, kind, terminalId, ground, hours, officer } = order;
  const about = { terminalId, ground };
  return {
    atS,
    ...(kind === "suspend"
      ? { name: "order.suspend", request: { ...about, hours: hours ?? 24 } }
      : { name: "order.restore", request: about }),
    by: people.find(({ name }) => name === officer) ?? { id: `officer:${officer}`, name: officer, roles: [] },
    reason: ground,
    approvedBy: [],
  };
}

/**
 * The first command that nobody could ask for: it does not exist, whoever asks or approves may not, or it refers to
 * something that no earlier command makes.
 *
 * @param commands as the file has them
 * @param people by id
 */
export function faultyCommand(
  commands: readonly z.infer<typeof scenarioCommand>[],
  people: ReadonlyMap<string, ScenarioPerson>,
): CommandFault | null {
  const names = new Map<string, number>();
  for (const [i, { as }] of commands.entries()) {
    if (as === undefined) continue;
    if (names.has(as)) return { place: `commands[${i}].as`, message: `"${as}" stands twice` };
    names.set(as, i);
  }
  for (const [i, command] of commands.entries()) {
    const place = `commands[${i}]`;
    const permission = permissionOf.get(command.name);
    if (permission === undefined)
      return { place: `${place}.name`, message: `there is no command "${command.name}"` };
    const by = people.get(command.by);
    if (by === undefined) return { place: `${place}.by`, message: `there is no person "${command.by}"` };
    if (isForCustomers(command.name)) {
      if (by.party === undefined)
        return {
          place: `${place}.by`,
          message: `${by.name} is no customer: people have a party where they are`,
        };
    } else if (!allows(by, permission)) {
      return { place: `${place}.by`, message: refusalText(by, permission) };
    }
    for (const [n, id] of command.approvedBy.entries()) {
      const approver = people.get(id);
      if (approver === undefined)
        return { place: `${place}.approvedBy[${n}]`, message: `there is no person "${id}"` };
      if (!allows(approver, "approvals.decide"))
        return { place: `${place}.approvedBy[${n}]`, message: refusalText(approver, "approvals.decide") };
    }
    const references = referencesIn(command.request);
    if (!references.ok) {
      const { place: inside, message } = references.error;
      return { place: `${place}.request${inside === "" ? "" : `.${inside}`}`, message };
    }
    for (const { reference, place: inside } of references.value) {
      const at = names.get(reference.name);
      const earlier = at === undefined ? undefined : commands[at];
      const isEarlier = earlier !== undefined && at !== undefined && isBefore(earlier, at, command, i);
      if (!isEarlier) {
        const message = `no earlier command is named "${reference.name}"`;
        return { place: `${place}.request.${inside}`, message };
      }
    }
  }
  return null;
}

/** Commands are carried out by time, those of one second as the file has them. */
function isBefore(a: { readonly atS: number }, i: number, b: { readonly atS: number }, k: number): boolean {
  return a.atS < b.atS || (a.atS === b.atS && i < k);
}

/**
 * A command with the persons in place of their ids; {@link faultyCommand} has seen that they exist. What a customer asks
 * for is about their own party, as in the portal.
 */
export function signedBy(
  { by, approvedBy, request, ...command }: z.infer<typeof scenarioCommand>,
  people: ReadonlyMap<string, ScenarioPerson>,
): ScenarioCommand {
  const { id, name, roles, party } = people.get(by)!;
  const isOwn = isForCustomers(command.name) && typeof request === "object" && request !== null;
  return {
    ...command,
    request: isOwn ? { ...request, party } : request,
    by: { id, name, roles },
    approvedBy: approvedBy.map(approver => people.get(approver)!),
  };
}

/** The commands of one scenario as they are carried out, one after the other: later ones refer to earlier ones. */
export class ScenarioRun {
  readonly #startMs: number;
  readonly #made = new Map<string, readonly Change[]>();

  /** @param startMs UTC milliseconds that the scenario's seconds count from */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /**
   * Has a command carried out, with the approvals that it names.
   *
   * @param carryOut the same that answers the API
   * @returns what all of it led to; an error where it is refused, or is not refused although the scenario says so
   */
  async askFor(
    { name, request, by, reason, approvedBy, as, refused }: ScenarioCommand,
    carryOut: (asked: Asked) => Promise<Result<CarriedOut>>,
  ): Promise<Result<CarriedOut>> {
    const asked = completed(request, earlier => this.#made.get(earlier), this.#startMs);
    if (!asked.ok) return asked;
    let done = await carryOut({ name, request: asked.value, actor: by, reason });
    const parts: CarriedOut[] = done.ok ? [done.value] : [];
    for (const actor of approvedBy) {
      const proposalId = done.ok ? done.value.proposalId : null;
      if (proposalId === null) break;
      done = await carryOut({ name: "proposal.approve", request: { proposalId, reason }, actor });
      if (done.ok) parts.push(done.value);
    }
    const made = together(parts);
    if (!done.ok) return done.error.code === refused ? { ok: true, value: made } : done;
    if (refused !== undefined) {
      const message = `It was to be refused (${refused}) and was not.`;
      return { ok: false, error: { code: "NOT_REFUSED", message, place: "refused" } };
    }
    if (as !== undefined) this.#made.set(as, made.changes);
    return { ok: true, value: made };
  }
}

/** What several steps led to; of a record that changed more than once, how it is now. */
function together(parts: readonly CarriedOut[]): CarriedOut {
  const changes = new Map(
    parts.flatMap(part => part.changes).map(change => [`${change.kind} ${change.id}`, change]),
  );
  return {
    decisions: parts.flatMap(part => part.decisions),
    changes: [...changes.values()],
    proposalId: parts.at(-1)?.proposalId ?? null,
    terminals: [...new Set(parts.flatMap(part => part.terminals))],
  };
}
