// SPDX-License-Identifier: MIT
// What everybody, customers and those who work here learn of areas over HTTP, and what they do not.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { verifyInclusion } from "@perigee/ledger";
import fc from "fast-check";
import { defaults } from "../config.ts";
import * as contract from "../contract.ts";
import { type Operator, startOperator } from "../operator.ts";
import { demo, demoPath } from "../testing.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-public-api-"));
let operator: Operator;

before(async () => {
  const config = {
    ...defaults(demoPath),
    ...{
      port: 0,
      proxyPort: 0,
      dishPort: 0,
      planet: "off" as const,
      signIn: "open" as const,
      data: join(folder, "data"),
    },
  };
  const started = await startOperator({ config, consoleFolder: join(folder, "no-console") });
  assert.ok(started.ok, started.ok ? "" : started.error.message);
  operator = started.value;
});
after(async () => {
  await operator[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const officer = "tomas-reid";

async function ask(path: string, as: string, body?: unknown): Promise<{ status: number; body: never }> {
  const response = await fetch(operator.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "x-perigee-client": "test",
      "x-perigee-as": as,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

test("F1: five axes of an area by whose account, then as known then", async () => {
  const { status, body } = await ask("/v1/areas/RU/status?validAt=2024-02-12T00:00:00Z", officer);
  assert.equal(status, 200);
  const shown = contract.areaStatus.parse(body);
  assert.equal(shown.name, "Russia");
  assert.deepEqual(
    shown.axes.map(({ axis }) => axis),
    ["licence", "supply", "activation", "legalRegime", "publishedCoverage"],
  );
  const said = shown.axes.filter(({ statements }) => statements.length > 0);
  assert.ok(said.length >= 4);
  assert.ok(new Set(said.flatMap(({ statements }) => statements.map(s => s.asserter))).size >= 2);
  const before = await ask(
    "/v1/areas/RU/status?validAt=2024-02-12T00:00:00Z&knownAt=2001-01-01T00:00:00Z",
    officer,
  );
  const silent = contract.areaStatus.parse(before.body);
  assert.ok(silent.axes.every(({ statements, verdict }) => statements.length === 0 && verdict.silence));
  assert.equal((await ask("/v1/areas/nowhere/status", officer)).status, 404);
  assert.equal((await ask("/v1/areas/RU/status?validAt=yesterday", officer)).status, 400);
});

test("F30: one place under every boundary view, one of them decided by", async () => {
  const { body } = await ask("/v1/place?lat=44.6166&lon=33.5254", officer);
  const { views } = contract.placeView.parse(body);
  assert.ok(views.length > 1);
  assert.equal(views.filter(({ inForce }) => inForce).length, 1);
  assert.ok(new Set(views.map(({ country }) => country)).size > 1, "the views differ about whose it is");
});

test("F3: a refused request keeps its reasons apart and leaves the area's state; a letter needs an execution", async () => {
  const request = {
    requester: "Ministry of Harbours",
    kind: "request",
    scope: { kind: "area", areas: ["RO"], wants: "restrict" },
    jurisdiction: "RO",
  };
  const command = async (name: string, body: unknown): Promise<contract.CarriedOut> => {
    const done = await ask(`/v1/commands/${name}`, officer, body);
    assert.equal(done.status, 201, JSON.stringify(done.body));
    return done.body;
  };
  const received = await command("areaRequest.receive", request);
  const requestId = received.records.find(({ kind }) => kind === "areaRequest")!.id;
  const stateBefore = await ask("/v1/areas/RO/status", officer);
  await command("areaRequest.authenticate", { requestId, method: "called back on the published number" });
  const impactNote = "One ship on the Black Sea and nobody else.";
  await command("areaRequest.review", {
    requestId,
    impactNote,
    note: "Scope and jurisdiction were looked at.",
  });
  const reasons = [{ text: "The act does not cover the high seas." }];
  await command("areaRequest.decide", { requestId, verdict: "refuse", reasons });
  await command("areaRequest.addReason", {
    requestId,
    text: "Nor is there a directive.",
    directiveOf: "Maritime court",
  });
  const history = contract.areaHistory.parse((await ask("/v1/areas/RO/history", officer)).body);
  const told = history.events.filter(({ kind }) => kind === "request").map(({ text }) => text);
  assert.equal(told.length, 3, told.join("\n"));
  assert.match(told.join(" "), /refused.*high seas.*Maritime court/s);
  const axes = (of: unknown) => contract.areaStatus.parse(of).axes;
  assert.deepEqual(axes((await ask("/v1/areas/RO/status", officer)).body), axes(stateBefore.body));
  const letter = await ask(`/v1/area-requests/${requestId}/attestation`, officer);
  assert.deepEqual([letter.status, (letter.body as contract.Problem).code], [409, "NOT_EXECUTED"]);
});

test("F23: the letter about what was carried out proves its decisions against the ledger's head", async () => {
  const command = async (name: string, body: unknown): Promise<contract.CarriedOut> => {
    const done = await ask(`/v1/commands/${name}`, officer, body);
    assert.equal(done.status, 201, JSON.stringify(done.body));
    return done.body;
  };
  const scope = { kind: "data", subjects: ["dec_1"], wants: "a copy of a decision" };
  const about = {
    requester: "A regulator",
    kind: "lawfulOrder",
    scope,
    jurisdiction: "DE",
    legalBasis: "Act 7",
  };
  const { records } = await command("areaRequest.receive", about);
  const requestId = records[0]!.id;
  await command("areaRequest.authenticate", { requestId, method: "signed with the registered key" });
  await command("areaRequest.review", {
    requestId,
    impactNote: "Nobody loses service.",
    note: "It is narrow and lawful.",
  });
  await command("areaRequest.decide", {
    ...{ requestId, verdict: "grant", reasons: [{ text: "The act covers it." }] },
    expiresMs: Date.now() + 86_400_000,
  });
  await command("areaRequest.execute", { requestId, done: ["dec_1"] });
  const { status, body } = await ask(`/v1/area-requests/${requestId}/attestation`, officer);
  assert.equal(status, 200, JSON.stringify(body));
  const letter = contract.attestation.parse(body);
  assert.deepEqual(letter.counts, { asked: 1, granted: 1, done: 1, notDone: [] });
  assert.ok(letter.proofs.length >= 5);
  for (const { leafIndex, treeSize, rootHash, auditPath } of letter.proofs) {
    const entries = (await ask(`/v1/ledger/entries?from=${leafIndex}&limit=1`, officer))
      .body as contract.LedgerEntry[];
    const bytes = (hex: string): Uint8Array => Buffer.from(hex, "hex");
    const proof = auditPath.map(bytes);
    const leafHash = bytes(entries[0]!.leafHash);
    assert.ok(verifyInclusion({ leafHash, index: leafIndex, size: treeSize, root: bytes(rootHash), proof }));
  }
});

test("a policy is planned in words and numbers, and nothing changes; what is wrong has its place", async () => {
  const document = structuredClone(demo().policyDocument) as { statements: { id: string }[] };
  const version = operator.context.authority.policy.version;
  const mine = (await ask("/v1/policy", officer)).body as contract.PolicyInForceView;
  const same = contract.policyPlan.parse(
    (await ask("/v1/policy/plan", officer, { document: mine.document })).body,
  );
  assert.deepEqual([same.changes, same.impact?.terminals], [[], 0]);
  document.statements = document.statements.filter(({ id }) => id !== "de-licence");
  const plan = contract.policyPlan.parse((await ask("/v1/policy/plan", officer, { document })).body);
  assert.equal(plan.changes.length, 1);
  assert.match(plan.text, /^~ statement de-licence: DE, licence granted/);
  assert.deepEqual(
    [plan.impact?.terminals, plan.impact?.lose, plan.impact?.areas[0]?.name, plan.impact?.examples],
    [1, 1, "Germany", ["german-train"]],
  );
  assert.equal(operator.context.authority.policy.version, version);
  const broken = await ask("/v1/policy/plan", officer, { document: { ...document, plans: "none" } });
  const { code, place } = broken.body as contract.Problem;
  assert.deepEqual([broken.status, code], [400, "POLICY_INVALID"]);
  assert.match(place!, /^body\.document\.plans/);
  const viewer = await ask("/v1/policy/plan", "paolo-venn", { document });
  assert.deepEqual([viewer.status, (viewer.body as contract.Problem).code], [403, "PERMISSION_MISSING"]);
});

test("whatever a policy document is, a plan is no 5xx and changes nothing", async () => {
  const before = operator.context.authority.policy;
  const whole = demo().policyDocument as Record<string, unknown>;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), fc.jsonValue(), async (member, value) => {
      const { status } = await ask("/v1/policy/plan", officer, { document: { ...whole, [member]: value } });
      assert.ok(status < 500, `${member}: ${JSON.stringify(value)} gives ${status}`);
    }),
    { numRuns: 150 },
  );
  assert.equal(operator.context.authority.policy, before);
});

test("everybody learns five plain answers about a place, without signing in", async () => {
  const response = await fetch(`${operator.url}/v1/public/place?lat=50.45&lon=30.52`);
  assert.equal(response.status, 200);
  const place = contract.publicPlace.parse(await response.json());
  assert.equal(place.place, "Ukraine");
  assert.deepEqual(
    place.answers.map(({ answer }) => answer),
    ["yes", "yes", "yes", "yes", "no"],
  );
  assert.equal(place.published.reason, "NOT_ON_ALLOWLIST");
  for (const { says } of place.answers.slice(0, 4)) {
    for (const { asserter, source, since } of says) assert.ok(asserter && source && Date.parse(since) > 0);
  }
  for (const query of ["", "lat=91&lon=0", "lat=x&lon=0", "lat=1&lon=2&extra=3", "lat=NaN&lon=0"]) {
    assert.equal((await fetch(`${operator.url}/v1/public/place?${query}`)).status, 400, query);
  }
});

test("F28: what is sealed is enforced, not published, and told to nobody who may not see it", async () => {
  const before = contract.publicPlace.parse(
    (await ask("/v1/public/place?lat=-1.286&lon=36.817", officer)).body,
  );
  assert.equal(before.published.state, "served");
  const law = { asserter: "A court", source: "An order under seal", validFrom: "2026-01-01T00:00:00Z" };
  const statement = { id: "ke-sealed", territory: "KE", axis: "legalRegime", value: "prohibited", ...law };
  const drafted = await ask("/v1/commands/sealedPolicy.draft", officer, {
    content: { statements: [{ ...statement, knownFrom: "2026-01-01T00:00:00Z" }] },
    salt: "5a".repeat(32),
    reviewMs: Date.now() + 86_400_000,
    reason: "A court orders it and forbids to say so yet.",
  });
  assert.equal(drafted.status, 201, JSON.stringify(drafted.body));
  const { id } = (drafted.body as contract.CarriedOut).records.find(({ kind }) => kind === "sealedPolicy")!;
  const asked = { sealedPolicyId: id, reason: "The order is in force from today." };
  const proposed = await ask(
    "/v1/commands/sealedPolicy.seal?reason=The%20order%20is%20in%20force.",
    officer,
    asked,
  );
  assert.equal(proposed.status, 202, JSON.stringify(proposed.body));
  const { proposalId } = proposed.body as contract.CarriedOut;
  for (const approver of ["amara-osei", "lukas-brandt"]) {
    const reason = "Read, and as the court says.";
    const approved = await ask("/v1/commands/proposal.approve", approver, { proposalId, reason });
    assert.ok(approved.status < 300, JSON.stringify(approved.body));
  }
  const told = await fetch(`${operator.url}/v1/public/place?lat=-1.286&lon=36.817`);
  const text = await told.text();
  const after = contract.publicPlace.parse(JSON.parse(text));
  assert.equal(after.published.state, "notPublished");
  assert.equal(after.answers[4]?.answer, "notPublished");
  assert.ok(!/A court|under seal|prohibited/.test(text), text);
  const viewer = "paolo-venn";
  for (const path of [
    "/v1/place?lat=-1.286&lon=36.817",
    "/v1/areas",
    "/v1/areas/KE/status",
    "/v1/areas/KE/history",
    "/v1/policy",
  ]) {
    const seen = JSON.stringify((await ask(path, viewer)).body);
    assert.ok(!seen.includes("A court"), `${path} tells a viewer`);
  }
  const auditor = JSON.stringify((await ask("/v1/place?lat=-1.286&lon=36.817", "ruth-adeyemi")).body);
  assert.match(auditor, /LEGAL_REGIME/);
});

test("a kit number has two answers and nothing more, and they cannot be tried through", async () => {
  const kit = async (number: string) =>
    await fetch(`${operator.url}/v1/public/kit/${encodeURIComponent(number)}`);
  const unknown = await kit("KIT00099999");
  const answer = (await unknown.json()) as object;
  assert.deepEqual(answer, { mayBeActivated: "no", reportedStolenOrBlocked: "no" });
  assert.deepEqual(Object.keys(answer), ["mayBeActivated", "reportedStolenOrBlocked"]);
  assert.equal((await kit("not a number")).status, 400);
  let refused = 0;
  for (let i = 0; i < 40; i++) if ((await kit(`KIT${100_000 + i}`)).status === 429) refused++;
  assert.ok(refused >= 10, `${refused} of 40 refused`);
  assert.ok(Number((await kit("KIT00099999")).headers.get("retry-after")) > 0);
});

test("F11: a customer sees every decision about what is theirs and appeals; nobody else's, and as nobody else", async () => {
  const customer = { id: "oksana-marchenko", name: "Oksana Marchenko", email: "oksana@podil.example" };
  const party = "podil-print-cooperative";
  const entered = await ask("/v1/people", "sara-lindqvist", { ...customer, roles: [], party });
  assert.equal(entered.status, 201, JSON.stringify(entered.body));
  const both = await ask("/v1/people", "sara-lindqvist", {
    ...customer,
    id: "two-hats",
    email: "two@x.example",
    roles: ["viewer"],
    party,
  });
  assert.deepEqual([both.status, (both.body as contract.Problem).code], [409, "CUSTOMER_HAS_ROLE"]);
  const ground = "A lawful order names it, and it is looked into.";
  await ask("/v1/orders", officer, { kind: "suspend", terminalId: "kyiv", ground, hours: 2 });
  const mine = contract.portal.parse((await ask("/v1/portal", customer.id)).body);
  assert.deepEqual(
    mine.terminals.map(({ id, state }) => [id, state]),
    [["kyiv", "suspended"]],
  );
  assert.equal(mine.notices.length, 1);
  const [notice] = mine.notices;
  assert.ok(mine.decisions.some(({ noticeId }) => noticeId === notice!.id));
  assert.ok(
    mine.possible.some(({ command, subject }) => command === "appeal.file" && subject === notice!.id),
  );
  assert.ok(!JSON.stringify(mine).includes("Tomas"), "who worked on it is not told");

  const statement = "It stands in our print shop and never left it.";
  const appeal = { noticeId: notice!.id, statement, lifeCritical: true };
  const forged = await ask("/v1/portal/commands/appeal.file", customer.id, {
    ...appeal,
    party: "alba-shipping",
  });
  assert.equal(forged.status, 400, "whose it is the request does not say");
  assert.equal((await ask("/v1/commands/appeal.file", customer.id, { ...appeal, party })).status, 404);
  assert.equal((await ask("/v1/commands/appeal.file", officer, { ...appeal, party })).status, 404);
  assert.equal((await ask("/v1/portal/commands/appeal.file", officer, appeal)).status, 403);
  const filed = await ask("/v1/portal/commands/appeal.file", customer.id, appeal);
  assert.equal(filed.status, 201, JSON.stringify(filed.body));
  const after = contract.portal.parse((await ask("/v1/portal", customer.id)).body);
  assert.deepEqual([after.notices[0]?.appeal?.state, after.notices[0]?.appeal?.lifeCritical], ["open", true]);
  const others = await ask("/v1/portal/commands/portal.reportLost", customer.id, {
    terminalId: "black-sea-ship",
  });
  assert.deepEqual([others.status, (others.body as contract.Problem).code], [404, "TERMINAL_UNKNOWN"]);
  for (const path of [
    "/v1/terminals",
    "/v1/areas",
    "/v1/parties",
    "/v1/people",
    "/v1/ledger/head",
    "/v1/status",
  ]) {
    assert.equal((await ask(path, customer.id)).status, 403, path);
  }
});

test("transparency: a year in numbers and sentences; no span backwards or beyond a year", async () => {
  const span = (from: string, to: string) =>
    ask(`/v1/reports/transparency?from=${from}T00:00:00Z&to=${to}T00:00:00Z`, "paolo-venn");
  const year = new Date().getUTCFullYear();
  const report = contract.transparencyReport.parse((await span(`${year}-01-01`, `${year + 1}-01-01`)).body);
  assert.ok(report.decisions.all > 20 && report.sentences.length > 3);
  assert.equal((await span("2026-02-01", "2026-01-01")).status, 400);
  assert.equal((await span("2020-01-01", "2026-01-01")).status, 400);
});
