// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, fieldOfPlace, placesOf, requestOf } from "./commands-draft.ts";
import { fieldsOf, type JsonSchema } from "./commands-schema.ts";

const id = { type: "string", pattern: "^[a-z0-9_-]{1,64}$" };
/** As the operator describes its commands: of each kind of member one. */
const schema: JsonSchema = {
  type: "object",
  required: ["terminalId", "ground", "hours", "basis", "toMs", "exemption", "seen", "sure", "personal"],
  properties: {
    terminalId: id,
    ground: { type: "string", minLength: 10, maxLength: 500 },
    hours: { type: "integer", minimum: 1, maximum: 72 },
    radiusKm: { type: "number", exclusiveMinimum: 0, maximum: 50 },
    evidence: { type: "array", maxItems: 3, items: id, default: [] },
    kinds: {
      type: "array",
      minItems: 1,
      items: { type: "string", enum: ["officer", "report"] },
      default: ["officer"],
    },
    basis: {
      oneOf: [
        {
          type: "object",
          required: ["kind", "id"],
          properties: { kind: { type: "string", enum: ["finding"] }, id },
        },
        {
          type: "object",
          required: ["kind", "law"],
          properties: { kind: { type: "string", enum: ["law"] }, law: id },
        },
      ],
    },
    binding: { anyOf: [{ type: "object", required: ["kind"], properties: { kind: id } }, { type: "null" }] },
    exemption: { anyOf: [{ type: "string", minLength: 10 }, { type: "null" }], default: null },
    toMs: { type: "integer", minimum: 0, maximum: 7_258_118_400_000 },
    seen: {
      type: "array",
      minItems: 1,
      items: { type: "object", required: ["id", "ok"], properties: { id, ok: { type: "boolean" } } },
    },
    sure: { type: "boolean" },
    lastCells: { type: "array", items: id },
    personal: {
      anyOf: [
        { type: "object", required: ["salt", "name"], properties: { salt: { type: "string" }, name: id } },
        { type: "object", required: ["sealed"], properties: { sealed: id } },
      ],
    },
  },
};
const fields = fieldsOf(schema);
const filled = {
  terminalId: "kyiv",
  ground: "Interference on its channel.",
  hours: "6",
  "basis|": "1",
  "basis.law": "act-7",
  toMs: "2026-11-22T08:30",
  kinds: ["officer", "report"],
  "seen#": "2",
  "seen.0.id": "a",
  "seen.0.ok": true,
  "seen.1.id": "b",
  sure: true,
  evidence: "fin_1\n\n meas-2 ",
  "personal.salt": "00",
  "personal.name": "ada",
};

test("a schema becomes fields; what the operator says itself is not asked", () => {
  assert.deepEqual(
    fields.map(({ name, kind }) => `${name} ${kind}`),
    [
      "terminalId text",
      "ground text",
      "hours number",
      "radiusKm number",
      "evidence list",
      "kinds choices",
      "basis variants",
      "binding group",
      "exemption text",
      "toMs instant",
      "seen rows",
      "sure yesNo",
      "personal group",
    ],
  );
});

test("a filled form makes the request, and the request fills the form again", () => {
  const made = requestOf(fields, filled);
  assert.ok(made.ok);
  assert.deepEqual(made.request, {
    terminalId: "kyiv",
    ground: "Interference on its channel.",
    hours: 6,
    evidence: ["fin_1", "meas-2"],
    kinds: ["officer", "report"],
    basis: { kind: "law", law: "act-7" },
    binding: null,
    exemption: null,
    toMs: Date.UTC(2026, 10, 22, 8, 30),
    seen: [
      { id: "a", ok: true },
      { id: "b", ok: false },
    ],
    sure: true,
    personal: { salt: "00", name: "ada" },
  });
  const again = requestOf(fields, { ...draftOf(fields, made.request), "personal.salt": "00" });
  assert.deepEqual(again, made);
});

test("what is wrong is said at its place, all at once", () => {
  const made = requestOf(fields, {
    ...filled,
    terminalId: "Kyiv!",
    ground: "short",
    hours: "73",
    radiusKm: "0",
    evidence: "a\nb\nc\nd",
    kinds: [],
    "basis.law": "",
    "seen.1.id": "",
  });
  assert.ok(!made.ok);
  assert.deepEqual(Object.keys(made.errors).sort(), [
    "basis.law",
    "evidence",
    "ground",
    "hours",
    "kinds",
    "radiusKm",
    "seen.1.id",
    "terminalId",
  ]);
  assert.equal(made.errors["ground"], "At least 10 characters; these are 5.");
});

test("a new form has the defaults, and a salt that nobody chose", () => {
  const draft = draftOf(fields);
  assert.deepEqual(draft["kinds"], ["officer"]);
  assert.equal(draft["evidence"], "");
  assert.match(String(draft["personal.salt"]), /^[0-9a-f]{32}$/);
  assert.notEqual(draftOf(fields)["personal.salt"], draft["personal.salt"]);
});

test("a refusal goes to the innermost field that its place names", () => {
  const places = placesOf(fields, filled);
  assert.equal(fieldOfPlace("body.hours", places), "hours");
  assert.equal(fieldOfPlace("seen[1].id", places), "seen.1.id");
  assert.equal(fieldOfPlace("body.evidence.1", places), "evidence");
  assert.equal(fieldOfPlace("basis.law", places), "basis.law");
  assert.equal(fieldOfPlace("proposalId", places), null);
  assert.equal(fieldOfPlace(null, places), null);
});
