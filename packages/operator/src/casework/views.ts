// SPDX-License-Identifier: MIT
// Casework's values as the API tells them.
import type { ProtectedSite } from "@perigee/authority";
import {
  type CaseSignal,
  locationRowOf,
  type Mitigation,
  measures,
  type PatternId,
  patterns,
  type Recommendation,
  type Signal,
} from "@perigee/casework";
import type { LocationEvidence } from "@perigee/locate";
import type {
  LocationEvidenceView,
  MitigationView,
  ProtectedSiteView,
  RecommendationView,
  RecommendedMeasureView,
  SignalView,
} from "../contract.ts";
import { iso } from "../public/area-words.ts";

export const siteView = ({ id, title, kind }: ProtectedSite): ProtectedSiteView => ({ id, title, kind });

export const mitigationView = ({ kind, record, text }: Mitigation): MitigationView => ({
  kind,
  record,
  text,
});

/** A pattern in a case, with whom else it fits. */
export function patternView(signal: CaseSignal | Signal): SignalView {
  const { id, pattern, terminals, text, atMs } = signal;
  const known = Object.hasOwn(patterns, pattern) ? patterns[pattern as PatternId] : null;
  return {
    ...{ id, pattern, terminals: [...terminals], text, at: iso(atMs) },
    title: known?.title ?? pattern,
    family: known?.family ?? "unknown",
    falsePositives:
      "falsePositives" in signal ? signal.falsePositives : (known?.falsePositives ?? "Nothing is known."),
  };
}

/** What was measured: the verdict, why, and how far off; neither of the cells. */
export function locationView(evidence: LocationEvidence): LocationEvidenceView {
  const { contradictions, offsetKm } = locationRowOf(evidence);
  const { id, atMs, verdict, because } = evidence;
  return { id, at: iso(atMs), verdict, because, contradictions: contradictions.length, offsetKm };
}

export function recommendationView(recommendation: Recommendation): RecommendationView {
  const { terminalId, protectedSites, recommended, why } = recommendation;
  return {
    terminalId,
    protectedSites: protectedSites.map(siteView),
    ...{ recommended, why },
    measures: recommendation.measures.map(({ measure, needs, approvals, command }) => ({
      ...{ measure, title: measures[measure], needs: [...needs], approvals },
      command: command as RecommendedMeasureView["command"],
    })),
  };
}
