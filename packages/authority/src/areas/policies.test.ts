// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { cases } from "../cases.ts";
import { compilePolicy } from "../compile-policy.ts";
import { contentHash } from "../content-hash.ts";
import {
  account,
  locatedIn,
  noonMs,
  policyOf,
  samplePolicyDocument,
  says,
  terminal,
  view,
} from "../fixture.ts";
import { AreaDesk, operator, why } from "./area-desk.ts";
import { areaStateOf } from "./area-ledger.ts";
import { policyDiff, policyDiffText } from "./policy-diff.ts";
import { type PolicySubject, policyImpact } from "./policy-impact.ts";
import { partsOf, policyDocumentOf, policyInForce } from "./policy-in-force.ts";
import { planPolicy } from "./policy-plan.ts";
import {
  commitmentOf,
  dueSeals,
  isAsCommitted,
  publishedSeal,
  sealedTerritories,
} from "./sealed-policies.ts";

const rules = { operator };

/** Plans and applies a document, as the two persons who approved saw it. */
function apply(desk: AreaDesk, document: object): void {
  const plan = planPolicy(desk.book, document, desk.atMs, rules);
  assert.ok(plan.ok, plan.ok ? "" : `${plan.error.place}: ${plan.error.message}`);
  const { documentHash, againstVersion } = plan.value;
  desk.do("policy.apply", { document, planned: { documentHash, againstVersion }, reason: why });
}

function inForce(desk: AreaDesk) {
  const policy = policyInForce(desk.book);
  assert.ok(policy.ok, policy.ok ? "" : policy.error.message);
  return policy.value;
}

test("a document put in force is in one place each, and together they are that document", () => {
  const desk = new AreaDesk();
  assert.equal(policyInForce(desk.book).ok, false);
  apply(desk, samplePolicyDocument());
  assert.deepEqual((desk.book.get("policy", "policy")!.document as { statements: unknown }).statements, []);
  assert.equal(inForce(desk).version, policyOf(samplePolicyDocument()).version);
  // Other records change nothing and compile nothing; a statement makes another policy.
  const before = inForce(desk);
  desk.receive();
  assert.equal(inForce(desk), before);
  desk.atMs++;
  desk.do("statement.assert", {
    territory: "AA",
    axis: "supply",
    value: "permitted",
    asserter: "AA agency",
    source: "law",
    validFromMs: 1,
    reason: why,
  });
  assert.notEqual(inForce(desk).version, before.version);
});

test("what was not planned is not applied: another document, another policy in force, or nothing new", () => {
  const desk = new AreaDesk();
  const document = samplePolicyDocument();
  const planned = { documentHash: contentHash(document), againstVersion: null };
  const other = { ...document, title: "Another" };
  assert.equal(
    desk.refused("policy.apply", { document, planned, reason: why }, undefined, true),
    "approvalMissing",
  );
  assert.equal(desk.refused("policy.apply", { document: other, planned, reason: why }), "planMismatch");
  assert.equal(
    desk.refused("policy.apply", { document: { ...document, plans: 3 }, planned, reason: why }),
    "policyInvalid",
  );
  desk.do("policy.apply", { document, planned, reason: why });
  desk.atMs++;
  assert.equal(desk.refused("policy.apply", { document, planned, reason: why }), "planStale");
  const again = { documentHash: contentHash(document), againstVersion: inForce(desk).version };
  assert.equal(desk.refused("policy.apply", { document, planned: again, reason: why }), "nothingToApply");
});

test("a document adds, corrects and strikes statements, and what was known before stays as it was", () => {
  const desk = new AreaDesk();
  const document = samplePolicyDocument();
  apply(desk, document);
  desk.atMs += 1000;
  const [first, ...rest] = document.statements;
  const changed = {
    ...document,
    statements: [
      { ...first, source: "gazette 2" },
      ...rest.slice(1),
      says("new", "BB", "supply", "permitted"),
    ],
  };
  const plan = planPolicy(desk.book, changed, desk.atMs, rules);
  assert.ok(plan.ok);
  const text = policyDiffText(policyDiff(plan.value.before, plan.value.after));
  assert.match(text, /^\+ statement new: BB, supply permitted/m);
  assert.match(text, /^~ statement AA-activation: .*on record until 2024-03-10; was: AA, activation active/m);
  apply(desk, changed);
  const { statements } = inForce(desk);
  const known = (atMs: number) =>
    statements
      .filter(s => s.knownFromMs <= atMs && (s.knownToMs === null || s.knownToMs > atMs))
      .map(({ territory, axis, source }) => `${territory} ${axis} ${source}`)
      .sort();
  assert.deepEqual(
    known(desk.atMs - 1),
    policyOf(document)
      .statements.map(({ territory, axis, source }) => `${territory} ${axis} ${source}`)
      .sort(),
  );
  assert.ok(known(desk.atMs).includes("AA licence gazette 2"));
  assert.ok(!known(desk.atMs).some(one => one.startsWith("AA activation")));
  assert.equal(
    statements.find(({ id }) => id === "new")!.knownFromMs,
    desk.atMs,
    "it cannot have been known before it was entered",
  );
  // The file that was applied says all that is in force: planning it again changes nothing.
  const idle = planPolicy(desk.book, changed, desk.atMs + 1, rules);
  assert.ok(idle.ok && idle.value.changes.length === 0);
  const exported = planPolicy(desk.book, policyDocumentOf(partsOf(desk.book)), desk.atMs + 1, rules);
  assert.ok(exported.ok && exported.value.changes.length === 0);
});

test("what the operator has switched on is moved and not edited; a file that still says otherwise is set aside", () => {
  const desk = new AreaDesk();
  const own = says("aa-on", "AA", "activation", "active", { asserter: operator });
  const document = { ...samplePolicyDocument(), statements: [...samplePolicyDocument().statements, own] };
  apply(desk, document);
  desk.atMs++;
  const failure = (statements: readonly object[]): string => {
    const plan = planPolicy(desk.book, { ...document, statements }, desk.atMs, rules);
    assert.ok(!plan.ok);
    return plan.error.code;
  };
  assert.equal(failure(samplePolicyDocument().statements), "activationByMove", "struck");
  assert.equal(
    failure([...samplePolicyDocument().statements, { ...own, value: "suspended" }]),
    "activationByMove",
  );
  assert.equal(areaStateOf(desk.book, "AA", operator, desk.atMs), "active");
  desk.move("AA", "suspend");
  const plan = planPolicy(desk.book, document, desk.atMs + 1, rules);
  assert.ok(plan.ok);
  assert.deepEqual(
    [plan.value.changes.length, plan.value.setAside.map(({ statementId }) => statementId)],
    [0, ["aa-on"]],
  );
  // A restricted area needs a rule that restricts it: the move is refused while there is none.
  assert.equal(
    desk.refused("area.move", { area: "AA", event: "restrict", source: "board", reason: why }),
    "policyInvalid",
  );
});

test("random documents one after another: each is in force as written, and the diff is empty exactly for equal policies", () => {
  const pool = samplePolicyDocument().statements;
  const pick = fc.record({
    keep: fc.subarray(pool, { minLength: 3 }),
    title: fc.constantFrom("One", "Two"),
    capKmh: fc.constantFrom(75, 90),
    zones: fc.boolean(),
    listed: fc.subarray(["ut-1", "ut-2", "ut-3"]),
  });
  fc.assert(
    fc.property(fc.array(pick, { minLength: 1, maxLength: 4 }), picks => {
      const desk = new AreaDesk();
      for (const { keep, title, capKmh, zones, listed } of picks) {
        desk.atMs++;
        const sample = samplePolicyDocument();
        const [list] = sample["allowLists"] as { entries: object[] }[];
        const document = {
          ...sample,
          ...{
            title,
            statements: keep,
            speedCaps: (sample["speedCaps"] as object[]).map(cap => ({ ...cap, capKmh })),
          },
          specialZones: zones ? sample["specialZones"] : [],
          allowLists: [
            {
              ...list,
              entries: listed.map(terminalId => ({
                terminalId,
                holder: "H",
                class: "company",
                validFrom: "2024-01-01",
              })),
            },
          ],
        };
        const plan = planPolicy(desk.book, document, desk.atMs, rules);
        assert.ok(plan.ok);
        const { before, after, changes } = plan.value;
        const differences = policyDiff(before, after);
        assert.equal(differences.length === 0, before?.version === after.version);
        assert.equal(changes.length === 0, before?.version === after.version);
        if (changes.length === 0) continue;
        apply(desk, document);
        assert.equal(inForce(desk).version, after.version);
        // As admission reads it now, it is the document and nothing else.
        const now = inForce(desk)
          .statements.filter(({ knownToMs }) => knownToMs === null)
          .map(({ id, value }) => `${id} ${value}`);
        const asked = compilePolicy(document);
        assert.deepEqual(
          now.sort(),
          asked.ok && asked.value.statements.map(({ id, value }) => `${id} ${value}`).sort(),
        );
      }
    }),
    { numRuns: cases(50) },
  );
});

test("F25: before a policy is applied it says how many terminals it would touch, from what to what, where, and whose sites", () => {
  const desk = new AreaDesk();
  const before = policyOf(samplePolicyDocument());
  const closed = samplePolicyDocument();
  closed.statements.push(says("BB-law", "BB", "legalRegime", "prohibited"));
  const after = policyOf(closed);
  const subject = (id: string, territory: string, accountId = "acc-1"): PolicySubject => ({
    atMs: noonMs,
    terminal: terminal({ id, accountId }),
    account: { ...account, id: accountId, country: "BB" },
    location: locatedIn(territory),
    boundaryView: view,
  });
  const subjects = [
    subject("ut-1", "BB"),
    subject("ut-2", "BB", "acc-2"),
    subject("ut-3", "AA"),
    { ...subject("ut-4", "BB"), account: null },
  ];
  const site = {
    id: "sit",
    title: "Clinic",
    kind: "health",
    site: { latDeg: 50, lonDeg: 8 },
    radiusKm: 1,
    terminalIds: ["ut-2"],
    asserter: "A",
    source: "B",
  } as const;
  desk.book.apply([{ kind: "protectedSite", id: "sit", document: site }]);
  // The fixture's cells are no cells of the planet; the site is named by the terminal that serves it.
  const placed = subjects.map(one => ({
    ...one,
    location: { ...one.location, last: { ...one.location.last!, cell: "851e0ec7fffffff" } },
  }));
  const impact = policyImpact(before, after, placed, desk.book);
  assert.deepEqual(
    {
      asked: impact.asked,
      terminals: impact.terminals,
      accounts: impact.accounts,
      share: impact.share,
      gain: impact.gain,
      lose: impact.lose,
    },
    { asked: 4, terminals: 3, accounts: 2, share: 0.75, gain: 0, lose: 2 },
  );
  assert.deepEqual(impact.steps, [
    { from: "allow", fromReason: "ALLOW", to: "deny", toReason: "LEGAL_REGIME", terminals: 2 },
    {
      from: "restricted",
      fromReason: "TERMINAL_NOT_ACTIVE",
      to: "deny",
      toReason: "LEGAL_REGIME",
      terminals: 1,
    },
  ]);
  assert.deepEqual(impact.areas, [{ area: "BB", changed: 3, gain: 0, lose: 2 }]);
  assert.deepEqual(impact.protectedSites, ["sit"]);
  assert.deepEqual(impact.examples, ["ut-1", "ut-2", "ut-4"]);
  assert.equal(policyImpact(before, before, placed, desk.book).terminals, 0);
  assert.equal(policyImpact(after, before, placed, desk.book).gain, 2);
});

test("F28: a sealed policy is enforced, published as a hash, and its later reveal verifies", () => {
  const desk = new AreaDesk();
  apply(desk, samplePolicyDocument());
  const content = { statements: [says("secret", "BB", "legalRegime", "prohibited")] };
  const salt = "5a".repeat(32);
  const draft = { content, salt, reviewMs: desk.atMs + 86_400_000, reason: why };
  desk.atMs++;
  assert.equal(
    desk.refused("sealedPolicy.draft", { ...draft, content: { statements: [{ id: "x" }] } }),
    "policyInvalid",
  );
  assert.equal(desk.refused("sealedPolicy.draft", { ...draft, reviewMs: desk.atMs }), "reviewInvalid");
  const drafted = desk.do("sealedPolicy.draft", draft);
  const sealedPolicyId = drafted.changes[0]!.id;
  const isProhibited = (): boolean => inForce(desk).statements.some(({ id }) => id === "secret");
  assert.equal(isProhibited(), false, "a draft enforces nothing");
  assert.equal(
    desk.refused("sealedPolicy.seal", { sealedPolicyId, reason: why }, undefined, true),
    "approvalMissing",
  );
  desk.do("sealedPolicy.seal", { sealedPolicyId, reason: why });
  assert.equal(isProhibited(), true);
  assert.deepEqual([...sealedTerritories(desk.book)], ["BB"]);
  const voiceOf = () => inForce(desk).statements.find(({ id }) => id === "secret")!;
  assert.doesNotMatch(JSON.stringify(voiceOf()), /of secret/, "explanations and decisions name no asserter");
  assert.match(voiceOf().source, /^SHA-256 [0-9a-f]{64}$/);
  const record = desk.book.get("sealedPolicy", sealedPolicyId)!;
  // Nothing that goes into the ledger tells the content or the salt.
  assert.ok(!/prohibited|5a5a5a|secret/.test(JSON.stringify(desk.decisions.slice(1))));
  assert.deepEqual(
    Object.keys(publishedSeal(record)).filter(name => name === "content" || name === "salt"),
    [],
  );
  assert.equal(record.commitment, commitmentOf(content, salt));
  // As anybody would check it, with members in the order of RFC 8785.
  const sorted = Object.entries(content.statements[0]!).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify({ content: { statements: [Object.fromEntries(sorted)] }, salt });
  assert.equal(record.commitment, createHash("sha256").update(text).digest("hex"));
  assert.deepEqual(
    dueSeals(desk.book, record.reviewMs).map(({ id }) => id),
    [sealedPolicyId],
  );

  desk.do("sealedPolicy.reveal", { sealedPolicyId, reason: why });
  const revealed = desk.book.get("sealedPolicy", sealedPolicyId)!;
  assert.equal(publishedSeal(revealed), revealed);
  assert.equal(voiceOf().asserter, "asserter of secret");
  assert.ok(isAsCommitted(revealed));
  assert.ok(!isAsCommitted({ ...revealed, salt: "00".repeat(32) }));
  assert.ok(!isAsCommitted({ ...revealed, content: { statements: [] } }));
  assert.equal(isProhibited(), true, "published, and still in force");
  assert.equal(sealedTerritories(desk.book).size, 0);
  desk.do("sealedPolicy.end", { sealedPolicyId, reason: why });
  assert.equal(isProhibited(), false);
});
