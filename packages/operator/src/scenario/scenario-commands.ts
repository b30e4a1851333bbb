// SPDX-License-Identifier: MIT
import type { Actor } from "@perigee/authority";
import { z } from "zod";
import type { Asked } from "../authority/authority-service.ts";
import type { CarriedOut, CommandError } from "../authority/carried-out.ts";
import type { ScenarioOrder, ScenarioPerson } from "./scenario.ts";

/** Something that somebody asks the authority for during the scenario. */
export interface ScenarioCommand {
  readonly atS: number;
  readonly name: string;
  readonly request: unknown;
  /** Id of the person who asks. */
  readonly by: Actor;
  readonly reason: string;
  /** The persons who approve it at once, where it needs approval. */
  readonly approvedBy: readonly Actor[];
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
});

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CommandError };

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
 * Has a command of the scenario carried out, with the approvals that it names.
 *
 * @param carryOut - The same that answers the API.
 */
export async function askFor(
  { name, request, by, reason, approvedBy }: ScenarioCommand,
  carryOut: (asked: Asked) => Promise<Result<CarriedOut>>,
): Promise<Result<CarriedOut>> {
  let done = await carryOut({ name, request, actor: by, reason });
  for (const actor of approvedBy) {
    if (!done.ok || done.value.proposalId === null) return done;
    const { proposalId } = done.value;
    done = await carryOut({ name: "proposal.approve", request: { proposalId, reason }, actor });
  }
  return done;
}
