// SPDX-License-Identifier: MIT
// Every invariant that exists so far, broken on purpose. Each mutant must be caught by the tests named beside it.
import { authorityMutants } from "./authority.ts";
import { caseworkMutants } from "./casework.ts";
import { dishMutants } from "./dish.ts";
import { engineMutants } from "./engine.ts";
import { fleetMutants } from "./fleet.ts";
import { intakeMutants } from "./intake.ts";
import type { Mutant } from "./mutant.ts";
import { operatorMutants } from "./operator.ts";
import { registryMutants } from "./registry.ts";

const link = (name: string): string => `packages/link/src/${name}.test.ts`;
const authority = (name: string): string => `packages/authority/src/${name}.test.ts`;
const network = (name: string): string => `packages/network/src/${name}.test.ts`;
const operator = (name: string): string => `packages/operator/src/${name}.test.ts`;

export const catalogue: readonly Mutant[] = [
  // 1. No user packet without a live lease naming the terminal. No lease outlives its authority.
  {
    breaks: "a dead lease opens nothing",
    file: "packages/link/src/lease-book.ts",
    find: "nowMs < this.#lease.expiresAtMs) return this.#lease",
    replace: "nowMs < Number.POSITIVE_INFINITY) return this.#lease",
    caughtBy: [link("gate"), link("cut-off")],
  },
  {
    breaks: "a revocation ends the lease",
    file: "packages/link/src/lease-book.ts",
    find: "this.#lease.issuedAtMs <= this.#revokedMs) this.#lease = null;",
    replace: "this.#lease.issuedAtMs <= Number.NEGATIVE_INFINITY) this.#lease = null;",
    caughtBy: [link("gate"), link("cut-off")],
  },
  {
    breaks: "a lease issued before its revocation stays dead",
    file: "packages/link/src/lease-book.ts",
    find: 'if (claims.issuedAtMs <= this.#revokedMs) return "revoked";',
    replace: "",
    caughtBy: [link("gate")],
  },
  {
    breaks: "no lease, no packet",
    file: "packages/link/src/gate.ts",
    find: "    if (claims === null) {",
    replace: "    if (claims === null && nowMs < 0) {",
    caughtBy: [link("gate"), link("tunnel")],
  },
  {
    breaks: "in restricted, only the account site is within reach",
    file: "packages/link/src/gate.ts",
    find: 'if (claims.reach !== "all" && !reserved) {',
    replace: 'if (claims.reach !== "all" && reserved) {',
    caughtBy: [link("gate"), link("tunnel")],
  },
  {
    breaks: "no terminal reaches what belongs to the operator, by address",
    file: "packages/link/src/dial.ts",
    find: "isLiteral && forbidden(target.host, target.port)",
    replace: "isLiteral && forbidden(target.host, -1)",
    caughtBy: [link("forbidden")],
  },
  {
    breaks: "no terminal reaches what belongs to the operator, by name",
    file: "packages/link/src/dial.ts",
    find: "const allowed = found.filter(({ address }) => !isForbidden(address));",
    replace: "const allowed = found.filter(({ address }) => !isForbidden(address) || address !== null);",
    caughtBy: [link("forbidden")],
  },
  {
    breaks: "the account site knows whose connection it has",
    file: "packages/link/src/dial.ts",
    find: "if (reserved && target.introduce === true) socket.write",
    replace: "if (!reserved && target.introduce === true) socket.write",
    caughtBy: [link("forbidden")],
  },
  {
    breaks: "a lease is what the authority signed",
    file: "packages/authority/src/lease.ts",
    find: 'if (!verify(null, Buffer.from(statement.value), publicKey, Buffer.from(signature, "base64"))) {',
    replace: "if (signature === undefined) {",
    caughtBy: [authority("lease")],
  },
  {
    breaks: "a lease belongs to its batch",
    file: "packages/authority/src/lease.ts",
    find: "if (!verifyInclusion({ leafHash: leaf, index, size, proof: hashes, root })) {",
    replace: "if (leaf.length === 0) {",
    caughtBy: [authority("lease")],
  },
  {
    breaks: "an expired lease does not verify",
    file: "packages/authority/src/lease.ts",
    find: "if (atMs >= claims.expiresAtMs)",
    replace: "if (atMs >= claims.expiresAtMs + 60_000)",
    caughtBy: [authority("lease")],
  },
  {
    breaks: "who may reach nothing gets no lease",
    file: "packages/authority/src/lease.ts",
    find: 'if (reach === "nothing" || leaseMs === null) return null;',
    replace: "if (leaseMs === undefined) return null;",
    caughtBy: [authority("lease"), authority("admission")],
  },
  {
    breaks: "leases in special zones are short",
    file: "packages/authority/src/admission.ts",
    find: "...zones.map(zone => zone.leaseMs),",
    replace: "",
    caughtBy: [authority("admission"), operator("authority/authority-service")],
  },
  {
    breaks: "a lease never crosses a change of the rules that is on record",
    file: "packages/authority/src/admission.ts",
    find: "    nextRuleMs - atMs,",
    replace: "    Number.POSITIVE_INFINITY,",
    caughtBy: [authority("admission")],
  },
  // 2. Deny overrides.
  {
    breaks: "any denying statement wins",
    file: "packages/authority/src/territory.ts",
    find: "if (denying.length > 0) return { permits: false, because: denying };",
    replace: "if (denying.length > 1) return { permits: false, because: denying };",
    caughtBy: [authority("territory"), authority("admission")],
  },
  {
    breaks: "a denial is not a permission (polarity of the licence axis)",
    file: "packages/authority/src/territory.ts",
    find: 'notGranted: { effect: "denies"',
    replace: 'notGranted: { effect: "permits"',
    caughtBy: [authority("territory"), authority("admission"), operator("authority/authority-service")],
  },
  {
    breaks: "silence about activation does not permit",
    file: "packages/authority/src/territory.ts",
    find: '    question: "Has the operator switched service on here?",\n    silence: "denies",',
    replace: '    question: "Has the operator switched service on here?",\n    silence: "permits",',
    caughtBy: [authority("territory"), authority("admission")],
  },
  {
    breaks: "the rules of a territory and of its country both apply",
    file: "packages/authority/src/territory.ts",
    find: "  return [place.territory, place.country];",
    replace: "  return [place.country];",
    caughtBy: [authority("territory"), authority("admission")],
  },
  {
    breaks: "an allow-list admits only who is on it",
    file: "packages/authority/src/area-rules.ts",
    find: "!entries.some(entry => inInterval(atMs, entry.validFromMs, entry.validToMs))",
    replace: "entries.length > 9",
    caughtBy: [authority("admission")],
  },
  {
    breaks: "one fast window is not a speeding terminal, two are",
    file: "packages/authority/src/area-rules.ts",
    find: "Math.min(one, two, laterKmh)",
    replace: "one, two",
    caughtBy: [authority("admission")],
  },
  // 3. One officer may suspend for at most 72 hours.
  {
    breaks: "a suspension lasts at most 72 hours",
    file: "packages/authority/src/orders.ts",
    find: "export const longestSuspensionHours = 72;",
    replace: "export const longestSuspensionHours = 96;",
    caughtBy: [authority("orders"), operator("authority/authority-service")],
  },
  {
    breaks: "suspensions by one officer add up",
    file: "packages/authority/src/orders.ts",
    find: "if (usedMs + hours * hourMs > longestSuspensionHours * hourMs) {",
    replace: "if (hours * hourMs > longestSuspensionHours * hourMs) {",
    caughtBy: [authority("orders")],
  },
  {
    breaks: "an order names its ground",
    file: "packages/authority/src/orders.ts",
    find: "if (ground.length < 10 || ground.length > 500) {",
    replace: "if (ground.length > 500) {",
    caughtBy: [authority("orders")],
  },
  {
    breaks: "only an active terminal can be suspended",
    file: "packages/authority/src/terminal.ts",
    find: "  suspended: {\n    restore:",
    replace:
      '  suspended: {\n    suspend: { to: "suspended", decision: "suspend", sentence: "Again." },\n    restore:',
    caughtBy: [authority("terminal"), authority("orders"), operator("authority/authority-service")],
  },
  // 4. Never active, refused and switched off are different things.
  {
    breaks: "what was never active cannot be deactivated",
    file: "packages/authority/src/area-state.ts",
    find: "  neverActive: {",
    replace: '  neverActive: {\n    deactivate: { to: "withdrawn", sentence: "Service is switched off." },',
    caughtBy: [authority("area-state")],
  },
  // 10. Same inputs, same decision; every change is one entry in the log.
  {
    breaks: "an unchanged answer is no decision",
    file: "packages/authority/src/decision.ts",
    find: "if (previous?.outcome === next.outcome && previous.reason === next.reason) return null;",
    replace: "",
    caughtBy: [authority("admission"), authority("explain")],
  },
  {
    breaks: "leaves and nodes hash apart",
    file: "packages/ledger/src/hash.ts",
    find: "const LEAF_PREFIX = Uint8Array.of(0x00);",
    replace: "const LEAF_PREFIX = Uint8Array.of(0x01);",
    caughtBy: ["packages/ledger/src/tree.test.ts"],
  },
  {
    breaks: "an inclusion proof leads to the root",
    file: "packages/ledger/src/proof.ts",
    find: "return lastNode === 0 && sameHash(hash, claim.root);",
    replace: "return lastNode === 0;",
    caughtBy: ["packages/ledger/src/tree.test.ts", authority("lease")],
  },
  {
    breaks: "altered bytes are noticed",
    file: "packages/ledger/src/log-audit.ts",
    find: "    if (!agrees) {\n      this.#recomputed ??=",
    replace: "    if (!agrees && index < 0) {\n      this.#recomputed ??=",
    caughtBy: ["packages/ledger/src/log-audit.test.ts", "packages/operator/src/storage/ledger-store.test.ts"],
  },
  {
    breaks: "every decision is in the log, in the same transaction",
    file: "packages/operator/src/storage/decisions.ts",
    find: "    made.map(entry =>",
    replace: "    made.slice(0, 1).map(entry =>",
    caughtBy: [operator("authority/authority-service")],
  },
  {
    breaks: "a change keeps what was known before",
    file: "packages/operator/src/storage/records.ts",
    find: "update record set known_to_ms = closing.known_at_ms",
    replace: "update record set known_to_ms = null",
    caughtBy: [operator("authority/authority-service")],
  },
  {
    breaks: "a suspension ends by itself",
    file: "packages/operator/src/authority/authority-service.ts",
    find: "...everythingDue(this.#book, atMs), ",
    replace: "",
    caughtBy: [operator("authority/authority-service")],
  },
  {
    breaks: "a ruling's records are stored with its decisions",
    file: "packages/operator/src/authority/authority-service.ts",
    find: "      await storeChanges(tx, ruling.changes, atMs);\n",
    replace: "",
    caughtBy: [operator("authority/authority-service")],
  },
  {
    breaks: "a live owner keeps others off its data directory",
    file: "packages/operator/src/storage/lock.ts",
    find: "if (owner !== null && startOf(owner.pid) === owner.started && isAlive(owner.pid)) {",
    replace: "if (owner === undefined) {",
    caughtBy: ["packages/operator/src/storage/lock.test.ts"],
  },
  // The network: who is served, and how.
  {
    breaks: "a site that is not permitted gets no beam",
    file: "packages/network/src/site-links.ts",
    find: '  if (!site.permitted) return "notPermitted";\n',
    replace: "",
    caughtBy: [network("plan")],
  },
  {
    breaks: "the geostationary arc is protected",
    file: "packages/network/src/gso.ts",
    find: "  if (sampleDeg < minSeparationDeg) return true;",
    replace: "  if (sampleDeg < minSeparationDeg) return false;",
    caughtBy: [network("gso"), network("plan")],
  },
  {
    breaks: "slots start at seconds 12, 27, 42 and 57",
    file: "packages/network/src/slot.ts",
    find: "const ORIGIN_MS = 12_000;",
    replace: "const ORIGIN_MS = 10_000;",
    caughtBy: [network("slot")],
  },
  {
    breaks: "the wait for access follows its distribution",
    file: "packages/network/src/access.ts",
    find: "const tail = miss ** whole;",
    replace: "const tail = miss ** (whole + 1);",
    caughtBy: [network("access")],
  },
  // Orbits and places.
  {
    breaks: "a TLE line must match its checksum",
    file: "packages/orbit/src/tle.ts",
    find: "const sum = checksumOf(text);",
    replace: "const sum = Number(text.at(68)) + 0 * checksumOf(text);",
    caughtBy: ["packages/orbit/src/malformed.test.ts", "packages/orbit/src/tle.test.ts"],
  },
  {
    breaks: "a disputed place belongs to whom the view says",
    file: "packages/earth/src/place.ts",
    find: "const country = countryUnder(view, territory);",
    replace: "const country = territory.ownCountry ?? countryUnder(view, territory);",
    caughtBy: ["packages/earth/src/place.test.ts"],
  },
  {
    breaks: "beyond twelve miles nobody's rules are a country's",
    file: "packages/earth/src/place.ts",
    find: "if (distanceKm > TERRITORIAL_SEA_KM)",
    replace: "if (distanceKm > 4 * TERRITORIAL_SEA_KM)",
    caughtBy: ["packages/earth/src/place.test.ts"],
  },
  ...authorityMutants,
  ...operatorMutants,
  ...registryMutants,
  ...caseworkMutants,
  ...dishMutants,
  ...intakeMutants,
  ...fleetMutants,
  ...engineMutants,
];
