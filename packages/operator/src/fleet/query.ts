// SPDX-License-Identifier: MIT
import type { z } from "zod";

/** Values of one name: more are no list that anybody wrote. */
const MOST_VALUES = 1_000;

/** Why a query was refused. */
export interface QueryFault {
  readonly member: string;
  readonly message: string;
}

type Result =
  | { readonly ok: true; readonly value: Record<string, unknown> }
  | { readonly ok: false; readonly error: QueryFault };

/**
 * Reads a query string for a schema. Lists come as repeated names, with `[]` after them or without; numbers and booleans
 * come as text. A name that the schema does not have is left out of account, as the API that this follows does.
 *
 * @param text after the question mark
 */
export function readQuery(schema: z.ZodObject | null, text: string): Result {
  if (schema === null) return { ok: true, value: {} };
  const kinds = kindsOf(schema);
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const member = name.endsWith("[]") ? name.slice(0, -2) : name;
    const kind = kinds.get(member);
    if (kind === undefined) continue;
    // PostgreSQL keeps no such text.
    if (value.includes("\0")) return fault(member, "It holds a NUL.");
    if (kind === "array" || (kind === "any" && Object.hasOwn(found, member))) {
      const list = [found[member] ?? []].flat() as string[];
      found[member] = list;
      if (list.length >= MOST_VALUES) return fault(member, `At most ${MOST_VALUES} values stand in a list.`);
      list.push(value);
    } else if (Object.hasOwn(found, member)) {
      return fault(member, "It stands there twice.");
    } else {
      found[member] = fromText(value, kind);
    }
  }
  const parsed = schema.safeParse(found);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return fault(String(issue?.path[0] ?? ""), issue?.message ?? "");
}

/** `any`: text where it stands once, a list where it stands more often. */
type Kind = "array" | "number" | "boolean" | "text" | "any";

const known = new WeakMap<z.ZodObject, ReadonlyMap<string, Kind>>();

function kindsOf(schema: z.ZodObject): ReadonlyMap<string, Kind> {
  let kinds = known.get(schema);
  if (kinds === undefined) {
    kinds = new Map(
      Object.entries(schema.shape).map(([name, member]) => [name, kindOf(member as z.ZodType)]),
    );
    known.set(schema, kinds);
  }
  return kinds;
}

/** What a member is beneath its defaults and absences. */
function kindOf(member: z.ZodType): Kind {
  const definition = member.def as { readonly type: string; readonly innerType?: z.ZodType };
  if (definition.innerType !== undefined) return kindOf(definition.innerType);
  const { type } = definition;
  if (type === "union") return "any";
  return type === "array" || type === "number" || type === "boolean" ? type : "text";
}

/** What does not read as the kind stays text, and the schema refuses it. */
function fromText(text: string, kind: Kind): unknown {
  if (kind === "number") return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
  if (kind === "boolean") return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text;
  return text;
}

const fault = (member: string, message: string): Result => ({ ok: false, error: { member, message } });
