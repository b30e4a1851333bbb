// SPDX-License-Identifier: MIT
import { contentHash } from "../content-hash.ts";
import type { Decision } from "../decision.ts";
import type { CommandContext } from "../ruling.ts";

/** A command by its name, with its request as it was read. */
export interface Asked {
  readonly name: string;
  readonly request: unknown;
}

/** Of requests that lead to many decisions, each is hashed once. */
const hashes = new WeakMap<object, string>();

function hashOf(request: unknown): string {
  if (typeof request !== "object" || request === null) return contentHash(request);
  let hash = hashes.get(request);
  if (hash === undefined) {
    hash = contentHash(request);
    hashes.set(request, hash);
  }
  return hash;
}

/** A decision's content with who asked for it, by which command and with whose approval: what a replay starts from. */
export function decided(
  { actor, atMs, approvals }: CommandContext,
  { name, request }: Asked,
  content: Omit<Decision, "id" | "atMs" | "actor" | "command" | "approvals" | "inputs"> &
    Partial<Pick<Decision, "inputs">>,
): Omit<Decision, "id"> {
  return {
    inputs: {},
    ...content,
    atMs,
    actor: { id: actor.id, name: actor.name },
    command: { name, requestHash: hashOf(request) },
    ...(approvals.length === 0 ? {} : { approvals }),
  };
}
