// SPDX-License-Identifier: MIT
// The part of the HTTP contract about areas: what everybody may know, and what those who decide must know.
import { z } from "zod";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });
const degrees = (most: number) => z.coerce.number().min(-most).max(most);
const counts = z.record(z.string(), z.number().int());

/** A place that somebody asks about. */
export const placeQuery = z.strictObject({ lat: degrees(90), lon: degrees(180) });
export const placeAtQuery = placeQuery.extend({
  validAt: instant.optional().meta({ description: "As it was at this instant" }),
});
export const asOfQuery = z.strictObject({
  validAt: instant.optional().meta({ description: "As it was at this instant" }),
  knownAt: instant.optional().meta({ description: "As it was known at this instant" }),
});
export const spanQuery = z
  .strictObject({ from: instant, to: instant })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be later than from" });

export const axisName = z.enum(["licence", "supply", "activation", "legalRegime", "publishedCoverage"]);

/** What somebody says about an area, with both its times. */
export const statementView = z.object({
  id: z.string(),
  territory: z.string(),
  axis: axisName,
  value: z.string(),
  sentence: z.string().meta({ description: "What the value means" }),
  effect: z.enum(["permits", "denies", "neutral"]),
  asserter: z.string(),
  source: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
  knownFrom: instant,
  knownTo: instant.nullable(),
});

export const areaStatus = z.object({
  area: z.string(),
  name: z.string(),
  kind: z.enum(["territory", "operatorArea", "highSeas"]),
  validAt: instant,
  knownAt: instant,
  axes: z.array(
    z.object({
      axis: axisName,
      question: z.string(),
      statements: z.array(
        statementView.extend({
          versions: z
            .array(statementView)
            .meta({ description: "What the same statement said before, oldest first" }),
        }),
      ),
      verdict: z.object({
        permits: z.boolean(),
        because: z.array(z.string()).meta({ description: "Ids of the statements that carry it" }),
        silence: z.boolean().meta({ description: "Nobody says anything that decides" }),
      }),
      conflicts: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});

/** One thing that happened to an area, in the order in which it came to be on record. */
export const areaEvent = z.object({
  at: instant,
  kind: z.enum(["move", "stated", "corrected", "struck", "request"]),
  text: z.string(),
  by: z.string(),
  source: z.string().nullable(),
  record: z.object({ kind: z.string(), id: z.string() }),
});
export const areaHistory = z.object({
  area: z.string(),
  name: z.string(),
  firstActive: z
    .object({ since: instant, asserter: z.string(), record: z.string() })
    .nullable()
    .meta({ description: "null: it never had service" }),
  events: z.array(areaEvent),
});

const boundaryViewName = z.object({
  id: z.string(),
  title: z.string(),
  asserter: z.string(),
  version: z.string(),
});
export const placeView = z.object({
  latDeg: z.number(),
  lonDeg: z.number(),
  cell: z.string(),
  validAt: instant,
  areas: z.array(z.object({ id: z.string(), title: z.string() })),
  views: z.array(
    z.object({
      view: boundaryViewName,
      inForce: z.boolean().meta({ description: "The view that decisions are made by" }),
      territory: z.string(),
      territoryName: z.string(),
      country: z.string().nullable(),
      zone: z.enum(["land", "territorialSea", "highSea"]),
      territories: z.array(z.string()).meta({ description: "Whose rules apply, the nearest first" }),
      answer: z.object({
        reason: z.string(),
        reach: z.enum(["all", "accountAndEmergency", "nothing"]).nullable(),
        text: z.string(),
      }),
    }),
  ),
});

export const policyChange = z.object({
  kind: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  name: z.string(),
  area: z.string().nullable(),
  text: z.string(),
});
export const policyInForceView = z.object({
  version: z.string(),
  document: z.record(z.string(), z.unknown()),
});
export const policyPlanRequest = z.strictObject({
  document: z
    .record(z.string().max(40), z.unknown())
    .meta({ description: "A policy document, as a file has it" }),
});
export const policyPlan = z.object({
  planned: z.object({ documentHash: z.string(), againstVersion: z.string().nullable() }),
  afterVersion: z.string(),
  title: z.string(),
  changes: z.array(policyChange),
  text: z.string().meta({ description: "The changes as lines of a file" }),
  setAside: z.array(z.object({ statementId: z.string(), area: z.string(), why: z.string() })),
  impact: z
    .object({
      asked: z.number().int(),
      terminals: z.number().int().meta({ description: "Terminals whose outcome or reason changes" }),
      accounts: z.number().int(),
      share: z.number().meta({ description: "Of all terminals in service" }),
      gain: z.number().int(),
      lose: z.number().int(),
      protectedSites: z.array(z.string()),
      steps: z.array(
        z.object({
          from: z.string(),
          fromReason: z.string(),
          to: z.string(),
          toReason: z.string(),
          terminals: z.number().int(),
        }),
      ),
      areas: z.array(
        z.object({
          area: z.string().nullable(),
          name: z.string(),
          changed: z.number().int(),
          gain: z.number().int(),
          lose: z.number().int(),
        }),
      ),
      examples: z.array(z.string()),
    })
    .nullable()
    .meta({ description: "null: the document is for another boundary view, so territories mean others" }),
});

export const transparencyReport = z.object({
  from: instant,
  to: instant,
  decisions: z.object({
    all: z.number().int(),
    byAction: counts,
    byGround: counts,
    byBasis: counts,
    byArea: counts,
  }),
  restrictions: z.object({ noticed: z.number().int(), exempted: z.number().int() }),
  appeals: z.object({
    filed: z.number().int(),
    lifeCritical: z.number().int(),
    upheld: z.number().int(),
    reversed: z.number().int(),
    late: z.number().int(),
    overturnRate: z.number().nullable(),
    medianRestoreMs: z.number().nullable(),
  }),
  requests: z.object({
    all: counts,
    byRequester: z.record(z.string(), counts),
    sealed: z.number().int(),
  }),
  breakGlass: counts,
  civilianHarm: z.number().int(),
  sentences: z.array(z.string()),
});

export const attestation = z.object({
  requestId: z.string(),
  to: z.string().nullable(),
  title: z.string(),
  jurisdiction: z.string(),
  legalBasis: z.string().nullable(),
  received: instant,
  executed: instant,
  verifiedBy: z.string().nullable(),
  counts: z.object({
    asked: z.number().int(),
    granted: z.number().int(),
    done: z.number().int(),
    notDone: z.array(z.object({ why: z.string(), count: z.number().int() })),
  }),
  paragraphs: z.array(z.string()),
  proofs: z.array(
    z.object({
      decisionId: z.string(),
      leafIndex: z.number().int(),
      treeSize: z.number().int(),
      rootHash: z.string(),
      auditPath: z.array(z.string()),
    }),
  ),
  hash: z.string().meta({ description: "SHA-256 of the letter's content as canonical JSON" }),
});

/** What an ordinary terminal gets somewhere. */
export const publishedStateName = z.enum(["served", "notServed", "notPublished", "inPart"]);
export const publishedStateView = z.object({
  state: publishedStateName,
  reason: z.string().nullable().meta({ description: "Reason code of admission where it is not served" }),
  sentence: z.string(),
});

/** The published map, large cells with one of a few states each. */
export const publicMap = z.object({
  version: z.string().meta({ description: "Changes when anything on the map does" }),
  at: instant,
  boundaryView: boundaryViewName,
  resolution: z.number().int(),
  states: z.array(publishedStateView),
  cells: z
    .array(z.string())
    .meta({ description: "H3 cells of this resolution that hold land; each lacks the letters f at its end" }),
  stateOf: z.array(z.number().int()).meta({ description: "Index into states, per cell" }),
  highSeas: z.number().int().meta({ description: "Index into states" }),
  territories: z
    .array(z.object({ id: z.string(), name: z.string(), state: z.number().int() }))
    .meta({ description: "What the midst of each territory gets, by name; only with the whole map" }),
});
export const publicMapQuery = z.strictObject({
  parent: z
    .string()
    .regex(/^[0-9a-f]{15}$/)
    .optional()
    .meta({ description: "A cell of the map: its own cells of resolution 5" }),
});
/** A town by its name, to ask about. */
export const namedPlaces = z.array(
  z.object({ name: z.string(), country: z.string(), latDeg: z.number(), lonDeg: z.number() }),
);
export const namedPlacesQuery = z.strictObject({ q: z.string().trim().min(2).max(100) });
export const publicPlace = z.object({
  latDeg: z.number(),
  lonDeg: z.number(),
  cell: z.string(),
  place: z.string(),
  boundaryView: boundaryViewName,
  published: publishedStateView,
  answers: z
    .array(
      z.object({
        axis: axisName,
        question: z.string(),
        answer: z.enum(["yes", "no", "disputed", "unknown", "inPart", "notPublished"]),
        text: z.string(),
        says: z.array(
          z.object({ text: z.string(), asserter: z.string(), source: z.string(), since: instant }),
        ),
      }),
    )
    .length(5),
});
export const kitAnswer = z.strictObject({
  mayBeActivated: z.enum(["yes", "no"]),
  reportedStolenOrBlocked: z.enum(["yes", "no"]),
});

export type StatementView = z.infer<typeof statementView>;
export type AreaStatus = z.infer<typeof areaStatus>;
export type AreaHistory = z.infer<typeof areaHistory>;
export type PlaceView = z.infer<typeof placeView>;
export type PolicyInForceView = z.infer<typeof policyInForceView>;
export type PolicyPlan = z.infer<typeof policyPlan>;
export type TransparencyReport = z.infer<typeof transparencyReport>;
export type Attestation = z.infer<typeof attestation>;
export type PublicMap = z.infer<typeof publicMap>;
export type PublicPlace = z.infer<typeof publicPlace>;
export type PublishedStateView = z.infer<typeof publishedStateView>;
export type NamedPlaces = z.infer<typeof namedPlaces>;
export type KitAnswer = z.infer<typeof kitAnswer>;
