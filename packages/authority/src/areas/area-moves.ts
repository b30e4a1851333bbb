// SPDX-License-Identifier: MIT
import { type AreaEvent, areaTransition } from "../area-state.ts";
import type { Book, Change } from "../book.ts";
import { contentId } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { noticeOf } from "../decisions/notices.ts";
import { type AuthorityError, type Result, succeed } from "../result.ts";
import type { CommandContext, Ruling } from "../ruling.ts";
import type { AreaState, Statement } from "../territory.ts";
import { areaStateOf, isOn, operatorSays } from "./area-ledger.ts";
import type { AreaMove } from "./area-move.ts";
import type { AreaRules } from "./area-rules.ts";
import { ChangedBook } from "./changed-book.ts";
import { supersede } from "./statement-versions.ts";

const dayMs = 86_400_000;
/** A restriction of an area that nobody gave an end is looked at again after this. */
export const areaReviewMs = 90 * dayMs;

/** Why and by whom an area moves. */
export interface MoveGrounds {
  readonly requestId: string | null;
  readonly asserter: string;
  readonly source: string;
  readonly reason: string;
  readonly evidence?: readonly string[];
}

export type MoveError = AuthorityError<"illegalAreaTransition">;

/** What one event does to an area, as the parts of a ruling. */
export interface Moved extends Ruling {
  readonly move: AreaMove;
}

/**
 * Moves an area: the entry of its ledger, what the operator says on the activation axis from now on, the decision, and
 * where service is lessened the notice.
 *
 * @returns `illegalAreaTransition` when the table of states has no such row
 */
export function moveArea(
  context: CommandContext,
  asked: Asked,
  rules: AreaRules,
  area: string,
  event: AreaEvent,
  grounds: MoveGrounds,
): Result<Moved, MoveError> {
  const { book, atMs, actor } = context;
  const from = areaStateOf(book, area, rules.operator, atMs);
  const step = areaTransition(from, event);
  if (!step.ok) return step;
  const { to, sentence } = step.value;
  const { requestId, asserter, source, reason, evidence = [] } = grounds;
  const content: Omit<AreaMove, "id"> = { area, event, from, to, atMs, requestId, asserter, source };
  const move: AreaMove = {
    id: contentId("mov", { ...content, nth: book.about("areaMove", area).length }),
    ...content,
  };
  const decision = decided(context, asked, {
    subject: area,
    action: `area ${event}`,
    outcome: to,
    reasons: [reason],
    text: `${actor.name}, ${area}: ${sentence} ${reason}`,
    inputs: { move: move.id, from },
    evidence: [...(requestId === null ? [] : [requestId]), ...evidence],
  });
  const said = lessens(from, to) ? withNotice(context, decision, move, sentence, reason) : plain(decision);
  return succeed({
    move,
    decisions: [said.decision],
    changes: [
      { kind: "areaMove", id: move.id, document: move },
      ...(to === from ? [] : operatorStatement(book, move, rules.operator)),
      ...said.changes,
    ],
  });
}

/**
 * Several moves as one ruling, each upon what the ones before left.
 *
 * @returns the first error; nothing is moved then
 */
export function moveAreas(
  context: CommandContext,
  asked: Asked,
  rules: AreaRules,
  steps: readonly { readonly area: string; readonly event: AreaEvent }[],
  grounds: MoveGrounds,
): Result<Ruling, MoveError> {
  const book = new ChangedBook(context.book);
  const decisions: Decision[] = [];
  for (const { area, event } of steps) {
    const moved = moveArea({ ...context, book }, asked, rules, area, event, grounds);
    if (!moved.ok) return moved;
    decisions.push(...moved.value.decisions);
    book.apply(moved.value.changes);
  }
  return succeed({ decisions, changes: book.changes() });
}

/** Whether a move gives or takes service: then two persons must approve. */
export function changesService(from: AreaState, to: AreaState): boolean {
  return from !== to && (isOn(from) || isOn(to));
}

/** Whether somebody may have less service after a move than before. */
function lessens(from: AreaState, to: AreaState): boolean {
  return isOn(from) && from !== to && to !== "active";
}

interface Said {
  readonly decision: Decision;
  readonly changes: readonly Change[];
}

const plain = (decision: Omit<Decision, "id">): Said => ({ decision: decisionOf(decision), changes: [] });

/** A notice to everybody in the area: it names no party, and is published. */
function withNotice(
  { atMs }: CommandContext,
  decision: Omit<Decision, "id">,
  move: AreaMove,
  sentence: string,
  reason: string,
): Said {
  const noticed = noticeOf(decision, {
    subject: move.area,
    party: null,
    cause: { kind: "areaMove", id: move.id },
    facts: `${move.area}: ${sentence} ${reason}`,
    rule: "The operator gives service where it has switched it on, under the rules of each area.",
    evidence: move.requestId === null ? ["record"] : ["lawfulOrder"],
    automated: false,
    reviewMs: atMs + areaReviewMs,
    exemption: null,
  });
  return { decision: noticed.decision, changes: [noticed.change] };
}

/** Ends what the operator said about the area until now and says the new state. */
function operatorStatement(book: Book, move: AreaMove, operator: string): readonly Change[] {
  const { area, to, atMs, id } = move;
  const ended = operatorSays(book, area, operator)
    .filter(({ validToMs }) => validToMs === null || validToMs > atMs)
    .flatMap((before): readonly Change[] =>
      before.validFromMs < atMs
        ? supersede(before, { ...before, validToMs: atMs }, atMs)
        : // It would have begun now or later: nothing of it is left.
          [{ kind: "statement", id: before.id, document: struck(before, atMs) }],
    );
  const statement: Statement = {
    id: statementOfMove(move),
    territory: area,
    axis: "activation",
    value: to,
    asserter: operator,
    source: `ledger of the area, ${id}`,
    validFromMs: atMs,
    validToMs: null,
    knownFromMs: atMs,
    knownToMs: null,
  };
  return [...ended, { kind: "statement", id: statement.id, document: statement }];
}

/** The id of the statement that a move leads to. */
export function statementOfMove({ id }: Pick<AreaMove, "id">): string {
  return `sta_${id.slice("mov_".length)}`;
}

function struck(before: Statement, atMs: number): Statement | null {
  return before.knownFromMs < atMs ? { ...before, knownToMs: atMs } : null;
}
