// SPDX-License-Identifier: MIT
// What the console reads of each kind of record. The operator's lists carry these members; instants are UTC ms.
import type { RecordRow } from "./records.ts";

export interface ApprovalRow {
  readonly approverId: string;
  readonly approver: string;
  readonly verdict: "approved" | "refused";
  readonly reason: string;
  readonly atMs: number;
}

export interface CommandAsked {
  readonly name: string;
  readonly request: unknown;
}

export interface ProposalRow extends RecordRow {
  readonly command: CommandAsked;
  readonly requestedBy: { readonly id: string; readonly name: string };
  readonly reason: string;
  readonly lane: "ordinary" | "emergency";
  readonly atMs: number;
  readonly expiresMs: number;
  readonly blastRadius: {
    readonly terminals: number;
    readonly accounts: number;
    readonly share: number;
    readonly protectedSites: readonly string[];
  } | null;
  readonly approvals: readonly ApprovalRow[];
  readonly state: "open" | "carriedOut" | "refused" | "expired" | "withdrawn";
}

export interface BulkOrderRow extends RecordRow {
  readonly action: string;
  readonly ground: string;
  readonly basis: { readonly kind: string; readonly id: string };
  readonly requestedBy: { readonly id: string; readonly name: string };
  readonly approvals: readonly ApprovalRow[];
  readonly hours: number | null;
  readonly endsMs: number | null;
  readonly terminalIds: readonly string[];
  readonly canary: readonly string[];
  readonly done: readonly string[];
  readonly state: "stopped" | "canary" | "complete" | "rolledBack";
  readonly stoppedBecause: string | null;
  readonly sitesSeen: readonly string[];
  readonly observations: readonly {
    readonly terminalId: string;
    readonly asExpected: boolean;
    readonly note: string;
  }[];
  readonly atMs: number;
}

export interface BreakGlassRow extends RecordRow {
  readonly command: CommandAsked;
  readonly by: string;
  readonly emergency: string;
  readonly effects: readonly { readonly kind: string; readonly id: string }[];
  readonly atMs: number;
  readonly endsMs: number;
  readonly endedMs: number | null;
  readonly reviewDueMs: number;
  readonly review: {
    readonly by: string;
    readonly verdict: "justified" | "notJustified";
    readonly reason: string;
    readonly atMs: number;
  } | null;
}

export interface NoticeRow extends RecordRow {
  readonly decisionId: string;
  readonly subject: string;
  readonly party: string | null;
  readonly cause: { readonly kind: string; readonly id: string };
  readonly decidedBy: readonly string[];
  readonly atMs: number;
  readonly exemption: string | null;
  readonly text: {
    readonly facts: string;
    readonly rule: string;
    readonly evidence: readonly string[];
    readonly automated: boolean;
    readonly howToAppeal: string;
  };
  readonly reviewMs: number;
  readonly appealUntilMs: number;
}

export interface AppealRow extends RecordRow {
  readonly noticeId: string;
  readonly subject: string;
  readonly by: string;
  readonly statement: string;
  readonly lifeCritical: boolean;
  readonly atMs: number;
  readonly dueMs: number;
  readonly state: "open" | "upheld" | "reversed" | "withdrawn";
  readonly decision: {
    readonly by: string;
    readonly reason: string;
    readonly atMs: number;
    readonly harmNote: string | null;
  } | null;
}

export interface FindingRow extends RecordRow {
  readonly caseId: string;
  readonly terminalId: string;
  readonly verdict: "confirmed" | "notConfirmed" | "inconclusive";
  readonly basis: {
    readonly kind: "firstParty" | "origins";
    readonly evidence: readonly string[];
    readonly origins?: readonly string[];
  };
  readonly identityBinding: { readonly kind: string; readonly evidence: string } | null;
  readonly summary: string;
  readonly by: string;
  readonly atMs: number;
}

export interface PartyRow extends RecordRow {
  readonly name: string;
  readonly kind: "person" | "organisation";
  readonly country: string;
  readonly aliases: readonly string[];
  readonly verification: {
    readonly state: "unverified" | "verified" | "failed";
    readonly method: string | null;
    readonly by: string | null;
    readonly atMs: number;
  };
  readonly standing: "clear" | "sanctioned";
  readonly birthDate?: string;
  readonly identifiers?: readonly { readonly kind: string; readonly value: string }[];
  readonly erasedMs?: number;
}

export interface AccountRow extends RecordRow {
  readonly holder: string;
  readonly country: string;
  readonly state: "open" | "closed";
  readonly managedBy: string | null;
}

export interface ServiceLineRow extends RecordRow {
  readonly accountId: string;
  readonly planId: string;
  readonly nickname?: string;
  readonly hasAddress: boolean;
  readonly terminalId: string | null;
  readonly state: "active" | "paused" | "ended";
  readonly sponsorshipId: string | null;
  readonly sinceMs: number;
}

export interface ScreeningRow extends RecordRow {
  readonly party: string;
  readonly list: string;
  readonly listVersion: string;
  readonly atMs: number;
  readonly candidates: readonly {
    readonly listEntryId: string;
    readonly name: string;
    readonly score: number;
    readonly reasons: readonly {
      readonly rule: string;
      readonly ours: string;
      readonly theirs: string;
      readonly weight: number;
    }[];
  }[];
  readonly judgement: "open" | "clear" | "notTheSame" | "unsure" | "confirmed";
  readonly judgedBy: string | null;
  readonly entryId: string | null;
  readonly identifiers: readonly { readonly kind: string; readonly evidence: string }[];
}

export interface ProgrammeRow extends RecordRow {
  readonly title: string;
  readonly donor: string;
  readonly fromMs: number;
  readonly toMs: number | null;
}

export interface CountClaimRow extends RecordRow {
  readonly programmeId: string;
  readonly count: number;
  readonly asOfMs: number;
  readonly asserter: string;
  readonly source: string;
}

export interface DonationRow extends RecordRow {
  readonly programmeId: string;
  readonly terminalId: string;
  readonly donor: string;
  readonly holder: string;
  readonly user: string | null;
  readonly atMs: number;
}

export interface SponsorshipRow extends RecordRow {
  readonly sponsor: string;
  readonly accountIds: readonly string[];
  readonly fromMs: number;
  readonly endsMs: number | null;
  readonly noticeDays: number;
  readonly continuityDays: number;
  readonly noticeGivenMs?: number;
  readonly lapsedMs?: number;
}

export interface ResellerRow extends RecordRow {
  readonly party: string | null;
  readonly authorised: boolean;
  readonly territory: string;
  readonly locality: string | null;
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly asserter: string;
  readonly source: string;
}

export interface AllowListRow extends RecordRow {
  readonly territory: string;
  readonly terminalId: string;
  readonly holder: string;
  readonly class: string;
  readonly lane: "civilian" | "forces";
  readonly atMs: number;
  readonly state: "received" | "inReview" | "approved" | "refused" | "revoked";
  readonly overCap: string | null;
  readonly entry: { readonly fromMs: number; readonly toMs: number | null } | null;
  readonly signals: readonly {
    readonly rule: string;
    readonly text: string;
    readonly innocentReading: string;
  }[];
  readonly decision: { readonly by: string; readonly reason: string; readonly atMs: number } | null;
}

export interface SiteExceptionRow extends RecordRow {
  readonly title: string;
  readonly terminalIds: readonly string[];
  readonly site: { readonly latDeg: number; readonly lonDeg: number };
  readonly radiusKm: number;
  readonly lifts: readonly string[];
  readonly licenceExceptionId: string | null;
  readonly reason: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly grantedToMs: number;
}
