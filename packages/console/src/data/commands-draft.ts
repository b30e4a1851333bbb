// SPDX-License-Identifier: MIT
// What somebody typed into a form, and the request that it makes.
import type { Field } from "./commands-schema.ts";

/**
 * What was typed, by the place in the request: `site.latDeg`, `observations.0.note`. A place that ends in `#` counts rows,
 * in `|` chooses a variant, in `?` says whether a group that may be absent is given.
 */
export type Draft = Readonly<Record<string, string | boolean | readonly string[]>>;

/** What is wrong, by place; a sentence each. */
export type DraftErrors = Readonly<Record<string, string>>;

export type DraftResult =
  | { readonly ok: true; readonly request: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errors: DraftErrors };

const ABSENT = Symbol("absent");

/** The request of a draft, or what is wrong with it. The operator checks again: this only saves a round trip. */
export function requestOf(fields: readonly Field[], draft: Draft): DraftResult {
  const errors: Record<string, string> = {};
  const request = membersOf(fields, draft, "", errors);
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, request };
}

function membersOf(
  fields: readonly Field[],
  draft: Draft,
  prefix: string,
  errors: Record<string, string>,
): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const field of fields) {
    const value = memberValue(field, draft, `${prefix}${field.name}`, errors);
    if (value !== ABSENT) members[field.name] = value;
  }
  return members;
}

function memberValue(field: Field, draft: Draft, place: string, errors: Record<string, string>): unknown {
  const typed = draft[place];
  const text = typeof typed === "string" ? typed.trim() : "";
  const wrong = (sentence: string): typeof ABSENT => {
    errors[place] = sentence;
    return ABSENT;
  };
  const empty = (): unknown => {
    if (field.nullable) return null;
    return field.required ? wrong("This is needed.") : ABSENT;
  };
  switch (field.kind) {
    case "fixed":
      return field.value;
    case "salt":
      return typeof typed === "string" ? typed : randomHex();
    case "yesNo":
      return typed === undefined && !field.required ? ABSENT : typed === true;
    case "text":
      if (text === "") {
        const mayBeEmpty = field.required && !field.nullable && field.least === 0 && fits("", field.pattern);
        return mayBeEmpty ? "" : empty();
      }
      if (text.length < field.least)
        return wrong(`At least ${field.least} characters; these are ${text.length}.`);
      if (text.length > field.most)
        return wrong(`At most ${field.most} characters; these are ${text.length}.`);
      return fits(text, field.pattern) ? text : wrong("It has not the form that is expected here.");
    case "date":
      return text === "" ? empty() : text;
    case "instant": {
      if (text === "") return empty();
      const atMs = Date.parse(/Z$/.test(text) ? text : `${text}Z`);
      return Number.isFinite(atMs) ? atMs : wrong("A date and a time, UTC.");
    }
    case "number":
      return text === "" ? empty() : numberOf(field, text, wrong);
    case "choice":
      if (text === "") return empty();
      return field.options.includes(text) ? text : wrong("Choose one of the list.");
    case "choices": {
      const chosen = Array.isArray(typed) ? field.options.filter(option => typed.includes(option)) : [];
      return chosen.length < field.least ? wrong(`Choose at least ${field.least}.`) : chosen;
    }
    case "list":
      return listOf(field, text, wrong);
    case "group":
      if (!isGiven(field, draft, place)) return field.nullable ? null : ABSENT;
      return membersOf(field.fields, draft, `${place}.`, errors);
    case "variants": {
      if (!isGiven(field, draft, place)) return field.nullable ? null : ABSENT;
      const variant = field.variants[Number(draft[`${place}|`] ?? 0)] ?? field.variants[0];
      return membersOf(variant?.fields ?? [], draft, `${place}.`, errors);
    }
    case "rows": {
      const count = rowCount(field, draft, place);
      return Array.from({ length: count }, (_, i) =>
        membersOf(field.fields, draft, `${place}.${i}.`, errors),
      );
    }
    case "json":
      if (text === "") return field.required ? wrong("This is needed, as JSON.") : empty();
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return wrong("This is no JSON.");
      }
  }
}

type Wrong = (sentence: string) => typeof ABSENT;

function numberOf(field: Extract<Field, { kind: "number" }>, text: string, wrong: Wrong): unknown {
  const value = Number(text.replace(",", "."));
  if (!Number.isFinite(value)) return wrong("A number is expected.");
  if (field.whole && !Number.isInteger(value)) return wrong("A whole number is expected.");
  if (field.least !== null && value < field.least) return wrong(`At least ${field.least}.`);
  if (field.above !== null && value <= field.above) return wrong(`More than ${field.above}.`);
  if (field.most !== null && value > field.most) return wrong(`At most ${field.most}.`);
  return value;
}

function listOf(field: Extract<Field, { kind: "list" }>, text: string, wrong: Wrong): unknown {
  const lines = text.split("\n").map(line => line.trim());
  const items = lines.filter(line => line !== "");
  if (items.length < field.least)
    return wrong(`At least ${field.least}, one on each line; these are ${items.length}.`);
  if (items.length > field.most) return wrong(`At most ${field.most}; these are ${items.length}.`);
  const bad = items.find(item => !fits(item, field.pattern) || item.length < field.leastLength);
  return bad === undefined ? items : wrong(`“${bad.slice(0, 40)}” has not the form that is expected here.`);
}

/** Whether a group is given: always, unless it may be absent and nobody said otherwise. */
export function isGiven(field: Field, draft: Draft, place: string): boolean {
  if (field.required && !field.nullable) return true;
  return draft[`${place}?`] === true;
}

/** How many rows a list of groups has in the form. */
export function rowCount(field: Extract<Field, { kind: "rows" }>, draft: Draft, place: string): number {
  const count = Number(draft[`${place}#`] ?? field.least);
  return Number.isInteger(count) ? Math.min(field.most, Math.max(field.least, count)) : field.least;
}

function fits(text: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}

/** The draft that a request, or a part of one, would have been typed as; defaults of the fields beneath it. */
export function draftOf(
  fields: readonly Field[],
  request: Readonly<Record<string, unknown>> = {},
  prefix = "",
): Draft {
  const draft: Record<string, string | boolean | readonly string[]> = {};
  for (const field of fields) {
    const place = `${prefix}${field.name}`;
    const value = request[field.name] ?? field.initial;
    if (field.kind === "salt") draft[place] = randomHex();
    else if (value === undefined || value === null) {
      if (field.kind === "group" && field.required)
        Object.assign(draft, draftOf(field.fields, {}, `${place}.`));
      else if (field.kind === "variants")
        Object.assign(draft, draftOf(field.variants[0]?.fields ?? [], {}, `${place}.`));
    } else typeInto(draft, field, place, value);
  }
  return draft;
}

function typeInto(
  draft: Record<string, string | boolean | readonly string[]>,
  field: Field,
  place: string,
  value: unknown,
): void {
  switch (field.kind) {
    case "yesNo":
      draft[place] = value === true;
      break;
    case "instant":
      draft[place] = new Date(Number(value)).toISOString().slice(0, 16);
      break;
    case "choices":
      draft[place] = (value as readonly unknown[]).map(String);
      break;
    case "list":
      draft[place] = (value as readonly unknown[]).join("\n");
      break;
    case "group":
      draft[`${place}?`] = true;
      Object.assign(draft, draftOf(field.fields, value as Record<string, unknown>, `${place}.`));
      break;
    case "variants": {
      draft[`${place}?`] = true;
      const members = value as Readonly<Record<string, unknown>>;
      const at = field.variants.findIndex(({ fields }) =>
        fields.some(one => one.kind === "fixed" && members[one.name] === one.value),
      );
      draft[`${place}|`] = String(Math.max(0, at));
      Object.assign(draft, draftOf(field.variants[Math.max(0, at)]?.fields ?? [], members, `${place}.`));
      break;
    }
    case "rows": {
      const rows = value as readonly Record<string, unknown>[];
      draft[`${place}#`] = String(rows.length);
      for (const [i, row] of rows.entries())
        Object.assign(draft, draftOf(field.fields, row, `${place}.${i}.`));
      break;
    }
    case "json":
      draft[place] = JSON.stringify(value, null, 2);
      break;
    case "fixed":
    case "salt":
      break;
    default:
      draft[place] = String(value);
  }
}

/**
 * The field at which an operator's refusal belongs: the innermost that its place names.
 *
 * @param place e.g. `body.terminalIds.3`, `accountIds[0]` or `hours`
 * @param places of the fields that the form shows
 */
export function fieldOfPlace(place: string | null, places: readonly string[]): string | null {
  if (place === null) return null;
  const plain = place.replace(/^body\./, "").replace(/\[(\d+)\]/g, ".$1");
  const holding = places.filter(name => plain === name || plain.startsWith(`${name}.`));
  return holding.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** Places of all fields that a form shows for a draft. */
export function placesOf(fields: readonly Field[], draft: Draft, prefix = ""): readonly string[] {
  return fields.flatMap(field => {
    const place = `${prefix}${field.name}`;
    if (field.kind === "group")
      return isGiven(field, draft, place) ? [place, ...placesOf(field.fields, draft, `${place}.`)] : [place];
    if (field.kind === "variants") {
      const variant = field.variants[Number(draft[`${place}|`] ?? 0)];
      return [place, ...placesOf(variant?.fields ?? [], draft, `${place}.`)];
    }
    if (field.kind === "rows") {
      const rows = Array.from({ length: rowCount(field, draft, place) }, (_, i) =>
        placesOf(field.fields, draft, `${place}.${i}.`),
      );
      return [place, ...rows.flat()];
    }
    return [place];
  });
}
