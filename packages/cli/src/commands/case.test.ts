// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { AddedDocuments, CandidateSearchView, RecommendationView } from "@perigee/operator/contract";
import { CliError } from "../command.ts";
import { runAgainst } from "../testing.ts";
import { caseCommand } from "./case.ts";

const folder = mkdtempSync(join(tmpdir(), "perigee-case-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test("a report is handed in through the one command that there is", async () => {
  const decision = { id: "d", action: "report", subject: "case_1", outcome: "received", ledgerIndex: 7 };
  const answer = {
    decisions: [{ ...decision, text: "A report for the case case_1.", noticeId: null }],
    ...{ records: [], proposalId: null, terminals: 0 },
  };
  const asked = ["report", "--title", "A claim", "--summary", "Somebody wrote it.", "--reporter", "press"];
  const run = await runAgainst(caseCommand, [...asked, "--life-at-risk"], {
    "POST /v1/commands/case.report": answer,
  });
  assert.deepEqual(run.seen[0]!.body, {
    ...{ title: "A claim", reporter: "press", personal: { summary: "Somebody wrote it." }, lifeAtRisk: true },
  });
  assert.match(run.out, /^ledger 7 {2}A report for the case case_1\.$/m);
  const without = await runAgainst(caseCommand, ["report", "--title", "A claim"], {});
  assert.ok(without.error instanceof CliError && without.error.exitCode === 2);
});

test("documents go as bytes, with their types by their endings", async () => {
  const files = [fileOf("one.txt", "Text"), fileOf("two.HTML", "<p>Text"), fileOf("three.pdf", "%PDF-")];
  const answer: AddedDocuments = {
    documents: [{ evidence: "evd_1", name: "one\u001b[31m.txt", bytes: 4, sha256: "0", already: false }],
    added: { claims: 2, supply: 1 },
    report: {} as AddedDocuments["report"],
  };
  const run = await runAgainst(caseCommand, ["add-documents", "case_1", ...files, "--from", "public"], {
    "POST /v1/cases/case_1/documents": answer,
  });
  const body = run.seen[0]!.body as { receivedFrom: string; documents: Record<string, string>[] };
  assert.equal(body.receivedFrom, "public");
  assert.deepEqual(
    body.documents.map(({ name, mediaType, base64 }) => [name, mediaType, atob(base64!)]),
    [
      ["one.txt", "text/plain", "Text"],
      ["two.HTML", "text/html", "<p>Text"],
      ["three.pdf", "application/pdf", "%PDF-"],
    ],
  );
  assert.equal(run.out.includes("\u001b"), false, "a name cannot colour the terminal");
  const missing = await runAgainst(caseCommand, ["add-documents", "case_1", join(folder, "none")], {});
  assert.match(missing.error?.message ?? "", /cannot be read/);
  const none = await runAgainst(caseCommand, ["add-documents", "case_1"], {});
  assert.ok(none.error instanceof CliError && none.error.exitCode === 2);
});

test("a search asks for each thing by itself, and adds only what the case does not have", async () => {
  const found: CandidateSearchView = {
    ...{ protectedSites: [], cells: 3, notFound: [], truncated: false },
    candidates: ["ut-1", "ut-2"].map((terminalId, i) => ({
      ...{ terminalId, protectedSite: false, mitigations: [], inCase: i === 0 },
      matches: [{ by: "area", why: "It was 2.0 hours in 1 of the cells." }],
    })),
  };
  const args = ["candidates", "case_1", "--area", "48.6,37.9,10", "--from", "2026-01-01", "--add"];
  const run = await runAgainst(caseCommand, [...args, "--unit", "a", "--unit", "b"], {
    "GET /v1/cases/case_1/candidates": found,
    "POST /v1/commands/case.add": {},
  });
  const query = new URL(run.seen[0]!.path, "http://x").searchParams;
  assert.equal(query.get("area"), "48.6,37.9,10");
  assert.equal(query.get("from"), "2026-01-01T00:00:00.000Z");
  assert.deepEqual(query.getAll("unit"), ["a", "b"]);
  assert.deepEqual(run.seen[1]!.body, {
    caseId: "case_1",
    candidates: [{ terminalId: "ut-2", by: "area", why: "It was 2.0 hours in 1 of the cells." }],
  });
  assert.match(run.out, /1 added to the case/);
});

test("recommendations show all measures, least restrictive first, with what each needs", async () => {
  const measure = (name: string, needs: string[], approvals: 0 | 2 = 0) => ({
    ...{ measure: name, title: name, needs, approvals },
    command: name === "suspend" ? { name: "order.suspend", request: {} } : null,
  });
  const recommendations = [
    {
      ...{ terminalId: "ut-1", protectedSites: [{ id: "s-1", title: "Clinic", kind: "health" }] },
      ...{ recommended: "observe", why: "Nothing is on record." },
      measures: [measure("observe", []), measure("suspend", ["It takes evidence."])],
    },
  ] as unknown as RecommendationView[];
  const run = await runAgainst(caseCommand, ["recommend", "case_1", "--seen", "s-1"], {
    "GET /v1/cases/case_1/sheet": { recommendations },
  });
  assert.match(run.seen[0]!.path, /\?seen=s-1$/);
  assert.deepEqual(run.out.split("\n"), [
    "ut-1: observe. Nothing is on record.",
    "  near or at Clinic (s-1)",
    "  observe: needs nothing more",
    "  suspend (perigee command order.suspend): It takes evidence.",
  ]);
});

test("a case file that is none, or without proofs, does not hold", async () => {
  for (const [name, content] of [
    ["none.json", "{}"],
    ["broken.json", "{"],
    ["other.json", '{"format":"perigee-case-file/1","parts":{},"manifest":{},"ledger":null}'],
  ] as const) {
    const run = await runAgainst(caseCommand, ["check", fileOf(name, content)], {});
    assert.ok(run.error instanceof CliError && run.error.exitCode === 1, name);
    assert.equal(run.seen.length, 0, "no operator is asked");
  }
});

test("an export is written as it came", async () => {
  const out = join(folder, "out.json");
  const run = await runAgainst(caseCommand, ["export", "case_1", "--out", out], {
    "GET /v1/cases/case_1/export": { format: "perigee-case-file/1" },
  });
  assert.equal(run.error, null);
  assert.equal(readFileSync(out, "utf8"), '{"format":"perigee-case-file/1"}');
});
