// SPDX-License-Identifier: MIT

/** Where a terminal reported from last, as its cell. */
export interface LastCell {
  readonly terminalId: string;
  readonly cell: string;
}

/** Commands that are told where terminals were last, and the member that names those terminals or the bulk order. */
const toldCells: ReadonlySet<string> = new Set(["bulk.propose", "bulk.look", "bulk.confirmCanary"]);
/** Commands that carry another command inside. */
const wrapping: ReadonlySet<string> = new Set(["proposal.propose", "breakGlass.use"]);

/**
 * Puts the operator's own records in the place of what a caller says about them: whoever gives a bulk order does not also
 * say which protected sites are near.
 *
 * @param cellsOf the last cells of the terminals that a request is about
 */
export function withOwnFacts(
  name: string,
  request: unknown,
  cellsOf: (request: object) => readonly LastCell[],
): unknown {
  if (typeof request !== "object" || request === null) return request;
  if (toldCells.has(name)) return { ...request, lastCells: cellsOf(request) };
  if (!wrapping.has(name) || !("command" in request)) return request;
  const inner = request.command;
  if (typeof inner !== "object" || inner === null || !("name" in inner) || !("request" in inner))
    return request;
  return {
    ...request,
    command: { ...inner, request: withOwnFacts(String(inner.name), inner.request, cellsOf) },
  };
}
