// SPDX-License-Identifier: MIT
// What the commands about terminals have in common: an event told by somebody, its link of custody and its ruling.
import type { Change } from "../book.ts";
import type { Asked } from "../decisions/decided.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import type { CommandContext } from "../ruling.ts";
import type { Terminal, TerminalEvent } from "../terminal.ts";
import { step } from "./binding.ts";
import type { CustodyEvent } from "./custody.ts";
import { custodyChange } from "./custody-chain.ts";
import { type Content, put, type RulingResult, ruled, ruledWithNotice } from "./ruled.ts";

/** When something is said to have happened: not later than it is told. */
export function eventMs(
  { happenedMs }: { readonly happenedMs: number | null },
  atMs: number,
): Result<number, AuthorityError<"happensLater">> {
  if (happenedMs !== null && happenedMs > atMs) {
    return fail("happensLater", "happenedMs", "What is recorded here has happened.");
  }
  return succeed(happenedMs ?? atMs);
}

/** A link of custody as a command tells it. */
export function custodyLink(
  { atMs, actor }: CommandContext,
  terminalId: string,
  custodyStep: CustodyEvent["step"],
  told: { readonly happenedMs: number | null; readonly country: string | null; readonly source: string },
  fromParty: string | null,
  toParty: string | null,
) {
  return custodyChange({
    terminalId,
    step: custodyStep,
    atMs: told.happenedMs ?? atMs,
    fromParty,
    toParty,
    country: told.country,
    asserter: actor.id,
    source: told.source,
  });
}

/** What goes with an event of a terminal. */
export interface EventMore {
  readonly why?: readonly string[];
  /** Links of custody. */
  readonly links?: readonly Change[];
  /** Members of the terminal that the event's table says nothing of. */
  readonly more?: Partial<Terminal>;
  /** Of the decision, where the holder asked for what takes something. */
  readonly wish?: Partial<Content>;
  /** Of whoever loses something by it without having asked. */
  readonly notice?: Parameters<typeof ruledWithNotice>[3];
}

/** The ruling of one event of a terminal, by the table of its states. */
export function changeTerminal(
  context: CommandContext,
  asked: Asked,
  terminal: Terminal,
  event: TerminalEvent,
  { why = [], links = [], more = {}, wish = {}, notice }: EventMore = {},
): RulingResult {
  const stepped = step(context.book, terminal, event, context.atMs);
  if (!stepped.ok) return stepped;
  const { terminal: after, transition, changes } = stepped.value;
  const content = {
    ...about(after, transition.decision, ...why),
    text: `${transition.sentence} (${terminal.id})`,
    ...wish,
  };
  const members = Object.keys(more).length === 0 ? [] : [put("terminal", { ...after, ...more })];
  const all = [...changes, ...members, ...links];
  return notice === undefined
    ? ruled(context, asked, content, all)
    : ruledWithNotice(context, asked, content, notice, all);
}

/** What a decision about a terminal says first. */
export function about(
  { id: subject, state }: Terminal,
  action: string,
  ...why: readonly string[]
): Pick<Content, "subject" | "action" | "outcome" | "reasons"> {
  return { subject, action, outcome: state, reasons: why };
}
