// SPDX-License-Identifier: MIT
import { territories } from "@perigee/earth";
import { z } from "zod";
import type { Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { ground, id, instantMs, words } from "../decisions/request-parts.ts";
import { approvedByTwo } from "../decisions/two-persons.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type CommandContext, commandOf, type Ruling } from "../ruling.ts";
import { piecesOf } from "./edge-tree.ts";
import type { OperatorArea } from "./operator-area.ts";
import { checkRings, flatEdges, ringBounds } from "./rings.ts";

/** Arcs that one area's lines may be measured by; 10,000 lines of a degree need 60,000. */
export const mostPieces = 200_000;

const drawing = {
  rings: z
    .array(
      z.array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])).max(ringBounds.vertices),
    )
    .min(1)
    .max(ringBounds.rings),
  mapErrorKm: z.number().min(0).max(100),
  driftKmPerDay: z.number().min(0).max(100),
  asOfMs: instantMs,
  validToMs: instantMs.nullable().default(null),
  asserter: words(2, 200),
  source: words(2, 500),
  reason: ground,
};
const drawRequest = z.strictObject({
  id,
  title: words(3, 200),
  validFromMs: instantMs.nullable().default(null),
  ...drawing,
});
const redrawRequest = z.strictObject({ areaId: id, ...drawing });
const endRequest = z.strictObject({ areaId: id, reason: ground });

type Failable<T> = Result<T, AuthorityError<string>>;

/**
 * Drawing areas. A new area does nothing until a policy speaks of it; moving the line of one, or ending it, changes who
 * has service and takes two more persons.
 */
export const operatorAreaCommands: readonly CommandEntry[] = [
  entryOf(
    commandOf<z.infer<typeof drawRequest>>({
      name: "operatorArea.draw",
      summary: "Draws an area that policy may speak of.",
      permission: "areas.change",
      decide(request, context) {
        const { reason, validFromMs, ...rest } = request;
        const { book, atMs } = context;
        if (book.get("operatorArea", request.id) !== undefined || takenNames.has(request.id)) {
          return fail("areaKnown", "id", `${request.id} is the name of an area or territory already.`);
        }
        const area: OperatorArea = { ...rest, validFromMs: validFromMs ?? atMs };
        return draw(context, { name: "operatorArea.draw", request }, area, reason, []);
      },
    }),
    drawRequest,
  ),
  entryOf(
    commandOf<z.infer<typeof redrawRequest>>({
      name: "operatorArea.redraw",
      summary: "Draws an area anew from now on; what was before is judged by the line of its day.",
      permission: "areas.change",
      approvalsNeeded: () => 2,
      decide(request, context) {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
        const before = current(context, request.areaId);
        if (!before.ok) return before;
        const { areaId, reason, ...rest } = request;
        const area: OperatorArea = {
          id: areaId,
          title: before.value.title,
          ...rest,
          validFromMs: context.atMs,
        };
        const asked = { name: "operatorArea.redraw", request };
        return draw(context, asked, area, reason, earlierDrawing(before.value, context.atMs));
      },
    }),
    redrawRequest,
  ),
  entryOf(
    commandOf<z.infer<typeof endRequest>>({
      name: "operatorArea.end",
      summary: "Ends an area; what policy says of it concerns nobody any more.",
      permission: "areas.change",
      approvalsNeeded: () => 2,
      decide(request, context) {
        const approved = approvedByTwo(context);
        if (!approved.ok) return approved;
        const before = current(context, request.areaId);
        if (!before.ok) return before;
        const document = { ...before.value, validToMs: Math.max(context.atMs, before.value.validFromMs) };
        const asked = { name: "operatorArea.end", request };
        return succeed(said(context, asked, document, "end area", "ended", request.reason, []));
      },
    }),
    endRequest,
  ),
];

/** Names that a policy already understands. */
const takenNames: ReadonlySet<string> = new Set([
  ...["HIGH_SEAS", "UNASSIGNED"],
  ...territories.flatMap(({ id, ownCountry }) => [id, ...(ownCountry === null ? [] : [ownCountry])]),
]);

function current({ book, atMs }: CommandContext, areaId: string): Failable<OperatorArea> {
  const area = book.get("operatorArea", areaId);
  if (area === undefined || area.drawingOf !== undefined) {
    return fail("areaUnknown", "areaId", `The operator has drawn no area ${areaId}.`);
  }
  if (area.validToMs !== null && area.validToMs <= atMs)
    return fail("areaOver", "areaId", `${areaId} has ended.`);
  return succeed(area);
}

/** What was drawn until now, under an id of its own; nothing where it had not begun to hold. */
function earlierDrawing(area: OperatorArea, atMs: number): readonly Change[] {
  if (area.validFromMs >= atMs) return [];
  const id = contentId("drw", { area: area.id, validFromMs: area.validFromMs });
  return [{ kind: "operatorArea", id, document: { ...area, id, drawingOf: area.id, validToMs: atMs } }];
}

function draw(
  context: CommandContext,
  asked: Asked,
  area: OperatorArea,
  reason: string,
  more: readonly Change[],
): Failable<Ruling> {
  const { rings, validFromMs, validToMs, asOfMs } = area;
  const checked = checkArea(area);
  if (!checked.ok) return checked;
  if (validToMs !== null && validToMs <= validFromMs) {
    return fail("intervalInvalid", "validToMs", "An area ends after it begins.");
  }
  if (asOfMs > context.atMs)
    return fail("asOfInvalid", "asOfMs", "Nobody has drawn the facts of the future.");
  const corners = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
  return succeed(said(context, asked, area, "draw area", `${corners} corners`, reason, more));
}

/** {@link checkRings}, and that the lines are not too long for so many. */
export function checkArea({
  rings,
}: Pick<OperatorArea, "rings">): Result<null, AuthorityError<"polygonInvalid">> {
  const checked = checkRings(rings);
  if (!checked.ok) return checked;
  const { count, lon1, lat1, lon2, lat2 } = flatEdges(rings);
  let pieces = 0;
  for (let e = 0; e < count; e++) pieces += piecesOf(lon1[e]!, lat1[e]!, lon2[e]!, lat2[e]!);
  if (pieces <= mostPieces) return checked;
  return fail(
    "polygonInvalid",
    "rings",
    "The lines are too many and too long: draw fewer corners or shorter lines.",
  );
}

function said(
  context: CommandContext,
  asked: Asked,
  area: OperatorArea,
  action: string,
  outcome: string,
  reason: string,
  more: readonly Change[],
): Ruling {
  const decision = decided(context, asked, {
    subject: area.id,
    action,
    outcome,
    reasons: [reason],
    text: `${context.actor.name}: ${area.title} (${area.id}), after ${area.asserter} (${area.source}): ${outcome}. ${reason}`,
    inputs: { asOf: new Date(area.asOfMs).toISOString() },
  });
  return {
    decisions: [decisionOf(decision)],
    changes: [{ kind: "operatorArea", id: area.id, document: area }, ...more],
  };
}
