// SPDX-License-Identifier: MIT
import type { Change, RecordKind } from "@perigee/authority";

/*
 * The ids of records follow from their content, so that a scenario's author cannot know them. A command gives its result a
 * name, and a later request says `{"$ref": "name.kind"}` where the id of the record of that kind belongs that the named
 * command made or changed; `{"$ref": "name.kind[2]"}` says the third of several. `{"$atS": 3600}` stands for the UTC
 * milliseconds of that second of the scenario: a live operator starts it when it starts.
 */

/** A record that an earlier command made or changed. */
export interface RecordReference {
  /** Name of that command's result. */
  readonly name: string;
  readonly kind: RecordKind;
  /** Which of several, from 0, in the order of the ruling; `null`: there is one. */
  readonly nth: number | null;
}

/** Why a request cannot be completed. */
export interface ReferenceError {
  readonly code: "REFERENCE_INVALID";
  readonly message: string;
  /** Where in the request. */
  readonly place: string;
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ReferenceError };

/** Every kind once; the compiler sees to it that none is missing. */
const kinds: { readonly [K in RecordKind]: true } = {
  party: true,
  account: true,
  serviceLine: true,
  address: true,
  contact: true,
  case: true,
  caseReport: true,
  terminal: true,
  custody: true,
  programme: true,
  donation: true,
  sponsorship: true,
  countClaim: true,
  reseller: true,
  screening: true,
  policy: true,
  statement: true,
  operatorArea: true,
  areaMove: true,
  areaRequest: true,
  sealedPolicy: true,
  order: true,
  txOff: true,
  bulkOrder: true,
  proposal: true,
  breakGlass: true,
  evidence: true,
  finding: true,
  notice: true,
  appeal: true,
  allowListApplication: true,
  siteException: true,
  licenceException: true,
  protectedSite: true,
};

/** Form of a result's name. */
export const resultName = /^[a-z][a-z0-9-]{0,39}$/;
const form = /^([a-z][a-z0-9-]{0,39})\.([A-Za-z]{1,40})(?:\[(\d{1,5})\])?$/;
/** Until the year 2200, as everywhere. */
const mostSeconds = 7_258_118_400;
/** No request nests deeper than this. */
const mostDepth = 40;

/** The references of a request with their places, or the first thing in it that looks like one and is none. */
export function referencesIn(
  request: unknown,
): Result<readonly { readonly reference: RecordReference; readonly place: string }[]> {
  const found: { reference: RecordReference; place: string }[] = [];
  const walked = rewritten(request, "", 0, {
    record: (reference, place) => {
      found.push({ reference, place });
      return { ok: true, value: "" };
    },
    atS: () => 0,
  });
  return walked.ok ? { ok: true, value: found } : walked;
}

/**
 * A request with ids and instants in the place of references.
 *
 * @param changesOf what the command of a name has changed; `undefined` where it has not been carried out
 * @param startMs UTC milliseconds that the scenario's seconds count from
 */
export function completed(
  request: unknown,
  changesOf: (name: string) => readonly Change[] | undefined,
  startMs: number,
): Result<unknown> {
  return rewritten(request, "", 0, {
    record: ({ name, kind, nth }, place) => {
      const changes = changesOf(name);
      if (changes === undefined) return invalid(place, `"${name}" has not been carried out`);
      const ids = changes.flatMap(change =>
        change.kind === kind && change.document !== null ? change.id : [],
      );
      const id = ids[nth ?? 0];
      if (id === undefined) return invalid(place, `"${name}" changed ${ids.length} records of kind ${kind}`);
      if (nth === null && ids.length > 1) {
        return invalid(
          place,
          `"${name}" changed ${ids.length} records of kind ${kind}: say which, as ${name}.${kind}[0]`,
        );
      }
      return { ok: true, value: id };
    },
    atS: seconds => startMs + Math.round(seconds * 1000),
  });
}

interface Rewriting {
  record(reference: RecordReference, place: string): Result<string>;
  atS(seconds: number): number;
}

function rewritten(value: unknown, place: string, depth: number, to: Rewriting): Result<unknown> {
  if (typeof value !== "object" || value === null) return { ok: true, value };
  if (depth > mostDepth) return invalid(place, "it nests too deep");
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [i, item] of value.entries()) {
      const next = rewritten(item, `${place}[${i}]`, depth + 1, to);
      if (!next.ok) return next;
      items.push(next.value);
    }
    return { ok: true, value: items };
  }
  const entries = Object.entries(value);
  const marked = entries.find(([member]) => member.startsWith("$"));
  if (marked !== undefined) {
    if (entries.length > 1) return invalid(place, `${marked[0]} stands alone in its object`);
    return marker(marked[0], marked[1], place, to);
  }
  const members: [string, unknown][] = [];
  for (const [member, inner] of entries) {
    const next = rewritten(inner, place === "" ? member : `${place}.${member}`, depth + 1, to);
    if (!next.ok) return next;
    members.push([member, next.value]);
  }
  return { ok: true, value: Object.fromEntries(members) };
}

function marker(name: string, value: unknown, place: string, to: Rewriting): Result<unknown> {
  if (name === "$atS") {
    if (typeof value !== "number" || !(value >= -mostSeconds && value <= mostSeconds))
      return invalid(place, "$atS takes seconds since the scenario's start");
    return { ok: true, value: to.atS(value) };
  }
  if (name !== "$ref") return invalid(place, `"${name}" is neither $ref nor $atS`);
  const [, command, kind, nth] = (typeof value === "string" ? form.exec(value) : null) ?? [];
  if (command === undefined || kind === undefined)
    return invalid(place, '$ref takes "name.kind" or "name.kind[0]"');
  if (!Object.hasOwn(kinds, kind)) return invalid(place, `there is no kind of record "${kind}"`);
  const reference = { name: command, kind: kind as RecordKind, nth: nth === undefined ? null : Number(nth) };
  return to.record(reference, place);
}

const invalid = (place: string, message: string): { readonly ok: false; readonly error: ReferenceError } => ({
  ok: false,
  error: { code: "REFERENCE_INVALID", message, place },
});
