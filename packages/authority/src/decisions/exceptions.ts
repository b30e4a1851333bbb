// SPDX-License-Identifier: MIT
import type { Position } from "@perigee/earth";
import type { ReasonCode } from "../reasons.ts";

/** Reasons that a site exception may lift. A law only with the licence it cites; a terminal's own standing never. */
export type LiftableReason = Extract<
  ReasonCode,
  | "AREA_NOT_ACTIVE"
  | "LEGAL_REGIME"
  | "NOT_ON_ALLOWLIST"
  | "PLAN_OCEAN"
  | "PLAN_ADDRESS"
  | "PLAN_COUNTRY"
  | "ROAM_EXPIRED"
>;

/** Named terminals may have service at a named place although a rule of the area says no. Approved by two persons. */
export interface SiteException {
  readonly id: string;
  readonly title: string;
  readonly terminalIds: readonly string[];
  readonly site: Position;
  /** The terminals must be this near; at most 50 km. */
  readonly radiusKm: number;
  readonly lifts: readonly LiftableReason[];
  /** Needed exactly when `lifts` names LEGAL_REGIME. */
  readonly licenceExceptionId: string | null;
  readonly reason: string;
  readonly fromMs: number;
  /** When it ends: as granted, or earlier where somebody ended it. */
  readonly toMs: number;
  /** Its end as granted: what a reversal of an early end leads back to. */
  readonly grantedToMs: number;
}

/** A licence under a law that otherwise forbids: whom, where and until when. */
export interface LicenceException {
  readonly id: string;
  /** Territory and statement on the legal regime that it is an exception from. */
  readonly territory: string;
  readonly statementId: string;
  readonly licence: string;
  readonly issuer: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** A hospital, waterworks, shelter or emergency service: nothing is done to it without a person who looks. */
export interface ProtectedSite {
  readonly id: string;
  readonly title: string;
  readonly kind: "health" | "water" | "aid" | "emergency" | "school" | "energy";
  readonly site: Position;
  readonly radiusKm: number;
  /** Terminals known to serve it, wherever they report from. */
  readonly terminalIds: readonly string[];
  readonly asserter: string;
  readonly source: string;
}
