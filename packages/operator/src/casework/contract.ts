// SPDX-License-Identifier: MIT
// The HTTP contract of intake and casework. Part of `contract.ts`, which re-exports all of it. Nothing here computes.
import type { Appeal, Evidence, Finding, Notice, Order } from "@perigee/authority";
import type { Case, ShownReport, StatementTest, SupplyGraph } from "@perigee/casework";
import type { Conflict, Gap, IntakeReport } from "@perigee/intake";
import { z } from "zod";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

/** A document as it stands in a room's own types: its instants end in `Ms` and are UTC milliseconds. */
const recorded = <T>(description: string): z.ZodType<T> =>
  z.record(z.string(), z.json()).meta({ description }) as unknown as z.ZodType<T>;

/** Bounds of one request with documents. */
export const documentBounds = {
  documents: 20,
  documentBytes: 8_000_000,
  requestBytes: 64 * 1024 * 1024,
} as const;

const givenDocument = z
  .strictObject({
    name: z.string().trim().min(1).max(200).meta({ description: "File name or title, as people know it" }),
    mediaType: z.enum(["text/plain", "text/html", "application/pdf"]).default("text/plain"),
    text: z.string().max(documentBounds.documentBytes).optional(),
    base64: z
      .string()
      .max(Math.ceil(documentBounds.documentBytes / 3) * 4)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/, "say the bytes in base64")
      .optional(),
  })
  .refine(({ text, base64 }) => (text === undefined) !== (base64 === undefined), "say either text or base64");

/** Documents to be read: text, or bytes in base64. */
export const documentsRequest = z.strictObject({
  documents: z.array(givenDocument).min(1).max(documentBounds.documents),
});

/** What was read, as `@perigee/intake` publishes it; `perigee intake schema` prints its JSON Schema. */
export const intakeReport = recorded<IntakeReport>("The report of what was read");

export const addedDocuments = z.object({
  documents: z.array(
    z.object({
      evidence: z.string().meta({ description: "Its id as evidence, and as a document of the report" }),
      name: z.string(),
      bytes: z.number().int(),
      sha256: z.string(),
      already: z.boolean().meta({ description: "The case had these bytes before" }),
    }),
  ),
  added: z.object({ claims: z.number().int(), supply: z.number().int() }),
  report: intakeReport.meta({ description: "All documents of the case, read together" }),
});

/** The same for a case: from what kind of source they come. */
export const caseDocumentsRequest = documentsRequest.extend({
  receivedFrom: z
    .enum(["press", "public", "authority", "partner", "organisation", "holder"])
    .default("press"),
});

/** How a sheet is asked for. */
export const caseSheetQuery = z.strictObject({
  seen: z
    .union([z.string().max(100), z.array(z.string().max(100)).max(100)])
    .optional()
    .meta({ description: "Protected sites that the reader has looked at, by id: recommendations go by it" }),
});

/** How a case file is asked for. */
export const caseExportQuery = z.strictObject({ format: z.enum(["json", "pdf"]).default("json") });

export const caseClock = z.object({
  clock: z.enum(["acknowledge", "triage", "interim", "appeal"]),
  title: z.string(),
  subject: z.string(),
  started: instant,
  due: instant,
  met: instant.nullable(),
  state: z.enum(["running", "met", "metLate", "overdue"]),
});

export const caseClaim = z.object({
  id: z.string(),
  predicate: z.string(),
  text: z.string(),
  polarity: z.enum(["asserted", "denied"]),
  origins: z
    .array(z.string())
    .meta({ description: "Whoever has access of their own; documents are not counted" }),
  statements: z.array(z.string()),
  documents: z.array(z.string()).meta({ description: "Ids of evidence where they are in the case" }),
});

export const claimWeight = z.object({
  predicate: z.string(),
  asserting: z.array(z.string()),
  denying: z.array(z.string()),
  claims: z.array(z.string()),
});

export const protectedSiteView = z.object({ id: z.string(), title: z.string(), kind: z.string() });

export const mitigation = z.object({ kind: z.string(), record: z.string(), text: z.string() });

export const signalView = z.object({
  id: z.string(),
  pattern: z.string().meta({ description: "P1 to P14" }),
  title: z.string(),
  family: z.string(),
  terminals: z.array(z.string()),
  text: z.string(),
  falsePositives: z.string().meta({ description: "Whom else the pattern fits; to be shown with it, always" }),
  at: instant,
});

/** What the network measured of one terminal, newest verdict first; no position. */
export const locationEvidenceView = z.object({
  id: z.string(),
  at: instant,
  verdict: z.enum(["consistent", "inconsistent", "ambiguous", "insufficient", "stale"]),
  because: z.string(),
  contradictions: z.number().int(),
  offsetKm: z
    .number()
    .nullable()
    .meta({ description: "Farthest from the place that it says; null: none found" }),
});

const measure = z.enum(["observe", "notify", "restrict", "suspend", "deactivate"]);

export const recommendedMeasure = z.object({
  measure,
  title: z.string(),
  needs: z
    .array(z.string())
    .meta({ description: "What is missing, in sentences; none: it may be asked for" }),
  approvals: z.union([z.literal(0), z.literal(2)]),
  command: z
    .object({ name: z.string(), request: z.record(z.string(), z.json()) })
    .nullable()
    .meta({ description: "The authority's command as it would be asked: POST /v1/commands/<name>" }),
});

export const recommendation = z.object({
  terminalId: z.string(),
  protectedSites: z.array(protectedSiteView),
  recommended: measure,
  why: z.string(),
  measures: z.array(recommendedMeasure).meta({ description: "All, from least to most restrictive" }),
});

export const caseCandidate = z.object({
  terminalId: z.string(),
  name: z.string().nullable(),
  state: z
    .string()
    .nullable()
    .meta({ description: "Of the terminal's service; null: there is no such terminal" }),
  by: z.string(),
  why: z.string(),
  added: instant,
  excluded: z.object({ reason: z.string(), by: z.string(), at: instant }).nullable(),
  protectedSite: z.boolean(),
  mitigations: z.array(mitigation).meta({ description: "What the record says for it" }),
  signals: z.array(signalView),
  location: z.array(locationEvidenceView),
  missing: z.array(z.string()).meta({ description: "What the next measure above the recommended one needs" }),
});

export const caseTimelineRow = z.object({
  at: instant,
  kind: z.enum(["report", "step", "evidence", "finding", "order", "notice", "appeal"]),
  id: z.string(),
  text: z.string(),
  by: z.string().nullable(),
});

/** Everything on one case. Instants in what was derived are ISO 8601; records are as they stand. */
export const caseSheet = z.object({
  at: instant,
  case: recorded<Case>("The record of the case"),
  kind: z.object({ id: z.string(), text: z.string() }),
  state: z.object({ id: z.string(), text: z.string() }),
  clocks: z.array(caseClock),
  reports: z.array(recorded<ShownReport>("A report, as much of it as its protection lets")),
  claims: z.array(caseClaim),
  weights: z.array(claimWeight),
  reading: z
    .object({
      documents: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
      conflicts: z.array(recorded<Conflict>("Two propositions that cannot both hold")),
      propositions: z
        .record(z.string(), z.string())
        .meta({ description: "Claim, by the id that conflicts name: the proposition in one sentence" }),
      gaps: z.array(recorded<Gap>("What was asked and not answered")),
      note: z
        .string()
        .nullable()
        .meta({ description: "Why the documents could not be read again; null: they were" }),
    })
    .nullable()
    .meta({ description: "The case's documents, read together; null: it has none" }),
  protectedSites: z.array(protectedSiteView).meta({ description: "At or near any candidate; shown first" }),
  candidates: z.array(caseCandidate).meta({ description: "Those at or near protected sites first" }),
  recommendations: z.array(recommendation),
  supply: recorded<SupplyGraph>("Claimed, denied, disputed and confirmed edges"),
  evidence: z.array(recorded<Evidence>("An item of evidence, without bytes")),
  findings: z.array(recorded<Finding>("What an investigation found about one terminal")),
  binding: z.array(z.string()).meta({ description: "Findings that carry a deactivation" }),
  orders: z.array(recorded<Order>("An order of the authority")),
  notices: z.array(recorded<Notice>("What a holder was told")),
  appeals: z.array(recorded<Appeal>("An appeal")),
  openEnds: z.array(z.string()).meta({ description: "Why it cannot be closed yet" }),
  next: z.array(z.string()).meta({ description: "Commands that the state allows, e.g. case.triage" }),
  timeline: z.array(caseTimelineRow).meta({ description: "Oldest first" }),
});

/** `lat,lon,km`: a point in degrees (WGS84) and a radius of at most 200 km. */
const areaText = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,6})?,-?\d{1,3}(\.\d{1,6})?,\d{1,3}(\.\d{1,3})?$/, "say lat,lon,km");
const severalTexts = z
  .union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).max(50)])
  .optional();

export const candidatesQuery = z.strictObject({
  area: areaText.optional(),
  from: instant.optional().meta({ description: "First instant for area; a day before the end if left out" }),
  until: instant.optional().meta({ description: "The end for area, not in it; now if left out" }),
  unit: severalTexts.meta({ description: "Party on record, by id" }),
  account: severalTexts,
  serial: severalTexts.meta({ description: "Serial or kit number; `*` at the end for all that begin so" }),
});

export const candidateSearch = z.object({
  protectedSites: z.array(protectedSiteView),
  candidates: z.array(
    z.object({
      terminalId: z.string(),
      protectedSite: z.boolean(),
      matches: z.array(z.object({ by: z.string(), why: z.string() })),
      mitigations: z.array(mitigation),
      inCase: z.boolean().meta({ description: "It is a candidate of the case already" }),
    }),
  ),
  cells: z.number().int().meta({ description: "Service cells that the area has" }),
  notFound: z.array(z.string()),
  truncated: z.boolean(),
});

export const caseSignals = z.object({
  at: instant,
  from: instant.meta({ description: "Beginning of the span that was looked at" }),
  terminals: z.array(
    z.object({
      terminalId: z.string(),
      protectedSite: z.boolean(),
      families: z.array(z.string()),
      mitigations: z.array(mitigation),
      signals: z.array(signalView),
      cases: z.array(z.string()).meta({ description: "Cases that look at it" }),
    }),
  ),
  looked: z
    .array(z.object({ pattern: z.string(), title: z.string(), rows: z.number().int().nullable() }))
    .meta({
      description: "What each pattern had to look at; null: the operator keeps no such rows",
    }),
  truncated: z.boolean(),
});

export const ownStatements = z.object({
  at: instant,
  statements: z.array(
    recorded<StatementTest>("A public statement of the operator, held against its records"),
  ),
});

/** A report from somebody who is not signed in. */
export const publicReportRequest = z.strictObject({
  title: z.string().trim().min(3).max(200),
  summary: z.string().trim().min(10).max(2_000),
  kind: z.enum(["use", "area", "clone", "supply", "scamListing", "ownStatement"]).default("use"),
  reporter: z.enum(["public", "press", "organisation", "administration", "partner"]).default("public"),
  lifeAtRisk: z.boolean().default(false),
  mayBeCited: z.boolean().default(false).meta({ description: "The reporter speaks in public" }),
  atRisk: z.boolean().default(false).meta({ description: "Not even the class of the reporter is shown" }),
});

export const publicReportReceipt = z.object({
  replyKey: z
    .string()
    .meta({ description: "With it the reporter asks what became of the report. Not kept in clear." }),
  received: instant,
  acknowledgedBy: instant.meta({ description: "By when a person or the automatic receipt has answered" }),
  acknowledged: instant.nullable(),
});

export const publicReportStatus = z.object({
  received: instant,
  acknowledged: instant.nullable(),
  state: z.enum(["received", "lookedAt", "concluded", "closed"]),
  text: z.string(),
});

export type DocumentsRequest = z.infer<typeof documentsRequest>;
export type CaseDocumentsRequest = z.infer<typeof caseDocumentsRequest>;
export type IntakeReportView = z.infer<typeof intakeReport>;
export type AddedDocuments = z.infer<typeof addedDocuments>;
export type CaseClockView = z.infer<typeof caseClock>;
export type CaseClaimView = z.infer<typeof caseClaim>;
export type ClaimWeightView = z.infer<typeof claimWeight>;
export type ProtectedSiteView = z.infer<typeof protectedSiteView>;
export type MitigationView = z.infer<typeof mitigation>;
export type SignalView = z.infer<typeof signalView>;
export type LocationEvidenceView = z.infer<typeof locationEvidenceView>;
export type RecommendedMeasureView = z.infer<typeof recommendedMeasure>;
export type RecommendationView = z.infer<typeof recommendation>;
export type CaseCandidateView = z.infer<typeof caseCandidate>;
export type CaseTimelineRow = z.infer<typeof caseTimelineRow>;
export type CaseSheet = z.infer<typeof caseSheet>;
export type CandidateSearchView = z.infer<typeof candidateSearch>;
export type CaseSignals = z.infer<typeof caseSignals>;
export type OwnStatements = z.infer<typeof ownStatements>;
export type PublicReportRequest = z.infer<typeof publicReportRequest>;
export type PublicReportReceipt = z.infer<typeof publicReportReceipt>;
export type PublicReportStatus = z.infer<typeof publicReportStatus>;
