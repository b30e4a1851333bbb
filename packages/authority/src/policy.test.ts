// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundaryViews } from "@perigee/earth";
import fc from "fast-check";
import { compilePolicy } from "./compile-policy.ts";
import { policyOf, samplePolicyDocument, says } from "./fixture.ts";
import { policyBounds } from "./policy-document.ts";

/** The sample document with some members replaced. */
function withMembers(members: object): object {
  return { ...samplePolicyDocument(), ...members };
}

function planWith(members: object): object {
  return withMembers({
    plans: [{ id: "p", title: "P", downMbps: 1, upMbps: 1, ocean: false, roaming: "global", ...members }],
  });
}

function statementWith(members: object): object {
  return withMembers({ allowLists: [], statements: [says("s", "EE", "licence", "granted", members)] });
}

test("a faulty document is refused with the place of the fault", () => {
  const rule = { territory: "AA", asserter: "a", source: "s", validFrom: "2024-01-01" };
  const faults: readonly (readonly [string, unknown, RegExp])[] = [
    ["", null, /object/],
    ["", [], /object/],
    ["", withMembers({ statments: [] }), /Unknown member "statments"/],
    ["", { title: "x", boundaryView: "v", statements: [] }, /"plans" is missing/],
    ["title", withMembers({ title: "" }), /1 to 200/],
    ["title", withMembers({ title: " x" }), /white space/],
    ["boundaryView", withMembers({ boundaryView: "a b" }), /identifier/],
    ["statements", withMembers({ statements: {} }), /array/],
    ["statements[0].axis", statementWith({ axis: "available" }), /licence, supply/],
    ["statements[0].value", statementWith({ value: "active" }), /granted, notGranted/],
    ["statements[0].asserter", statementWith({ asserter: 7 }), /string/],
    ["statements[0].validFrom", statementWith({ validFrom: "2024-02-31" }), /date/],
    ["statements[0].validFrom", statementWith({ validFrom: "12 Feb 2024" }), /date/],
    ["statements[0].validFrom", statementWith({ validFrom: "2024-02-12T00:00:00+02:00" }), /UTC/],
    ["statements[0].validTo", statementWith({ validTo: "2022-03-01" }), /after it begins/],
    ["statements[0].knownTo", statementWith({ knownTo: "2021-01-01" }), /after it begins/],
    ["statements[0]", statementWith({ since: "2024-01-01" }), /Unknown member "since"/],
    ["plans[0].downMbps", planWith({ downMbps: Number.NaN }), /number/],
    ["plans[0].ocean", planWith({ ocean: "no" }), /true or false/],
    ["plans[0].roaming", planWith({ roaming: "all" }), /sameCountry/],
    ["plans[0].roamDays", planWith({ roamDays: 1.5 }), /whole/],
    ["plans[0].serviceAddressRadiusKm", planWith({ roaming: "none" }), /number/],
    ["plans[0].serviceAddressRadiusKm", planWith({ serviceAddressRadiusKm: 5 }), /roaming none/],
    ["speedCaps[0].capKmh", withMembers({ speedCaps: [{ ...rule, capKmh: 0 }] }), /from 1/],
    [
      "allowLists[0].required",
      withMembers({ allowLists: [{ ...rule, required: 1, entries: [] }] }),
      /true or false/,
    ],
    [
      "guardBands[0].treat",
      withMembers({ guardBands: [{ ...rule, widthKm: 1, treat: "shut" }] }),
      /asInside, provisional/,
    ],
    [
      "guardBands[0].widthKm",
      withMembers({ guardBands: [{ ...rule, widthKm: -1, treat: "asInside" }] }),
      /from 0/,
    ],
    [
      "guardBands[1].territory",
      withMembers({
        guardBands: [
          { ...rule, widthKm: 1, treat: "asInside" },
          { ...rule, widthKm: 2, treat: "asInside" },
        ],
      }),
      /already/,
    ],
    ["roaming.counts", withMembers({ roaming: { counts: "none", resetsAtHome: true } }), /eachCountry/],
    [
      "roaming.warningDays",
      withMembers({ roaming: { counts: "eachCountry", resetsAtHome: true, warningDays: [45, 30] } }),
      /later and later/,
    ],
    [
      "specialZones[0].leaseMs",
      withMembers({ specialZones: [{ id: "z", title: "Z", leaseMs: 60_001 }] }),
      /60000/,
    ],
    [
      "specialZones[0].cells[1]",
      withMembers({ specialZones: [{ id: "z", title: "Z", cells: ["a", 3] }] }),
      /string/,
    ],
  ];
  for (const [place, document, message] of faults) {
    const policy = compilePolicy(document);
    assert.ok(!policy.ok, `accepted: ${place} ${message}`);
    assert.equal(policy.error.code, "policyInvalid");
    assert.equal(policy.error.place, place, policy.error.message);
    assert.match(policy.error.message, message);
  }
});

test("an id is used once", () => {
  const one = says("same", "EE", "licence", "granted");
  const other = says("same", "FF", "licence", "granted");
  const policy = compilePolicy(withMembers({ allowLists: [], statements: [one, other] }));
  assert.equal(!policy.ok && policy.error.place, "statements[1].id");
});

test("one asserter cannot say two things at once; two asserters can", () => {
  const granted = says("1", "EE", "licence", "granted", { asserter: "A" });
  const refused = { validFrom: "2023-01-01", asserter: "A" };
  const contradiction = says("2", "EE", "licence", "notGranted", refused);
  const bad = compilePolicy(withMembers({ allowLists: [], statements: [granted, contradiction] }));
  assert.equal(!bad.ok && bad.error.place, "statements[1]");
  const closed = says("1", "EE", "licence", "granted", { asserter: "A", validTo: "2023-01-01" });
  const struck = says("1", "EE", "licence", "granted", { asserter: "A", knownTo: "2022-03-02" });
  const learned = says("2", "EE", "licence", "notGranted", { ...refused, knownFrom: "2022-03-02" });
  const elsewhere = says("2", "EE", "licence", "notGranted", { ...refused, asserter: "B" });
  for (const pair of [
    [closed, contradiction],
    [struck, learned],
    [granted, elsewhere],
  ]) {
    assert.ok(compilePolicy(withMembers({ allowLists: [], statements: pair })).ok);
  }
});

test("a restricted area needs the rule that restricts it", () => {
  const bare = withMembers({ allowLists: [], statements: [says("r", "EE", "activation", "restricted")] });
  const policy = compilePolicy(bare);
  assert.equal(!policy.ok && policy.error.place, "statements[0].value");
});

test("with the boundary views at hand, a territory that no place can have is refused", () => {
  const views = Object.values(boundaryViews);
  const real = {
    ...samplePolicyDocument(),
    boundaryView: "un",
    allowLists: [],
    speedCaps: [],
    specialZones: [],
  };
  const about = (territory: string) => [says("s", territory, "legalRegime", "prohibited")];
  for (const territory of ["PL", "Q7835", "HIGH_SEAS", "UNASSIGNED"]) {
    assert.ok(compilePolicy({ ...real, statements: about(territory) }, views).ok, territory);
  }
  const zone = { id: "z", title: "Z", territories: ["PL", "Poland"] };
  const faults: readonly (readonly [string, object])[] = [
    ["statements[0].territory", { statements: about("Q783") }],
    ["specialZones[0].territories[1]", { statements: [], specialZones: [zone] }],
    ["boundaryView", { statements: [], boundaryView: "nobody's" }],
    ["boundaryView", { statements: [], boundaryView: "nobody" }],
  ];
  for (const [place, members] of faults) {
    const policy = compilePolicy({ ...real, ...members }, views);
    assert.equal(policy.ok ? "accepted" : policy.error.place, place);
  }
});

test("with the operator's areas at hand, policy speaks of them as it speaks of territories", () => {
  const about = (territory: string) => ({
    ...{ ...samplePolicyDocument(), boundaryView: "un", allowLists: [], speedCaps: [], specialZones: [] },
    statements: [says("s", territory, "activation", "suspended")],
  });
  const views = Object.values(boundaryViews);
  assert.ok(compilePolicy(about("front"), views, ["front"]).ok);
  const unknown = compilePolicy(about("front"), views, ["rear"]);
  assert.equal(!unknown.ok && unknown.error.place, "statements[0].territory");
});

test("lists are bounded", () => {
  const policy = compilePolicy(withMembers({ plans: new Array(policyBounds.plans + 1).fill(null) }));
  assert.equal(!policy.ok && policy.error.place, "plans");
});

test("hostile member names are names, not members", () => {
  const text = JSON.stringify(samplePolicyDocument()).replace(/^\{/, '{"__proto__":{"x":1},');
  const policy = compilePolicy(JSON.parse(text));
  assert.match(policy.ok ? "" : policy.error.message, /Unknown member "__proto__"/);
});

test("defaults: 60 roaming days, 160 km/h, leases of one slot in special zones", () => {
  const policy = policyOf(samplePolicyDocument());
  assert.deepEqual(policy.planById.get("roam"), {
    id: "roam",
    title: "Roam",
    downMbps: 100,
    upMbps: 10,
    ocean: false,
    roaming: "global",
    roamDays: 60,
    maxSpeedKmh: 160,
    serviceAddressRadiusKm: null,
  });
  assert.equal(policy.specialZones[0]?.leaseMs, 15_000);
});

test("the version names the content: not its order, but every change of it", () => {
  const { version } = policyOf(samplePolicyDocument());
  assert.match(version, /^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), dice => {
      const document = samplePolicyDocument();
      const shuffle = <T>(items: readonly T[]): T[] =>
        items
          .map(item => ({ item, key: dice.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item);
      document.statements = shuffle(document.statements);
      document.plans = shuffle(document.plans);
      const members = Object.fromEntries(shuffle(Object.entries(document)));
      assert.equal(policyOf(members).version, version);
    }),
    { numRuns: 25 },
  );
  const changed = samplePolicyDocument();
  changed.statements[0] = { ...changed.statements[0], source: "another source" };
  assert.notEqual(policyOf(changed).version, version);
});

test("no JSON value makes the reader throw", () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom("title", "statements", "plans", "speedCaps"),
      (value, member) => {
        assert.equal(typeof compilePolicy(value).ok, "boolean");
        assert.equal(typeof compilePolicy(withMembers({ [member]: value })).ok, "boolean");
      },
    ),
  );
});
