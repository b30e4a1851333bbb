// SPDX-License-Identifier: MIT
// Decisions per second of CPU by the compiled admission, with reason codes and with grounds, from 10 to 10,000 policies
// and 1,000 to 1,000,000 terminals; beside casbin and Cedar, which decide the same yes or no on the same policy.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { compilePolicy, evaluate, manufactureTerminal, type Policy } from "@perigee/authority";
import { newEnforcer, newModelFromString } from "casbin";
import {
  type AdmissionBatch,
  type AdmissionEngine,
  admissionBatch,
  compileAdmission,
} from "../packages/authority/src/admission/compiled/compile-admission.ts";
import { GroundCodes } from "../packages/authority/src/admission/compiled/ground-code.ts";
import { outcomeOrder } from "../packages/authority/src/admission/compiled/reason-bits.ts";
import type { TerminalInput } from "../packages/authority/src/admission/compiled/terminal-columns.ts";
import { type Bench, round } from "./result.ts";

// The package's module build expects a bundler; its build for Node.js is CommonJS.
const cedar = createRequire(import.meta.url)(
  "@cedar-policy/cedar-wasm/nodejs",
) as typeof import("@cedar-policy/cedar-wasm/nodejs");

const startMs = Date.UTC(2026, 2, 1, 12);
const view = { id: "bench-view", version: "1" };
const SLOT_MS = 15_000;
const CAP_KMH = 75;
const PEER_TERMINALS = 1_000;

/** What the rules of one territory are. All systems are told the same. */
interface Territory {
  readonly id: string;
  readonly licensed: boolean;
  readonly active: boolean;
  readonly prohibited: boolean;
  readonly capped: boolean;
  readonly listed: boolean;
}

/** About so many statements, lists and caps in all. */
function territoriesFor(policies: number): readonly Territory[] {
  const territories: Territory[] = [];
  for (let rules = 0, k = 0; rules < policies; k++) {
    const [prohibited, capped, listed] = [k % 5 === 4, k % 4 === 3, k % 3 === 2];
    territories.push({
      ...{ id: `T${k}`, licensed: k % 11 !== 10, active: k % 7 !== 6 },
      ...{ prohibited, capped, listed },
    });
    rules += 2 + Number(prohibited) + Number(capped) + Number(listed);
  }
  return territories;
}

function policyOf(territories: readonly Territory[]): Policy {
  const since = { validFrom: "2020-01-01", knownFrom: "2020-01-01", asserter: "register", source: "notice" };
  const rule = { asserter: "ministry", source: "decree", validFrom: "2020-01-01" };
  const compiled = compilePolicy({
    title: "Bench",
    boundaryView: view.id,
    statements: territories.flatMap(({ id, licensed, active, prohibited }) => [
      { id: `${id}-l`, territory: id, axis: "licence", value: licensed ? "granted" : "notGranted", ...since },
      { id: `${id}-a`, territory: id, axis: "activation", value: active ? "active" : "suspended", ...since },
      ...(prohibited
        ? [{ id: `${id}-p`, territory: id, axis: "legalRegime", value: "prohibited", ...since }]
        : []),
    ]),
    speedCaps: territories
      .filter(({ capped }) => capped)
      .slice(0, 1_000)
      .map(({ id }) => ({ ...rule, territory: id, capKmh: CAP_KMH })),
    allowLists: territories
      .filter(({ listed }) => listed)
      .slice(0, 500)
      .map(({ id }) => ({ ...rule, territory: id, required: true, entries: [] })),
    plans: [
      {
        ...{ id: "roam", title: "Roam", downMbps: 100, upMbps: 10, ocean: true },
        ...{ roaming: "global", roamDays: 366, maxSpeedKmh: 160 },
      },
    ],
  });
  if (!compiled.ok) throw new Error(`${compiled.error.place}: ${compiled.error.message}`);
  return compiled.value;
}

const account = { id: "acc", holder: "party", country: "T0", state: "open", managedBy: null } as const;
const blank = { ...manufactureTerminal("", "Bench", startMs), accountId: account.id, planId: "roam" };

interface Sample {
  readonly territory: Territory;
  readonly state: "active" | "paused";
  readonly speedKmh: number;
  readonly isListed: boolean;
}

/** The i-th terminal: where it is, and how it stands. Multipliers are primes, so that the combinations mix. */
function sample(i: number, territories: readonly Territory[]): Sample {
  return {
    territory: territories[(i * 7919) % territories.length]!,
    state: i % 13 === 0 ? "paused" : "active",
    speedKmh: (i * 31) % 17 === 0 ? 100 : (i * 37) % 60,
    isListed: (i * 41) % 3 !== 0,
  };
}

function inputOf(i: number, territories: readonly Territory[]): TerminalInput {
  const { territory, state, speedKmh, isListed } = sample(i, territories);
  const id = `ut-${i}`;
  const window = { fromMs: startMs - 120_000, toMs: startMs - 60_000, speedKmh };
  return {
    terminal: { ...blank, id, state },
    account,
    location: {
      last: {
        ...{ atMs: startMs, latDeg: 0, lonDeg: 0, cell: "cell" },
        place: {
          ...{ territory: territory.id, territoryName: territory.id, country: null },
          ...{ zone: "land", insidePolygon: true, distanceKm: 0 },
        },
      },
      windowStart: null,
      windows: [window, window],
      stays: [],
    },
    allowListEntries:
      territory.listed && isListed
        ? [{ territory: territory.id, terminalId: id, validFromMs: 0, validToMs: null }]
        : [],
  };
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Units of work per second of CPU: the best of some runs, each long enough for the clock. */
function rate(units: number, work: () => void, runs = 5): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) least = Math.min(least, cpuSeconds(work));
  return units / least;
}

interface Population {
  readonly engine: AdmissionEngine;
  readonly batch: AdmissionBatch;
  readonly count: number;
  readonly territories: readonly Territory[];
  readonly policy: Policy;
  readonly packsPerSecond: number;
}

function populationOf(policies: number, count: number): Population {
  const territories = territoriesFor(policies);
  const policy = policyOf(territories);
  const engine = compileAdmission(policy, view, count);
  const inputs = Array.from({ length: Math.min(count, 100_000) }, (_, i) => inputOf(i, territories));
  const packsPerSecond = rate(
    inputs.length,
    () => {
      for (let i = 0; i < inputs.length; i++) engine.put(i, inputs[i]!);
    },
    3,
  );
  for (let i = inputs.length; i < count; i++) engine.put(i, inputOf(i, territories));
  return { engine, batch: admissionBatch(count), count, territories, policy, packsPerSecond };
}

/** Four slots and more of decisions about everybody: fresh locations, then ageing ones. */
function decideSlots({ engine, batch, count }: Population): number {
  const slots = Math.max(8, Math.ceil(4_000_000 / count));
  return rate(slots * count, () => {
    for (let slot = 0; slot < slots; slot++) engine.decide(startMs + (slot % 8) * SLOT_MS, batch, 0, count);
  });
}

function explainSlots({ engine, batch, count }: Population): { rate: number; grounds: number } {
  const codes = new GroundCodes();
  let grounds = 0;
  const slots = Math.max(4, Math.ceil(1_000_000 / count));
  const perSecond = rate(slots * count, () => {
    for (let slot = 0; slot < slots; slot++) {
      const atMs = startMs + (slot % 8) * SLOT_MS;
      engine.decide(atMs, batch, 0, count);
      codes.length = 0;
      for (let i = 0; i < count; i++) engine.ground(atMs, batch, i, codes);
      grounds = codes.length;
    }
  });
  return { rate: perSecond, grounds: grounds / count };
}

const casbinModel = `
[request_definition]
r = sub, obj
[policy_definition]
p = obj, cap, list, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.obj == p.obj && r.sub.state == "active" && r.sub.speed <= p.cap && (p.list == "none" || r.sub.list == p.list)
`;

async function casbinRate(territories: readonly Territory[], expected: readonly boolean[]): Promise<number> {
  const enforcer = await newEnforcer(newModelFromString(casbinModel));
  for (const { id, licensed, active, prohibited, capped, listed } of territories) {
    if (licensed && active)
      await enforcer.addPolicy(id, String(capped ? CAP_KMH : 160), listed ? id : "none", "allow");
    if (prohibited) await enforcer.addPolicy(id, "100000", "none", "deny");
  }
  const requests = expected.map((_, i) => {
    const { territory, state, speedKmh, isListed } = sample(i, territories);
    return { sub: { state, speed: speedKmh, list: isListed ? territory.id : "" }, obj: territory.id };
  });
  const ask = (i: number): boolean => enforcer.enforceSync(requests[i]!.sub, requests[i]!.obj);
  return askedRate("casbin", expected, ask);
}

function cedarRate(territories: readonly Territory[], expected: readonly boolean[]): number {
  const text = territories.flatMap(({ id, licensed, active, prohibited, capped, listed }) => {
    const where = `(principal, action == Action::"connect", resource == Territory::"${id}")`;
    const limit = `principal.state == "active" && principal.speed <= ${capped ? CAP_KMH : 160}`;
    return [
      ...(licensed && active
        ? [`permit ${where} when { ${limit}${listed ? ` && principal.list == "${id}"` : ""} };`]
        : []),
      ...(prohibited ? [`forbid ${where};`] : []),
    ];
  });
  const parsed = cedar.preparsePolicySet("bench", { staticPolicies: text.join("\n") });
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
  const requests = expected.map((_, i) => {
    const { territory, state, speedKmh, isListed } = sample(i, territories);
    const principal = { type: "Terminal", id: `ut-${i}` };
    const attrs = { state, speed: speedKmh, list: isListed ? territory.id : "" };
    return {
      principal,
      action: { type: "Action", id: "connect" },
      resource: { type: "Territory", id: territory.id },
      context: {},
      preparsedPolicySetId: "bench",
      entities: [{ uid: principal, attrs, parents: [] }],
    };
  });
  return askedRate("Cedar", expected, i => {
    const answer = cedar.statefulIsAuthorized(requests[i]!);
    return answer.type === "success" && answer.response.decision === "allow";
  });
}

function askedRate(name: string, expected: readonly boolean[], ask: (i: number) => boolean): number {
  for (const [i, allowed] of expected.entries()) {
    if (ask(i) !== allowed) throw new Error(`${name} says otherwise about terminal ${i}`);
  }
  const perSecond = rate(
    expected.length,
    () => {
      for (let i = 0; i < expected.length; i++) ask(i);
    },
    3,
  );
  return perSecond;
}

export const bench: Bench = async progress => {
  const began = process.cpuUsage();
  const main = populationOf(1_000, 100_000);
  const decisions = decideSlots(main);
  const explained = explainSlots(main);
  progress(`${Math.round(decisions / 1e6)} M decisions/s, ${Math.round(explained.rate / 1e6)} M explained/s`);

  const figures: Record<string, number> = {
    decisionsPerSecond: Math.round(decisions),
    explainedPerSecond: Math.round(explained.rate),
    groundsEach: round(explained.grounds),
    packsPerSecond: Math.round(main.packsPerSecond),
    // What it costs when everybody has moved since the last decision.
    packedAndDecidedPerSecond: Math.round(1 / (1 / main.packsPerSecond + 1 / decisions)),
    areaClasses: main.engine.areaClasses,
  };
  const fullInputs = Array.from({ length: 2_000 }, (_, i) => ({
    ...inputOf(i, main.territories),
    ...{ atMs: startMs, policy: main.policy, boundaryView: view },
  }));
  figures["evaluateUs"] = round(
    1e6 /
      rate(fullInputs.length, () => {
        for (const input of fullInputs) evaluate(input);
      }),
  );

  const checksum = createHash("sha256");
  main.engine.decide(startMs, main.batch, 0, main.count);
  checksum.update(main.batch.reason).update(main.batch.leaseEndMs);

  const peers: Record<string, number> = {};
  const ratios: Record<string, number> = {};
  for (const policies of [10, 100, 1_000, 10_000]) {
    const few = populationOf(policies, 100_000);
    const ours = decideSlots(few);
    figures[`decisionsPerSecondAt${policies}Policies`] = Math.round(ours);
    few.engine.decide(startMs, few.batch, 0, few.count);
    checksum.update(few.batch.reason);
    if (policies <= 100) {
      const expected = Array.from(
        { length: PEER_TERMINALS },
        (_, i) => outcomeOrder[few.batch.outcome[i]!] === "allow",
      );
      const casbin = await casbinRate(few.territories, expected);
      const cedarIs = cedarRate(few.territories, expected);
      peers[`casbinPerSecondAt${policies}Policies`] = Math.round(casbin);
      peers[`cedarPerSecondAt${policies}Policies`] = Math.round(cedarIs);
      ratios[`toFasterPeerAt${policies}Policies`] = round(ours / Math.max(casbin, cedarIs));
    }
    progress(`${policies} policies: ${Math.round(ours / 1e6)} M/s`);
  }
  for (const terminals of [1_000, 10_000, 1_000_000]) {
    const some = populationOf(1_000, terminals);
    figures[`decisionsPerSecondAt${terminals}Terminals`] = Math.round(decideSlots(some));
    progress(`${terminals} terminals`);
  }
  ratios["policiesTimes1000"] = round(
    figures["decisionsPerSecondAt10Policies"]! / figures["decisionsPerSecondAt10000Policies"]!,
  );
  ratios["terminalsTimes1000"] = round(
    figures["decisionsPerSecondAt1000Terminals"]! / figures["decisionsPerSecondAt1000000Terminals"]!,
  );
  const { user, system } = process.cpuUsage(began);
  figures["cpuSeconds"] = round((user + system) / 1e6);
  return {
    workload:
      "100,000 terminals in 1,000 policies (statements, allow-lists, speed caps), everybody decided in every slot of " +
      "eight, per second of CPU of one core; the peers are told the same rules and asked about 1,000 of the terminals",
    checksum: checksum.digest("hex"),
    figures,
    peers,
    ratios,
  };
};
