// SPDX-License-Identifier: MIT
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";

/** A row of a table of states: where an event leads, how the decision about it is called, and a sentence. */
export interface Transition<State extends string> {
  readonly to: State;
  readonly decision: string;
  readonly sentence: string;
}

/** State × event → state and decision. What is not in the table is illegal. */
export type StateTable<State extends string, Event extends string> = {
  readonly [S in State]: { readonly [E in Event]?: Transition<State> };
};

/**
 * Looks up what an event does in a state.
 *
 * @param what the thing that is in the state, as a person would call it: "Proposal prop_1"
 * @returns `illegalTransition` when the table has no such row
 */
export function stepOf<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
  event: Event,
  what: string,
): Result<Transition<State>, AuthorityError<"illegalTransition">> {
  const row: { readonly [E in Event]?: Transition<State> } = table[state];
  const transition = row[event];
  if (transition !== undefined) return succeed(transition);
  return fail("illegalTransition", "state", `${what} is ${state}; that state has no transition "${event}".`);
}
