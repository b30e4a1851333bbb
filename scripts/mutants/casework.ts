// SPDX-License-Identifier: MIT
// From a claim to a recommended order, broken on purpose: places from timing, and the guards of cases.
import { mutantsOf, type Row } from "./row.ts";

const rows: readonly Row[] = [
  [
    "two judgements of one window are one",
    "packages/locate/src/verdict.ts",
    "else if (judgement.toMs < later.fromMs) return",
    "else return",
    "packages/locate/src/verdict.test.ts",
  ],
  [
    "an agreement in between clears",
    "packages/locate/src/verdict.ts",
    'if (judgement.outcome === "agrees") return null;',
    "",
    "packages/locate/src/verdict.test.ts",
  ],
  [
    "ambiguous geometry contradicts nobody",
    "packages/locate/src/judge.ts",
    'if (possible.length > 1) return ["ambiguous", "severalPlaces"];',
    "",
    "packages/locate/src/ladder.test.ts",
  ],
  [
    "one satellite contradicts nobody",
    "packages/locate/src/judge.ts",
    'if (isContradicted && !isEnough) return ["insufficient", "tooFewSatellites"];',
    "",
    "packages/locate/src/ladder.test.ts",
  ],
  [
    "a false alarm is one in a million",
    "packages/locate/src/judge.ts",
    "const isContradicted = chance <= falseAlarm;",
    "const isContradicted = chance <= 1e4 * falseAlarm;",
    "packages/locate/src/ladder.test.ts",
  ],
  [
    "a mirror place is outside the beam",
    "packages/locate/src/solutions.ts",
    '      ? "beam"',
    '      ? "possible"',
    "packages/locate/src/solutions.test.ts",
  ],
  [
    "an early reply has its slack only",
    "packages/locate/src/kernel/fit.ts",
    "Math.abs(aimKm) <= slackKm) return true;",
    "Math.abs(aimKm) <= 1e9) return true;",
    "packages/locate/src/ladder.test.ts",
  ],
  [
    "nobody answers before they are asked",
    "packages/world/src/ranging.ts",
    "return Math.max(0, wantedKm);",
    "return wantedKm;",
    "packages/world/src/ranging.test.ts",
  ],
  [
    "a case about terminals is confirmed by a binding finding only",
    "packages/casework/src/cases/guards.ts",
    "if (binding.length > 0) return { ok: true, value: binding.map(({ id }) => id) };",
    "return { ok: true, value: binding.map(({ id }) => id) };",
    "packages/casework/src/cases/cases.test.ts",
    "packages/casework/src/cases/invariants.test.ts",
  ],
  [
    "one origin confirms nothing",
    "packages/casework/src/cases/guards.ts",
    "mostOrigins(found) >= 2",
    "mostOrigins(found) >= 1",
    "packages/casework/src/cases/cases.test.ts",
  ],
  [
    "copies of a claim weigh nothing in a case",
    "packages/casework/src/cases/weight.ts",
    ".map(({ asserting }) => asserting.length)",
    ".map(({ claims: ids }) => ids.length)",
    "packages/casework/src/cases/cases.test.ts",
    "packages/casework/src/cases/invariants.test.ts",
  ],
  [
    "protected sites come first",
    "packages/casework/src/orders/recommend.ts",
    "Number(b.protectedSites.length > 0) - Number(a.protectedSites.length > 0) ||",
    "",
    "packages/casework/src/orders/recommend.test.ts",
  ],
  [
    "one pattern alone restricts nobody",
    "packages/casework/src/orders/recommend.ts",
    "binds || (measured && families.length >= 2)",
    "binds || measured",
    "packages/casework/src/orders/recommend.test.ts",
  ],
  [
    "a reporter's words stay out of the log",
    "packages/casework/src/commands/case-command.ts",
    "requestHash: contentHash(keptRequest(request))",
    "requestHash: contentHash(request)",
    "packages/casework/src/cases/cases.test.ts",
  ],
  [
    "a reporter at risk is not shown",
    "packages/casework/src/export/case-file.ts",
    'protection === "atRisk" ? null : report.reporter',
    "report.reporter",
    "packages/casework/src/export/case-file.test.ts",
  ],
  [
    "a silent map agrees with nothing",
    "packages/casework/src/statements/own-statement.ts",
    'shows === null ? "silent"',
    'shows === null ? "agrees"',
    "packages/casework/src/statements/own-statement.test.ts",
  ],
];

export const caseworkMutants = mutantsOf(rows);
