// SPDX-License-Identifier: MIT
// Story 7: malformed element files, scenario files and API bodies. Each gets one clear error that names the place, and
// nothing changes.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import type { LedgerHead, Problem, Status } from "@perigee/operator/contract";
import { builtInElements, formatOmmJson, formatTle } from "@perigee/orbit";
import { OperatorProcess, root, temporaryData } from "./operator-process.ts";

const run = promisify(execFile);
const data = temporaryData();
let operator: OperatorProcess;

before(async () => {
  operator = await OperatorProcess.start({ data });
});
after(async () => {
  await operator[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
});

/** What must not change: the log, the elements, and what is served. */
async function snapshot(): Promise<unknown> {
  const { elements, terminals, policyVersion } = await operator.get<Status>("/v1/status");
  const { size, root: treeRoot } = await operator.get<LedgerHead>("/v1/ledger/head");
  return {
    checksum: elements.checksum,
    loadedAt: elements.loadedAt,
    terminals,
    policyVersion,
    size,
    treeRoot,
  };
}

function assertProblem(body: unknown, place: RegExp, about: string): void {
  const problem = body as Problem;
  assert.match(problem.code, /^[A-Za-z][\w-]*$/, about);
  assert.ok(problem.detail.length > 10, about);
  assert.match(`${problem.place ?? ""} ${problem.detail}`, place, `${about}: ${JSON.stringify(problem)}`);
}

const { elements: sets } = builtInElements(Date.UTC(2026, 10, 21));
// Catalogue numbers of TLEs end at 339,999; the built-in ones lie far above.
const tleOf = (i: number): string => {
  const formatted = formatTle({ ...sets[i]!, catalogNumber: 50_000 + i });
  assert.ok(formatted.ok);
  return formatted.value.trimEnd();
};
const tle = tleOf(0).split("\n");
const [nameLine, line1, line2] =
  tle.length === 3 ? (tle as [string, string, string]) : ["NAME", tle[0]!, tle[1]!];
const omm = JSON.parse(formatOmmJson([sets[0]!])) as Record<string, unknown>[];
const withOmm = (change: Record<string, unknown>): string => JSON.stringify([{ ...omm[0], ...change }]);
const flip = (line: string, at: number): string =>
  line.slice(0, at) + (line[at] === "1" ? "2" : "1") + line.slice(at + 1);

const elementFiles: [string, string, RegExp][] = [
  ["empty", "", /story\.txt.*at least one/i],
  ["not elements at all", "<html>Too many requests</html>", /story\.txt: text .*found "<html>/],
  ["a digit changed under its checksum", [nameLine, flip(line1, 20), line2].join("\n"), /line 2/],
  ["line 2 missing", [nameLine, line1].join("\n"), /line/],
  ["lines of two satellites", [line1, tleOf(1).split("\n").at(-1)].join("\n"), /line 2/],
  ["a line cut short", [line1, line2.slice(0, 60)].join("\n"), /line 2/],
  ["the same set twice", [line1, line2, line1, line2].join("\n"), /line/],
  ["JSON cut off", JSON.stringify(omm).slice(0, -20), /\S/],
  ["eccentricity of 1.2", withOmm({ ECCENTRICITY: 1.2 }), /\[0\].*ECCENTRICITY/],
  ["no mean motion", withOmm({ MEAN_MOTION: undefined }), /\[0\].*MEAN_MOTION/],
  ["inclination as a word", withOmm({ INCLINATION: "steep" }), /\[0\].*INCLINATION/],
  ["an epoch that is no date", withOmm({ EPOCH: "yesterday" }), /\[0\].*EPOCH/],
];

test(`${elementFiles.length} malformed element files`, async () => {
  const unchanged = await snapshot();
  for (const [about, text, place] of elementFiles) {
    const { status, body } = await operator.post("/v1/elements?source=story.txt", text, {
      "content-type": "text/plain",
    });
    assert.ok(status >= 400 && status < 500, `${about}: ${status}`);
    assertProblem(body, place, about);
    assert.deepEqual(await snapshot(), unchanged, about);
  }
});

test("a malformed element file is refused on the command line, with its place", async () => {
  const file = join(data, "bad.tle");
  writeFileSync(file, [nameLine, flip(line1, 20), line2].join("\n"));
  const failed = await run(process.execPath, [
    join(root, "packages/cli/src/main.ts"),
    "elements",
    "update",
    file,
    "--data",
    data,
  ]).catch((error: { code: number; stderr: string }) => error);
  assert.ok("code" in failed && failed.code === 1);
  assert.match(failed.stderr ?? "", /bad\.tle: line 2/);
  assert.equal((failed.stderr ?? "").trim().split("\n").length, 1, "one error, one line");
});

const suspend = {
  kind: "suspend",
  terminalId: "kyiv",
  ground: "A ground that is long enough.",
  hours: 2,
};
const bodies: [string, string, unknown, Record<string, string>, number, RegExp][] = [
  ["no JSON", "/v1/orders", "{", {}, 400, /orders|JSON/],
  ["an array", "/v1/orders", [], {}, 400, /body/],
  ["no kind", "/v1/orders", { ...suspend, kind: undefined }, {}, 400, /kind/],
  ["an unknown kind", "/v1/orders", { ...suspend, kind: "destroy" }, {}, 400, /kind/],
  ["another's name", "/v1/orders", { ...suspend, officer: "Ines Calloway" }, {}, 400, /officer/],
  ["no ground", "/v1/orders", { ...suspend, ground: "because" }, {}, 400, /ground/],
  ["more than 72 hours", "/v1/orders", { ...suspend, hours: 73 }, {}, 400, /hours/],
  ["hours as text", "/v1/orders", { ...suspend, hours: "2" }, {}, 400, /hours/],
  ["half an hour", "/v1/orders", { ...suspend, hours: 0.5 }, {}, 400, /hours/],
  ["a field nobody knows", "/v1/orders", { ...suspend, urgent: true }, {}, 400, /urgent/],
  ["an unknown terminal", "/v1/orders", { ...suspend, terminalId: "atlantis" }, {}, 404, /atlantis/],
  [
    "restoring what is not suspended",
    "/v1/orders",
    { ...suspend, kind: "restore", hours: undefined },
    {},
    409,
    /terminalId/,
  ],
  [
    "a body of the wrong type",
    "/v1/orders",
    "kind=suspend",
    { "content-type": "application/x-www-form-urlencoded" },
    415,
    /content|orders|media/i,
  ],
  [
    "a body that is too large",
    "/v1/orders",
    { ...suspend, ground: "x".repeat(100_000) },
    {},
    413,
    /large|orders/i,
  ],
  ["no client header", "/v1/orders", suspend, { "x-perigee-client": "" }, 403, /x-perigee-client/],
];

test(`${bodies.length} malformed API bodies`, async () => {
  const unchanged = await snapshot();
  for (const [about, path, body, headers, status, place] of bodies) {
    const given = { "content-type": "application/json", "x-perigee-client": "e2e", ...headers };
    if (given["x-perigee-client"] === "") delete (given as Record<string, string>)["x-perigee-client"];
    const response = await fetch(operator.url + path, {
      method: "POST",
      headers: given,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    assert.equal(response.status, status, about);
    assert.match(response.headers.get("content-type") ?? "", /application\/problem\+json/, about);
    assertProblem(await response.json(), place, about);
    assert.deepEqual(await snapshot(), unchanged, about);
  }
});

// biome-ignore lint/suspicious/noExplicitAny: the point is to break the scenario's shape
type Change = (scenario: any) => void;

const scenarios: [string, Change | string, RegExp][] = [
  ["not JSON", "{ title: nothing }", /bad-0\.json:1:3/],
  ["empty", "", /bad-1\.json/],
  ["no title", s => delete s.title, /title/],
  ["an unknown section", s => Object.assign(s, { weather: {} }), /weather/],
  ["a start that is no instant", s => Object.assign(s, { start: "tomorrow" }), /: start/],
  [
    "a latitude of 95",
    s => Object.assign(s.world.terminals[0].track[0], { latDeg: 95 }),
    /world\.terminals\[0\]\.track\[0\]\.latDeg/,
  ],
  [
    "waypoints out of order",
    s => s.world.terminals[2].track.reverse(),
    /world\.terminals\[2\]\.track\[1\]\.atS/,
  ],
  [
    "an account of nobody",
    s => Object.assign(s.records.accounts[0], { holder: "nobody" }),
    /records\.accounts\[0\]\.holder/,
  ],
  [
    "a plan that does not exist",
    s => Object.assign(s.records.terminals[0], { planId: "gold" }),
    /records\.terminals\[0\]\.planId/,
  ],
  ["a terminal without a track", s => s.world.terminals.pop(), /records\.terminals\[21\]\.id/],
  [
    "an order about nobody",
    s => Object.assign(s.orders[0], { terminalId: "atlantis" }),
    /orders\[0\]\.terminalId/,
  ],
  [
    "an axis nobody knows",
    s => Object.assign(s.policy.statements[0], { axis: "mood" }),
    /policy\.statements\[0\]\.axis/,
  ],
  [
    "a value of another axis",
    s => Object.assign(s.policy.statements[0], { value: "active" }),
    /policy\.statements\[0\]\.value/,
  ],
];

test(`${scenarios.length} malformed scenario files`, async () => {
  const demo = readFileSync(join(root, "demo/scenario.json"), "utf8");
  const unchanged = await snapshot();
  await Promise.all(
    scenarios.map(async ([about, change, place], i) => {
      const file = join(data, `bad-${i}.json`);
      if (typeof change === "string") writeFileSync(file, change);
      else {
        const scenario = JSON.parse(demo);
        change(scenario);
        writeFileSync(file, JSON.stringify(scenario));
      }
      const empty = join(data, `never-${i}`);
      const failed = await run(process.execPath, [
        join(root, "packages/cli/src/main.ts"),
        ...[
          "up",
          "--scenario",
          file,
          "--data",
          empty,
          "--port",
          "0",
          "--proxy-port",
          "0",
          "--dish-port",
          "0",
        ],
      ]).catch((error: { code: number; stderr: string }) => error);
      assert.ok("code" in failed && failed.code === 1, about);
      const lines = (failed.stderr ?? "").trim().split("\n");
      assert.equal(lines.length, 1, `${about}: ${failed.stderr}`);
      assert.match(lines[0]!, place, about);
      assert.match(lines[0]!, /SCENARIO_INVALID/, about);
      assert.throws(() => readFileSync(join(empty, "operator.lock")), `${about}: nothing was created`);
    }),
  );
  assert.deepEqual(await snapshot(), unchanged);
});

test("a second operator on the same data directory is refused", async () => {
  const failed = await run(process.execPath, [
    join(root, "packages/cli/src/main.ts"),
    ...["up", "--data", data, "--port", "0", "--proxy-port", "0", "--dish-port", "0"],
  ]).catch((error: { code: number; stderr: string }) => error);
  assert.ok("code" in failed && failed.code === 1);
  assert.match(failed.stderr ?? "", /DATA_DIRECTORY_IN_USE/);
});
