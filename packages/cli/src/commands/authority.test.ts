// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { CarriedOut } from "@perigee/operator/contract";
import { CliError } from "../command.ts";
import { runAgainst } from "../testing.ts";
import { approvals } from "./approvals.ts";
import { area } from "./area.ts";
import { ask } from "./ask.ts";
import { imports } from "./import.ts";
import { kit } from "./kit.ts";
import { list } from "./list.ts";
import { policy } from "./policy.ts";
import { report } from "./report.ts";
import { request } from "./request.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-authority-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const carried = (more: Partial<CarriedOut> = {}): CarriedOut => ({
  ...{ decisions: [], records: [], proposalId: null, terminals: 0 },
  ...more,
});
const decision = {
  ...{ id: "d", action: "suspend", subject: "kyiv", outcome: "suspended", ledgerIndex: 41 },
  ...{ text: "Tomas Reid suspends kyiv.", noticeId: "not_1" },
};

test("any command by its name: a request from the line or a file, as somebody, with a reason", async () => {
  const answers = {
    "POST /v1/commands/order.suspend": carried({ decisions: [decision], terminals: 1 }),
    "POST /v1/commands/order.deactivate": carried({ proposalId: "prp_7" }),
  };
  const body = { terminalId: "kyiv", hours: 2, ground: "It is a trial of the line." };
  const inline = await runAgainst(
    ask,
    ["order.suspend", "--request", JSON.stringify(body), "--as", "tomas-reid"],
    answers,
  );
  assert.deepEqual(inline.seen, [
    { method: "POST", path: "/v1/commands/order.suspend", as: "tomas-reid", body },
  ]);
  assert.match(inline.out, /^ledger 41 {2}Tomas Reid suspends kyiv\. Notice not_1\.$/m);
  assert.match(inline.out, /terminals 1 asked about again/);

  const file = fileOf("request.json", JSON.stringify(body));
  const grave = await runAgainst(
    ask,
    ["order.deactivate", "--request", file, "--reason", "It is confirmed."],
    answers,
  );
  assert.equal(grave.seen[0]!.path, "/v1/commands/order.deactivate?reason=It%20is%20confirmed.");
  assert.deepEqual(grave.seen[0]!.body, body);
  assert.match(grave.out, /perigee approvals approve prp_7/);
});

test("commands are listed by noun, and one has a schema; customers' own are not among them", async () => {
  const all = await runAgainst(ask, ["--json"], {});
  const names = (JSON.parse(all.out) as { name: string }[]).map(({ name }) => name);
  assert.ok(names.includes("proposal.approve") && !names.some(name => name.startsWith("portal.")));
  assert.equal(all.seen.length, 0, "no operator is asked");
  const schema = JSON.parse((await runAgainst(ask, ["order.suspend", "--schema"], {})).out);
  assert.deepEqual(schema.required, ["terminalId", "ground", "hours"]);
  const { error } = await runAgainst(ask, ["order.delete"], {});
  assert.ok(error instanceof CliError && error.exitCode === 2);
  assert.match(error.message, /there is .*order\.deactivate/);
  const bad = await runAgainst(ask, ["order.suspend", "--request", "{"], {});
  assert.match(bad.error?.message ?? "", /--request: it is not JSON/);
});

const proposal = {
  id: "prp_7",
  command: { name: "order.deactivate", request: { terminalId: "warsaw" } },
  requestedBy: { id: "ines-calloway", name: "Ines Calloway" },
  reason: "A confirmed finding.",
  ...{ lane: "ordinary", atMs: 0, expiresMs: 14_400_000, state: "open" },
  blastRadius: { terminals: 3, accounts: 2, share: 0.1, protectedSites: ["site_1"] },
  approvals: [
    { approverId: "a", approver: "Amara Osei", verdict: "approved", reason: "It carries.", atMs: 60_000 },
  ],
};

test("approvals are listed, shown, and given with a reason", async () => {
  const answers = {
    "GET /v1/proposals": { total: 1, items: [proposal] },
    "GET /v1/proposals/prp_7": { now: proposal, versions: [] },
    "POST /v1/commands/proposal.approve": carried(),
  };
  const open = await runAgainst(approvals, [], answers);
  assert.equal(open.seen[0]!.path, "/v1/proposals?where=state%3Aopen");
  assert.match(
    open.out,
    /prp_7 +order\.deactivate +Ines Calloway +Amara Osei +3 terminals, 1 protected sites/,
  );
  const shown = await runAgainst(approvals, ["show", "prp_7"], answers);
  assert.match(shown.out, /"terminalId": "warsaw"/);
  const given = await runAgainst(approvals, ["approve", "prp_7", "--reason", "It carries."], answers);
  assert.deepEqual(given.seen[0]!.body, { proposalId: "prp_7", reason: "It carries." });
  const silent = await runAgainst(approvals, ["refuse", "prp_7"], answers);
  assert.match(silent.error?.message ?? "", /why\?/);
  assert.equal(silent.seen.length, 0);
});

test("a file of donations: every fault in a table, nothing taken in unless bad rows may be left out", async () => {
  const file = fileOf("gifts.csv", "kitNumber,serial\nKIT000001,AB\n");
  const faults = [{ line: 2, column: "serial", rule: "serialForm", message: "The serial number." }];
  const answers = {
    "POST /v1/imports/donations/check": { rows: 2, good: 1, broken: null, faults },
    "POST /v1/commands/donation.import": carried({
      decisions: [decision],
      records: [
        { kind: "terminal", id: "ut_1" },
        { kind: "donation", id: "don_1" },
      ],
    }),
  };
  const strict = await runAgainst(imports, ["donations", file, "--programme", "prg_1"], answers);
  assert.match(strict.out, /2 {5}serial {2}serialForm/);
  assert.match(strict.error?.message ?? "", /nothing was taken in.*--skip-bad/);
  assert.equal(strict.seen.length, 1);
  const lenient = await runAgainst(
    imports,
    ["donations", file, "--programme", "prg_1", "--skip-bad"],
    answers,
  );
  assert.match(lenient.out, /^1 terminals are taken in/m);
  assert.deepEqual(lenient.seen[1]!.body, {
    ...{ programmeId: "prg_1", holder: null, csv: readFileSync(file, "utf8"), skipBad: true },
    source: "File gifts.csv",
  });
  const broken = {
    ...answers,
    "POST /v1/imports/donations/check": { rows: 2, good: 0, broken: "Open.", faults },
  };
  const open = await runAgainst(imports, ["donations", file, "--programme", "p", "--skip-bad"], broken);
  assert.match(open.error?.message ?? "", /nothing was taken in\. Open\./);
});

const plan = {
  planned: { documentHash: "ab".repeat(32), againstVersion: null },
  ...{ afterVersion: "v2", title: "Calmer", changes: [], text: "~ plan roam\n    roamDays: 60 -> 30\n" },
  setAside: [],
  impact: {
    ...{ asked: 22, terminals: 1, accounts: 1, share: 0.05, gain: 0, lose: 1, protectedSites: [] },
    steps: [{ from: "allow", fromReason: "ALLOW", to: "restricted", toReason: "ROAM_EXPIRED", terminals: 1 }],
    areas: [{ area: "KE", name: "Kenya", changed: 1, gain: 0, lose: 1 }],
    examples: ["kenya-school"],
  },
};

test("a policy is planned, and only what was planned is applied", async () => {
  const document = { title: "Calmer", boundaryView: "un", statements: [] };
  const file = fileOf("policy.json", JSON.stringify(document));
  const answers = {
    "POST /v1/policy/plan": plan,
    "POST /v1/commands/policy.apply": carried({ proposalId: "prp_9" }),
    "GET /v1/policy": { version: "v1", document },
  };
  const planned = await runAgainst(policy, ["plan", file], answers);
  assert.match(planned.out, /roamDays: 60 -> 30/);
  assert.match(planned.out, /1 of 22 terminals change .*: 0 gain service, 1 lose it/);
  assert.match(planned.out, /allow ALLOW +restricted ROAM_EXPIRED/);
  const args = ["apply", file, "--reason", "Fair use for all."];
  const applied = await runAgainst(policy, args, answers);
  assert.deepEqual(applied.seen[1]!.body, {
    ...{ document, planned: plan.planned, reason: "Fair use for all." },
  });
  const other = await runAgainst(policy, [...args, "--planned", "cd"], answers);
  assert.match(other.error?.message ?? "", /is not what was planned/);
  assert.equal(other.seen.length, 1, "nothing is asked for");
  // A scenario file holds its policy in a member.
  const scenario = fileOf("scenario.json", JSON.stringify({ world: {}, policy: document }));
  assert.deepEqual((await runAgainst(policy, ["plan", scenario], answers)).seen[0]!.body, { document });
  const out = join(folder, "now.json");
  await runAgainst(policy, ["show", "--out", out], answers);
  assert.deepEqual(JSON.parse(readFileSync(out, "utf8")), document);
});

test("lists take the words of the API's addresses", async () => {
  const items = [{ id: "not_1", subject: "kyiv", atMs: 0, cause: { kind: "order" } }];
  const answers = { "GET /v1/notices": { total: 3, items } };
  const found = await runAgainst(
    list,
    [
      "notices",
      "--q",
      "a b",
      "--where",
      "subject:kyiv",
      "--where",
      "atMs>1",
      "--sort=-atMs",
      "--at",
      "2026-01-02",
    ],
    answers,
  );
  assert.equal(
    found.seen[0]!.path,
    "/v1/notices?q=a+b&where=subject%3Akyiv&where=atMs%3E1&sort=-atMs&validAt=2026-01-02T00%3A00%3A00.000Z",
  );
  assert.match(found.out, /not_1 +kyiv +1970-01-01T00:00:00\.000Z/);
  assert.match(found.out, /^1 of 3$/m);
  const columns = await runAgainst(list, ["notices", "--columns", "id,cause"], answers);
  assert.match(columns.out, /not_1 +\{"kind":"order"\}/);
  assert.equal((await runAgainst(list, ["notices", "--ids"], answers)).out, "not_1");
  assert.match(
    (await runAgainst(list, ["notices", "--at", "soon"], answers)).error?.message ?? "",
    /--at takes/,
  );
  assert.match((await runAgainst(list, ["nothing"], answers)).error?.message ?? "", /NOT_FOUND/);
});

test("an area at one time as it was known at another", async () => {
  const statement = {
    ...{ value: "granted", asserter: "A regulator", source: "A register", versions: [] },
    ...{ validFrom: "2022-02-27T00:00:00.000Z", validTo: null },
  };
  const answers = {
    "GET /v1/areas/UA/status": {
      ...{ area: "UA", name: "Ukraine", validAt: "a", knownAt: "b" },
      axes: [
        {
          axis: "licence",
          question: "May terminals transmit?",
          verdict: { permits: true, silence: false },
          statements: [statement],
          conflicts: [],
        },
        {
          axis: "supply",
          question: "May it be supplied?",
          verdict: { permits: false, silence: true },
          statements: [],
          conflicts: [],
        },
      ],
    },
  };
  const found = await runAgainst(area, ["UA", "--at", "2022-09-20", "--known-at", "2023-01-01"], answers);
  assert.match(found.seen[0]!.path, /validAt=2022-09-20T00.*&knownAt=2023-01-01T00/);
  assert.match(found.out, /licence: permits service\n {2}May terminals transmit\?\n {2}granted +A regulator/);
  assert.match(found.out, /supply: nobody says anything/);
});

test("requests: every dated reason, and the letter back", async () => {
  const refused = {
    ...{
      id: "req_1",
      requester: "Harbour Committee",
      kind: "request",
      jurisdiction: "None",
      legalBasis: null,
    },
    ...{ scope: { kind: "area", areas: ["Q7835"], wants: "activate" }, emergency: true, receivedMs: 0 },
    ...{ state: "refused", authentication: null, impactNote: null, granted: [], expiresMs: null },
    ...{ sealed: false, verifiedBy: null },
    reasons: [
      { atMs: 0, by: "Ines", text: "The law forbids it.", directiveOf: null },
      { atMs: 3_600_000, by: "Tomas", text: "It was never active.", directiveOf: "An office" },
    ],
  };
  const letter = {
    ...{ title: "What was done", paragraphs: ["It arrived."], hash: "ff" },
    proofs: [{ decisionId: "d", leafIndex: 3, treeSize: 9 }],
  };
  const answers = {
    "GET /v1/area-requests": { total: 2, items: [refused, { id: "req_2", sealed: true }] },
    "GET /v1/area-requests/req_1": { now: refused, versions: [] },
    "GET /v1/area-requests/req_1/attestation": letter,
  };
  const all = await runAgainst(request, ["list", "--state", "refused"], answers);
  assert.equal(all.seen[0]!.path, "/v1/area-requests?where=state%3Arefused");
  assert.match(all.out, /req_1 +refused +request +Harbour Committee +activate +Q7835/);
  assert.match(all.out, /req_2 +sealed/);
  const shown = await runAgainst(request, ["show", "req_1"], answers);
  assert.match(shown.out, /reason +1970-01-01T00:00:00\.000Z, Ines: The law forbids it\.\n/);
  assert.match(shown.out, /1970-01-01T01:00:00\.000Z, Tomas: .* It needs a directive of An office\./);
  const attested = await runAgainst(request, ["attest", "req_1"], answers);
  assert.match(attested.out, /It arrived\.\n {2}proof: decision d is leaf 3 of 9\n {2}hash ff/);
});

test("a kit answers two questions; a report covers the last thirty days unless told", async () => {
  const answer = { mayBeActivated: "no", reportedStolenOrBlocked: "yes" };
  const box = await runAgainst(kit, ["KIT00AURORA01"], { "GET /v1/public/kit/KIT00AURORA01": answer });
  assert.match(box.out, /may be activated +no\nreported stolen or blocked +yes/);
  const found = {
    from: "a",
    to: "b",
    sentences: ["Nothing happened."],
    decisions: { byAction: { suspend: 2 } },
  };
  const answers = { "GET /v1/reports/transparency": found };
  const out = await runAgainst(report, ["transparency", "--to", "2026-03-31"], answers);
  const asked = new URLSearchParams(out.seen[0]!.path.replace(/^[^?]*/, ""));
  assert.deepEqual([...asked.values()], ["2026-03-01T00:00:00.000Z", "2026-03-31T00:00:00.000Z"]);
  assert.match(out.out, /Nothing happened\.\ndecisions +count\nsuspend +2/);
});
