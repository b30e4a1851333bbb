// SPDX-License-Identifier: MIT
import { z } from "zod";
import { areaTransition } from "../area-state.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { evidence, ground, id, words } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { areaStateOf } from "./area-ledger.ts";
import { changesService, moveArea } from "./area-moves.ts";
import { type AreaRules, checkPolicyAfter, radiusOfRuling } from "./area-rules.ts";

export const areaEvents = [
  "refuseRequest",
  "approve",
  "cancel",
  "activate",
  "restrict",
  "unrestrict",
  "suspend",
  "deactivate",
] as const;

const moveRequest = z.strictObject({
  area: id,
  event: z.enum(areaEvents),
  /** Who says that it is so; the operator unless named. */
  asserter: words(2, 200).nullable().default(null),
  source: words(2, 500),
  requestId: id.nullable().default(null),
  reason: ground,
  evidence,
});
type MoveRequest = z.infer<typeof moveRequest>;

/** Moving areas by hand. What a granted request moves is moved by its own ruling. */
export function areaMoveCommands(rules: AreaRules): readonly CommandEntry[] {
  const move: Command<MoveRequest> = commandOf({
    name: "area.move",
    summary: "Approves, switches on, restricts, suspends or switches off service in an area.",
    permission: "areas.change",
    approvalsNeeded: (request, context) => (needsTwo(request, context) ? 2 : 0),
    blastRadius: (request, context) => radiusOfRuling(context, carryOut(request, context), rules),
    decide(request, context) {
      if (needsTwo(request, context)) {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
      }
      const ruling = carryOut(request, context);
      if (!ruling.ok) return ruling;
      const possible = checkPolicyAfter(context, ruling.value.changes, rules);
      return possible.ok ? ruling : possible;
    },
  });

  function needsTwo({ area, event }: MoveRequest, { book, atMs }: CommandContext): boolean {
    const from = areaStateOf(book, area, rules.operator, atMs);
    const step = areaTransition(from, event);
    return step.ok && changesService(from, step.value.to);
  }

  function carryOut(request: MoveRequest, context: CommandContext): Result<Ruling, AuthorityError<string>> {
    const { area, event, requestId, asserter, source, reason, evidence } = request;
    if (requestId !== null && context.book.get("areaRequest", requestId) === undefined) {
      return fail("requestUnknown", "requestId", `There is no request ${requestId}.`);
    }
    const grounds = { requestId, asserter: asserter ?? rules.operator, source, reason, evidence };
    const moved = moveArea(context, { name: move.name, request }, rules, area, event, grounds);
    if (!moved.ok) return moved;
    const { decisions, changes } = moved.value;
    return succeed({ decisions, changes });
  }

  return [entryOf(move, moveRequest)];
}
