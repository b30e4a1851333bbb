// SPDX-License-Identifier: MIT

/** What an investigation found about one terminal. Only `confirmed` can carry a deactivation, and only with a binding. */
export interface Finding {
  readonly id: string;
  readonly caseId: string;
  readonly terminalId: string;
  readonly verdict: "confirmed" | "notConfirmed" | "inconclusive";
  /** The operator's own measurements and records, or independent origins of a claim: copies count once. */
  readonly basis:
    | { readonly kind: "firstParty"; readonly evidence: readonly string[] }
    | { readonly kind: "origins"; readonly origins: readonly string[]; readonly evidence: readonly string[] };
  /** What ties the claim to this very terminal: a kit number in a photograph, a seized device, a network trace. */
  readonly identityBinding: { readonly kind: string; readonly evidence: string } | null;
  readonly summary: string;
  readonly by: string;
  readonly atMs: number;
}
