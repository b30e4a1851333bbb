// SPDX-License-Identifier: MIT
// The published JSON Schema (draft 2020-12) of an intake report.

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const offset: Schema = { type: "integer", minimum: 0 };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
const list = (items: Schema): Schema => ({ type: "array", items });
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const object = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter(p => !optional.includes(p)),
  additionalProperties: false,
});
const place = { documentId: text, from: offset, to: offset };
const maybeText = orNull(text);

/** JSON Schema of {@link IntakeReport}, as `perigee intake read --json` prints it. Offsets are UTF-16 units. */
export const intakeReportSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Intake report",
  ...object({
    version: { const: 1 },
    documents: list(
      object({
        id: text,
        name: maybeText,
        language: text,
        publisher: maybeText,
        agency: maybeText,
        published: orNull(ref("datedOn")),
        publishedBy: oneOf("stated", "inferred", "unknown"),
        passages: list(object({ from: offset, to: offset, kind: text, why: text })),
        credits: list(
          object({
            from: offset,
            to: offset,
            name: text,
            kind: oneOf("wire", "photo", "citedReport"),
            why: text,
          }),
        ),
        warnings: list(text),
      }),
    ),
    statements: list(ref("statement")),
    claimants: list(text),
    entities: list(
      object({
        id: text,
        name: text,
        kind: oneOf("person", "organisation", "government", "force", "unit", "outlet", "dealer", "unnamed"),
        country: maybeText,
        partOf: maybeText,
        forms: list(text),
        roles: list(object({ documentId: text, role: text, on: orNull(ref("datedOn")) })),
      }),
    ),
    places: list(
      object({
        ...place,
        words: text,
        status: oneOf("located", "ambiguous"),
        pin: orNull(ref("pin")),
        candidates: list(ref("pin")),
        of: oneOf("event", "dateline", "caption"),
        why: text,
      }),
    ),
    numbers: list(
      object({
        ...place,
        words: text,
        value: { type: "number" },
        approximate: { type: "boolean" },
        kind: oneOf("count", "ordinal", "money", "percent", "measure"),
        of: maybeText,
      }),
    ),
    dates: list(object({ ...place, words: text, date: orNull(ref("datedOn")) })),
    propositions: list(
      object({
        id: text,
        predicate: text,
        subject: maybeText,
        object: maybeText,
        area: orNull(object({ pin: ref("pin"), part: maybeText })),
        via: maybeText,
        interval: orNull(ref("datedOn")),
        polarity: oneOf("affirmed", "denied"),
        manner: maybeText,
        assertions: list(
          object({
            ...place,
            statementId: maybeText,
            claimant: maybeText,
            via: list(text),
            saidOn: orNull(ref("datedOn")),
            qualifier: maybeText,
            stance: oneOf("says", "denies", "dismissed"),
            quoteGroup: maybeText,
            template: text,
            why: text,
          }),
        ),
        origins: list(
          object({
            id: text,
            name: text,
            kind: oneOf("asserter", "interviews", "narration"),
            documents: list(text),
            claimants: list(text),
            reliability: oneOf("A", "B", "C", "D", "E", "F"),
          }),
        ),
        grade: object({ credibility: { enum: [1, 2, 3, 4, 5, 6] }, independentOrigins: offset, why: text }),
      }),
    ),
    conflicts: list(
      object({
        id: text,
        propositions: { type: "array", items: text, minItems: 2, maxItems: 2 },
        kind: oneOf("oppositePolarity", "excludingPredicates"),
        why: text,
      }),
    ),
    gaps: list(
      object({
        ...place,
        who: maybeText,
        kind: oneOf("notAddressed", "noComment", "declined", "withheld"),
        words: text,
        why: text,
      }),
    ),
    routes: list(
      object({
        id: text,
        name: text,
        edges: list(
          object({
            at: object(place),
            from: text,
            to: text,
            carries: oneOf("goods", "account", "payment", "service"),
            claimant: maybeText,
            status: oneOf("claimed", "denied"),
            on: orNull(ref("datedOn")),
            why: text,
          }),
        ),
        hypotheses: list(text),
        status: oneOf("claimed", "denied", "disputed"),
      }),
    ),
  }),
  $defs: {
    datedOn: object({ from: text, to: text, precision: oneOf("day", "month", "year", "fuzzy"), why: text }),
    pin: object({
      id: text,
      name: text,
      kind: oneOf("town", "region", "country", "sea"),
      country: maybeText,
      latDeg: { type: "number", minimum: -90, maximum: 90 },
      lonDeg: { type: "number", minimum: -180, maximum: 180 },
      reachKm: { type: "number", minimum: 0 },
      source: text,
    }),
    // Open: statements may say more than is listed here.
    statement: {
      type: "object",
      properties: {
        id: text,
        documentId: text,
        range: object({ from: offset, to: offset }),
        text,
        direct: { type: "boolean" },
        speaker: orNull({
          type: "object",
          properties: { entityId: text, name: text },
          required: ["entityId", "name"],
        }),
        via: list({
          type: "object",
          properties: { entityId: text, name: text },
          required: ["entityId", "name"],
        }),
        saidOn: orNull(ref("datedOn")),
        fidelity: oneOf("verbatim", "translated", "partial", "altered", "indirect"),
        qualifier: maybeText,
        quoteGroup: maybeText,
      },
      required: [
        "id",
        "documentId",
        "range",
        "text",
        "direct",
        "speaker",
        "via",
        "saidOn",
        "fidelity",
        "qualifier",
        "quoteGroup",
      ],
    },
  },
};
