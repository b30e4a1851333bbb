// SPDX-License-Identifier: MIT
// The HTTP contract: one schema per body. Handlers validate with it, the OpenAPI document is made from it, and the
// console imports its types. Nothing here computes.
import { z } from "zod";
import { locationStanding } from "./location/contract.ts";

export * from "./access/contract.ts";
export * from "./casework/contract.ts";
export * from "./conditions/contract.ts";
export * from "./dish/contract.ts";
export * from "./fleet/contract.ts";
export * from "./location/contract.ts";
export * from "./planet/contract.ts";
export * from "./portal/contract.ts";
export * from "./public/contract.ts";
export * from "./telemetry/contract.ts";

const instant = z.iso.datetime().meta({ description: "UTC, ISO 8601" });

/** Five-way result of admission; see the table in `@perigee/authority`. */
export const outcome = z.enum(["allow", "provisional", "restricted", "deny", "txOff"]);

export const pathNode = z.object({
  kind: z.enum(["terminal", "satellite", "gateway", "pop"]),
  id: z.string(),
  name: z.string(),
  latDeg: z.number(),
  lonDeg: z.number(),
  altitudeKm: z.number(),
});

export const pathHop = z.object({
  kind: z.enum(["up", "laser", "down", "fibre"]),
  lengthKm: z.number(),
  delayMs: z.number(),
});

/** The link of one terminal in the current slot; `null` fields never occur: no link, no object. */
export const link = z.object({
  slot: z.number().int(),
  from: instant,
  until: instant,
  satellite: z.object({ index: z.number().int(), catalogNumber: z.number().int(), name: z.string() }),
  gateway: z.object({ id: z.string(), name: z.string() }),
  pop: z.object({ code: z.string(), city: z.string() }),
  elevationDeg: z.number(),
  azimuthDeg: z.number(),
  nodes: z.array(pathNode),
  hops: z.array(pathHop),
  rttMs: z.object({ floor: z.number(), median: z.number() }),
  oneWayMs: z.tuple([z.number(), z.number(), z.number()]),
  fixedMs: z.number(),
  access: z.object({
    frameMs: z.number(),
    grantPeriodMs: z.number(),
    missProbability: z.number(),
    seed: z.number().int(),
  }),
  downMbps: z.number(),
  upMbps: z.number(),
  lossProbability: z.number(),
  gap: z.object({ from: instant, dropUntil: instant, until: instant }).nullable(),
  load: z
    .object({
      queueMs: z.object({ down: z.number(), up: z.number() }),
      accessUtilisation: z.number(),
    })
    .optional()
    .meta({ description: "What everybody's traffic adds; only where the planet's plan serves the link" }),
});

export const admission = z.object({
  at: instant,
  outcome,
  reason: z.string().meta({ description: "Stable reason code, e.g. AREA_NOT_ACTIVE" }),
  wireCode: z.object({ number: z.number().int(), name: z.string() }),
  linked: z.boolean(),
  reach: z.enum(["all", "accountAndEmergency", "nothing"]),
  leaseUntil: instant.nullable(),
  policyVersion: z.string(),
  boundaryView: z.string(),
});

export const terminalRow = z.object({
  id: z.string(),
  name: z.string(),
  account: z.object({ id: z.string(), holder: z.string(), country: z.string() }).nullable(),
  plan: z.string().nullable(),
  state: z.string(),
  position: z
    .object({
      precision: z.enum(["exact", "largeCell"]).meta({
        description: "largeCell: the middle of an H3 cell of resolution 3, for who may not see positions",
      }),
      latDeg: z.number(),
      lonDeg: z.number(),
      cell: z.string(),
      territory: z.string(),
      territoryName: z.string(),
      country: z.string().nullable(),
      zone: z.enum(["land", "territorialSea", "highSea"]),
      speedKmh: z.number().nullable(),
      at: instant,
    })
    .nullable(),
  admission: admission.nullable(),
  /** Round trip and rates now; `null` when the terminal has no link. */
  link: z
    .object({
      rttMs: z.number(),
      downMbps: z.number(),
      upMbps: z.number(),
      satellite: z.string(),
      gateway: z.string(),
      pop: z.string(),
    })
    .nullable(),
  proxy: z.object({ socks5: z.string(), http: z.string() }),
});

export const terminalDetail = terminalRow.extend({
  detail: z.object({
    explain: z.string(),
    location: locationStanding.nullable().meta({ description: "null: nobody measures" }),
    link: link.nullable(),
    traffic: z.object({
      openConnections: z.number().int(),
      upBytes: z.number(),
      downBytes: z.number(),
      refused: z.number().int(),
    }),
    orders: z.array(z.lazy(() => order)),
    decisions: z.array(z.lazy(() => decision)),
  }),
});

/** Why the terminal may or may not be online: one paragraph, and the same as data. */
export const explanation = z.object({
  terminalId: z.string(),
  at: instant,
  paragraph: z.string(),
  admission,
  grounds: z.array(
    z.object({
      rule: z.string(),
      reason: z.string(),
      axis: z.string().nullable(),
      territory: z.string().nullable(),
      value: z.string().nullable(),
      asserter: z.string().nullable(),
      source: z.string().nullable(),
      since: instant.nullable(),
      text: z.string(),
    }),
  ),
  inputs: z.record(z.string(), z.string()),
});

export const orderRequest = z.strictObject({
  kind: z.enum(["suspend", "restore"]),
  terminalId: z.string().min(1).max(64),
  ground: z.string().trim().min(10).max(500).meta({ description: "Why: the named ground of the order" }),
  hours: z.number().int().min(1).max(72).optional().meta({ description: "suspend only; at most 72" }),
});

export const order = z.object({
  id: z.string(),
  kind: z.enum(["suspend", "restore", "restrict", "lift", "deactivate", "reinstate"]),
  terminalId: z.string(),
  officer: z.string(),
  ground: z.string(),
  at: instant,
  expiresAt: instant.nullable(),
  endedAt: instant.nullable(),
  ledgerIndex: z.number().int(),
});

export const decision = z.object({
  id: z.string(),
  at: instant,
  subject: z.string(),
  action: z
    .string()
    .meta({ description: "admission | suspend | restore | expire | elements | policy | register" }),
  outcome: z.string(),
  reasons: z.array(z.string()),
  text: z.string(),
  ledgerIndex: z.number().int(),
});

/** What a command led to. */
export const carriedOut = z.object({
  decisions: z.array(
    z.object({
      id: z.string(),
      action: z.string(),
      subject: z.string(),
      outcome: z.string(),
      text: z.string(),
      ledgerIndex: z.number().int(),
      noticeId: z.string().nullable(),
    }),
  ),
  records: z
    .array(z.object({ kind: z.string(), id: z.string() }))
    .meta({ description: "Records that changed" }),
  proposalId: z
    .string()
    .nullable()
    .meta({ description: "The proposal that waits for two persons; null where it was carried out" }),
  terminals: z.number().int().meta({ description: "Terminals that were asked about again" }),
});

/** What a command would lead to. */
export const preview = z.object({
  approvalsNeeded: z
    .literal([0, 2])
    .meta({ description: "Other persons who must approve first: then it becomes a proposal" }),
  blastRadius: z
    .object({
      terminals: z.number().int(),
      accounts: z.number().int(),
      share: z.number().meta({ description: "Of the terminals in service, 0 to 1" }),
      protectedSites: z.array(z.string()),
    })
    .nullable()
    .meta({ description: "Whom it touches; null: one subject" }),
  count: z.number().int().meta({ description: "Decisions that it would make, at once or once approved" }),
  decisions: z
    .array(
      z.object({
        action: z.string(),
        subject: z.string(),
        outcome: z.string(),
        text: z.string(),
        noticed: z.boolean().meta({ description: "Whether the holder is told at once" }),
        endsAt: instant.nullable(),
        reviewAt: instant.nullable(),
        appealUntil: instant.nullable(),
      }),
    )
    .meta({ description: "The first of them" }),
});

export const status = z.object({
  name: z.string(),
  version: z.string(),
  clock: z.object({ mode: z.enum(["live", "sim"]), now: instant }),
  slot: z.object({ number: z.number().int(), start: instant, end: instant }),
  elements: z.object({
    source: z.string(),
    satellites: z.number().int(),
    checksum: z.string(),
    loadedAt: instant,
    epoch: instant.meta({ description: "Median epoch of the elements" }),
    ageDays: z.number(),
    ageWarning: z
      .string()
      .nullable()
      .meta({ description: "What the age means for a plan; null where nothing is wrong, and for a pattern" }),
  }),
  plan: z.object({ slot: z.number().int(), computeMs: z.number(), changedSatellites: z.number().int() }),
  boundaryView: z.object({ id: z.string(), title: z.string(), asserter: z.string(), version: z.string() }),
  policyVersion: z.string(),
  fidelity: z.literal("streams"),
  link: z.object({
    latenessP50Ms: z.number(),
    latenessP95Ms: z.number(),
    latenessP99Ms: z.number(),
    authorityReachable: z.boolean(),
  }),
  terminals: z.object({ total: z.number().int(), served: z.number().int(), refused: z.number().int() }),
  ledger: z.object({ size: z.number().int(), root: z.string() }),
  faultsEnabled: z.boolean(),
});

export const satellites = z.object({
  version: z
    .string()
    .meta({ description: "Changes when the elements change; the ephemeris has the same order" }),
  shells: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      service: z.enum(["broadband", "directToCell", "raising"]),
    }),
  ),
  catalogNumber: z.array(z.number().int()),
  name: z.array(z.string()),
  shell: z.array(z.number().int()).meta({ description: "Index into shells, per satellite" }),
  lasers: z.array(z.number().int()).meta({ description: "Pairs of satellite indices: a0, b0, a1, b1, …" }),
});

export const ground = z.object({
  gateways: z.array(z.object({ id: z.string(), name: z.string(), latDeg: z.number(), lonDeg: z.number() })),
  pops: z.array(
    z.object({
      code: z.string(),
      city: z.string(),
      country: z.string(),
      latDeg: z.number(),
      lonDeg: z.number(),
    }),
  ),
});

export const areaStatement = z.object({
  id: z.string(),
  territory: z.string(),
  territoryName: z.string(),
  axis: z.enum(["licence", "supply", "activation", "legalRegime", "publishedCoverage"]),
  value: z.string(),
  asserter: z.string(),
  source: z.string(),
  validFrom: instant,
  validTo: instant.nullable(),
});

export const ledgerHead = z.object({
  size: z.number().int(),
  root: z.string(),
  at: instant,
  keyId: z.string(),
  signature: z.string(),
  publicKey: z.string().meta({ description: "Ed25519, SPKI DER, base64" }),
});

export const ledgerEntry = z.object({ index: z.number().int(), leafHash: z.string(), entry: z.json() });

/** RFC 9457. `code` is stable; `place` says where in the input. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  place: z.string().optional(),
});

export type Outcome = z.infer<typeof outcome>;
export type PathNode = z.infer<typeof pathNode>;
export type PathHop = z.infer<typeof pathHop>;
export type Link = z.infer<typeof link>;
export type Admission = z.infer<typeof admission>;
export type TerminalRow = z.infer<typeof terminalRow>;
export type TerminalDetail = z.infer<typeof terminalDetail>;
export type Explanation = z.infer<typeof explanation>;
export type OrderRequest = z.infer<typeof orderRequest>;
export type Order = z.infer<typeof order>;
export type Decision = z.infer<typeof decision>;
export type CarriedOut = z.infer<typeof carriedOut>;
export type Preview = z.infer<typeof preview>;
export type Status = z.infer<typeof status>;
export type Satellites = z.infer<typeof satellites>;
export type Ground = z.infer<typeof ground>;
export type AreaStatement = z.infer<typeof areaStatement>;
export type LedgerHead = z.infer<typeof ledgerHead>;
export type LedgerEntry = z.infer<typeof ledgerEntry>;
export type Problem = z.infer<typeof problem>;
