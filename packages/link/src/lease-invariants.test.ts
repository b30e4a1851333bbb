// SPDX-License-Identifier: MIT
// Invariant 1 at the data plane's gate, with signed leases: what arrives, when, how often and in which order is chance;
// the authority may be cut off, its clock may step, and what is delivered may be old, forged or doubled.
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { test } from "node:test";
import { issueLeases, type Lease, type LeaseClaims, leaseVerifier } from "@perigee/authority";
import fc from "fast-check";
import { createLinkEngine } from "./engine.ts";

const runs = Number(process.env["PERIGEE_CASES"]) || 10_000;
const T0 = Date.UTC(2026, 10, 21, 12);
const keyPair = (): { privateKey: KeyObject; publicKey: KeyObject; keyId: string } => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const keyId = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
  return { privateKey, publicKey, keyId };
};
const authority = keyPair();
const stranger = keyPair();
const verify = leaseVerifier(authority.publicKey);
const terminals = ["ut-0", "ut-1"] as const;

const claimsOf = (terminalId: string, issuedS: number, more: Partial<LeaseClaims> = {}): LeaseClaims => ({
  ...{ terminalId, cells: ["8528308ffffffff"], reach: "all", policyVersion: "p1" },
  ...{ issuedAtMs: T0 + issuedS * 1_000, expiresAtMs: T0 + issuedS * 1_000 + 60_000 },
  ...more,
});

/**
 * Everything that the authority may ever have signed, by the second: a lease, one of restricted reach, one that stands
 * by an earlier chain, and a chain of three minutes. Signed once, in one batch for each second.
 */
const lastIssueS = 300;
const stepS = 10;
interface Issue {
  readonly plain: Lease;
  readonly restricted: Lease;
  readonly standingBy: readonly Lease[];
  readonly chain: readonly Lease[];
}
const issues = new Map<string, Issue>();
for (let s = 0; s <= lastIssueS; s += stepS) {
  for (const id of terminals) {
    const earlier = [stepS, 4 * stepS, 9 * stepS].filter(back => back <= s);
    const windows = [60, 120, 180].map(fromS =>
      claimsOf(id, s, {
        notBeforeMs: T0 + (s + fromS) * 1_000,
        expiresAtMs: T0 + (s + fromS + 60) * 1_000,
      }),
    );
    const [plain, restricted, ...rest] = issueLeases(
      [
        claimsOf(id, s),
        claimsOf(id, s, { reach: "accountAndEmergency", expiresAtMs: T0 + s * 1_000 + 15_000 }),
        ...windows,
        ...earlier.map(back => claimsOf(id, s, { standsByMs: T0 + (s - back) * 1_000 })),
      ],
      authority,
      T0 + s * 1_000,
    );
    issues.set(`${id} ${s}`, {
      plain: plain!,
      restricted: restricted!,
      chain: rest.slice(0, 3),
      standingBy: rest.slice(3),
    });
  }
}
const [forged] = issueLeases([claimsOf("ut-0", 0)], stranger, T0);
const issueOf = (terminal: number, s: number): Issue => issues.get(`${terminals[terminal]!} ${s}`)!;

const event = fc.record({
  /** The gate's clock goes on by this much before. It never goes back; the authority's may be anywhere. */
  waitMs: fc.constantFrom(0, 0, 1, 1_000, 7_000, 14_999, 30_000, 60_000, 120_000),
  kind: fc.constantFrom("plain", "plain", "restricted", "standingBy", "chain", "chain", "revoke", "forge"),
  terminal: fc.nat(1),
  /** Which second's word it is: fresh, or kept back for long, or from a clock that runs ahead. */
  issuedS: fc.nat(lastIssueS / stepS).map(n => n * stepS),
  which: fc.nat(2),
});
type Event = typeof event extends fc.Arbitrary<infer Value> ? Value : never;

function leasesOf({ kind, terminal, issuedS, which }: Event): readonly Lease[] {
  const issue = issueOf(terminal, issuedS);
  switch (kind) {
    case "plain":
      return [issue.plain];
    case "restricted":
      return [issue.restricted];
    case "standingBy":
      return issue.standingBy.slice(which, which + 1);
    // In part, reversed, or doubled.
    case "chain":
      return [issue.chain, issue.chain.slice(1), [...issue.chain, ...issue.chain].reverse()][which]!;
    case "forge":
      return [
        forged!,
        { ...issue.plain, claims: { ...issue.plain.claims, expiresAtMs: Number.MAX_SAFE_INTEGER } },
        { ...issue.plain, claims: issueOf(1 - terminal, issuedS).plain.claims },
      ].slice(which, which + 1);
    default:
      return [];
  }
}

test("I1, I2, F10: no packet without a live signed lease, and none outlives the authority's word", () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 3, maxLength: 12 }),
      fc.array(fc.nat(400), { maxLength: 3 }),
      (events, late) => {
        let nowMs = T0 + 100_000;
        const engine = createLinkEngine({
          clock: () => nowMs,
          verifyLease: (lease, atMs) => {
            const verified = verify(lease, atMs);
            return verified.ok ? { ok: true, claims: verified.value } : verified;
          },
        });
        engine.enrol(terminals);
        const heard: { readonly claims: LeaseClaims; readonly genuine: boolean }[] = [];
        const revokedMs = new Map<string, number>();
        const probe = (): void => {
          for (const id of terminals) {
            const open = engine.permits(id, "all") === null;
            assert.equal(open, isOpen(heard, revokedMs.get(id) ?? -1, id, nowMs));
            if (!open) continue;
            // Said once more without the twin: some genuine lease for this terminal covers now and outlives its signing
            // by no more than it may.
            const mine = heard.filter(({ claims, genuine }) => genuine && claims.terminalId === id);
            assert.ok(
              mine.some(({ claims: c }) => {
                const spanMs = c.expiresAtMs - (c.notBeforeMs ?? c.issuedAtMs);
                return (
                  nowMs < c.expiresAtMs && spanMs <= 60_000 && c.cells.length > 0 && c.policyVersion === "p1"
                );
              }),
            );
          }
        };
        for (const item of events) {
          nowMs += item.waitMs;
          if (item.kind === "revoke") {
            const id = terminals[item.terminal]!;
            const atMs = T0 + item.issuedS * 1_000;
            engine.revokeMany([id], { code: "R", message: "R", atMs });
            revokedMs.set(id, Math.max(revokedMs.get(id) ?? -1, atMs));
          } else {
            const leases = leasesOf(item);
            engine.installLeases(leases);
            for (const { claims } of leases) {
              const inTime = nowMs >= claims.issuedAtMs - 2_000 && nowMs < claims.expiresAtMs;
              if (inTime) heard.push({ claims, genuine: item.kind !== "forge" });
            }
          }
          probe();
        }
        // Cut off from here on: nothing arrives any more, and time goes by.
        for (const waitS of late) {
          nowMs += waitS * 1_000;
          probe();
        }
        nowMs += 300_000;
        for (const id of terminals) assert.notEqual(engine.permits(id, "emergency"), null);
      },
    ),
    { numRuns: runs },
  );
});

/** From the definitions, over the set of all that was ever heard: no order, no state. */
function isOpen(
  heard: readonly { readonly claims: LeaseClaims; readonly genuine: boolean }[],
  revokedMs: number,
  id: string,
  nowMs: number,
): boolean {
  const all = heard.filter(({ claims, genuine }) => genuine && claims.terminalId === id).map(h => h.claims);
  const alive = all.filter(claims => claims.issuedAtMs > revokedMs);
  const plain = alive.filter(claims => claims.notBeforeMs === undefined);
  const newestMs = Math.max(-1, ...plain.map(claims => claims.issuedAtMs));
  // Of two leases of one instant the first one heard holds.
  const lease = plain.find(claims => claims.issuedAtMs === newestMs);
  if (lease !== undefined && nowMs < lease.expiresAtMs) return lease.reach === "all";
  const standing = plain.map(claims => claims.standsByMs ?? claims.issuedAtMs);
  const chain = alive.filter(
    claims => claims.notBeforeMs !== undefined && standing.every(ms => claims.issuedAtMs >= ms),
  );
  const chainMs = Math.max(-1, ...chain.map(claims => claims.issuedAtMs));
  return chain.some(
    claims => claims.issuedAtMs === chainMs && nowMs >= claims.notBeforeMs! && nowMs < claims.expiresAtMs,
  );
}
