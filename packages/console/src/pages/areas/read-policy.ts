// SPDX-License-Identifier: MIT
import type { Result } from "../../data/failure.ts";

/** Reads the text of a policy document; the operator reads what is in it. */
export function readPolicy(text: string): Result<Readonly<Record<string, unknown>>> {
  if (text.trim() === "") return refused("Paste a policy, choose a file, or begin with the one in force.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`This is no JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return refused("A policy document is one JSON object.");
  return { ok: true, value: value as Readonly<Record<string, unknown>> };
}

const refused = (message: string): Result<never> => ({
  ok: false,
  error: { code: "POLICY_UNREADABLE", message, place: null },
});
