// SPDX-License-Identifier: MIT
// The documentation against the product: examples run, generated tables are current, links lead somewhere.
//
//   UPDATE_DOCS=1 pnpm test docs      writes the generated parts anew; `pnpm format` lays their tables out
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import type { DishView } from "../packages/operator/src/contract.ts";
import { parseScenario } from "../packages/operator/src/index.ts";
import { generatedParts } from "./docs/generated.ts";
import { type Block, blocksOf, files, read, root } from "./docs/pages.ts";
import { catalogue } from "./mutants/catalogue.ts";

const run = promisify(execFile);
const main = join(root, "packages/cli/src/main.ts");

/** Commands and examples that cannot run here. A command counts when it begins so. */
const notRun: readonly { readonly file: string; readonly begins: string; readonly because: string }[] = [
  {
    file: "README.md",
    begins: "npx -y pnpm@12.21.0 start",
    because: "installs and runs until stopped; `pnpm test:fresh-clone` runs it",
  },
  {
    file: "README.md",
    begins: "npx -y pnpm@12.21.0 test",
    because: "is what runs this test; `pnpm test:fresh-clone` runs it",
  },
  {
    file: "CONTRIBUTING.md",
    begins: "pnpm perigee sim --out demo",
    because: "overwrites the reviewed day; a test of the operator runs that day",
  },
  { file: "CONTRIBUTING.md", begins: "git diff", because: "needs a checkout with a change in it" },
  { file: "CONTRIBUTING.md", begins: "UPDATE_DOCS=1", because: "is this test" },
  { file: "docs/bench.md", begins: "pnpm bench", because: "measures; a busy machine has no use for it" },
  {
    file: "docs/run.md",
    begins: "pnpm start",
    because: "runs until stopped; this test starts the operator itself",
  },
  { file: "docs/ledger.md", begins: "openssl genpkey", because: "its key is for the next command" },
  {
    file: "docs/ledger.md",
    begins: "pnpm perigee ledger witness",
    because: "watches an operator elsewhere until stopped; the witness has tests",
  },
  {
    file: "docs/ledger.md",
    begins: "pnpm start --database",
    because: "needs a database server; the same operator is tested on one",
  },
  {
    file: "docs/ledger.md",
    begins: "pnpm perigee backup",
    because: "needs a stopped operator and a server; both ways are tested",
  },
  { file: "docs/ledger.md", begins: "pnpm perigee restore", because: "restores what that has written" },
  { file: "docs/run.md", begins: "ssh ", because: "needs a second machine" },
  {
    file: "docs/scenarios.md",
    begins: "pnpm perigee up",
    because: "runs until stopped; its file is the reader's",
  },
  {
    file: "docs/elements.md",
    begins: "pnpm perigee elements update my",
    because: "its file is the reader's; the same command runs further down",
  },
  { file: "docs/elements.md", begins: "pnpm perigee elements update 'https:", because: "needs the internet" },
  {
    file: "packages/console/README.md",
    begins: "pnpm build",
    because: "`pnpm test` builds the console in a step of its own",
  },
  { file: "packages/console/README.md", begins: "import { buildConsole }", because: "the same" },
  {
    file: "docs/validation.md",
    begins: "pnpm perigee validate all",
    because: "it reads recorded files that are no part of the project; the kinds have tests",
  },
];

/** Examples that begin in the middle of a program, and what stands before them. */
const preludes: readonly { readonly file: string; readonly begins: string; readonly prelude: string }[] = [
  {
    file: "packages/orbit/README.md",
    begins: "const result = parseElements(text)",
    prelude: 'import { parseElements } from "@perigee/orbit";\nconst text = "1 25544U";\n',
  },
  {
    file: "packages/orbit/README.md",
    begins: "import { createBulkPropagator }",
    prelude:
      'import { builtInElements } from "@perigee/orbit";\nconst atMs = Date.UTC(2026, 4, 21);\n' +
      "const { elements } = builtInElements(atMs);\n",
  },
];

/** READMEs whose examples take results without looking, for shortness: they run, and are not type-checked. */
const looselyTyped = ["packages/authority/README.md", "packages/console/README.md"];

const blocks = files.flatMap(blocksOf);
const titleOf = ({ file, line, language }: Block): string => `${file}:${line} (${language})`;
const exempt = (file: string, text: string): boolean =>
  notRun.some(entry => entry.file === file && text.startsWith(entry.begins));

/** The commands of a shell block; a line that ends in a backslash goes on. */
const commandsOf = (text: string): string[] =>
  text.split(/(?<!\\)\n/).filter(command => command.trim() !== "");

test("what is exempt from running is still there", () => {
  for (const { file, begins } of [...notRun, ...preludes]) {
    const found = blocksOf(file).some(({ text }) =>
      [text, ...commandsOf(text)].some(part => part.startsWith(begins)),
    );
    assert.ok(found, `${file} has no example that begins "${begins}"`);
  }
});

// ── Examples ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where examples run: a folder with the commands, the demo and the operator's data directory. */
let place: string;
let data: string;
let operator: ChildProcess;
/** The documented address of everything that listens, and where it really is. */
const addresses = new Map<string, string>();
let generated: Readonly<Record<string, string>> = {};
const curlPath = (process.env["PATH"] ?? "")
  .split(":")
  .map(f => join(f, "curl"))
  .find(existsSync);

/** The commands that examples use, as a reader's machine would have them. */
function provideCommands(): void {
  const bin = join(place, "bin");
  mkdirSync(bin);
  const command = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(bin, name), `#!/bin/sh\n${lines.join("\n")}\n`, { mode: 0o755 });
  command("pnpm", [
    '[ "$1" = perigee ] || { echo "an example runs pnpm $1: exempt it, with a reason" >&2; exit 97; }',
    "shift",
    `exec "${process.execPath}" "${main}" "$@"`,
  ]);
  // An example that shows a refusal shows its header too (-i); any other must succeed.
  if (curlPath !== undefined) {
    command("curl", [
      `case " $* " in *" -i "*) exec "${curlPath}" "$@" ;; esac`,
      `exec "${curlPath}" --fail-with-body "$@"`,
    ]);
  }
  symlinkSync(join(root, "demo"), join(place, "demo"));
}

async function startOperator(): Promise<string> {
  // The pages talk to an operator, and none of them about the planet: what it would plan in the background is left out.
  const args = [
    main,
    "up",
    "--data",
    data,
    "--port",
    "0",
    "--proxy-port",
    "0",
    "--dish-port",
    "0",
    "--planet",
    "off",
  ];
  operator = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  operator.stderr!.on("data", chunk => {
    output += chunk;
  });
  await new Promise<void>((ready, fail) => {
    operator.stdout!.on("data", chunk => {
      output += chunk;
      if (output.includes("Ready in")) ready();
    });
    operator.on("exit", code => fail(new Error(`the operator ended with code ${code}:\n${output}`)));
  });
  return output;
}

async function prepare(): Promise<void> {
  place = mkdtempSync(join(tmpdir(), "perigee-docs-"));
  data = join(place, "data");
  provideCommands();
  const output = await startOperator();
  const [, port] = /console +http:\/\/127\.0\.0\.1:(\d+)/.exec(output)!;
  addresses.set("7440", port!);
  for (const [i, match] of [...output.matchAll(/^ {4}\S.*socks5h:\/\/127\.0\.0\.1:(\d+)/gm)].entries()) {
    addresses.set(String(7450 + i), match[1]!);
  }
  assert.equal(addresses.size, 23, output);
  const dishes = (await (await fetch(`http://127.0.0.1:${port}/v1/dishes`)).json()) as DishView[];
  for (const [i, { grpc, grpcWeb, routerGrpc, routerGrpcWeb }] of dishes.entries()) {
    for (const [k, socket] of [grpc, grpcWeb, routerGrpc, routerGrpcWeb].entries())
      addresses.set(String(7500 + 4 * i + k), socket.split(":").at(-1)!);
  }
  generated = generatedParts(await (await fetch(`http://127.0.0.1:${port}/v1/openapi.json`)).json());
}

async function clear(): Promise<void> {
  if (operator.exitCode === null) {
    const gone = once(operator, "exit");
    operator.kill("SIGTERM");
    await gone;
  }
  rmSync(place, { recursive: true, force: true });
}

/** An example with the documented ports and folders replaced by those of this run. */
const localised = (text: string): string =>
  text
    .replace(/\b7(?:4[4-6]|5\d)\d\b/g, port => addresses.get(port) ?? port)
    .replaceAll("/tmp/", `${place}/`);

async function runShell({ file, text }: Block): Promise<void> {
  const script = commandsOf(localised(text)).filter(command => !exempt(file, command));
  if (script.length === 0) return;
  await run("bash", ["-eu", "-c", script.join("\n")], {
    cwd: place,
    env: { ...process.env, PATH: `${join(place, "bin")}:${process.env["PATH"]}`, PERIGEE_DATA: data },
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
}

function programOf({ file, text }: Block): string {
  return (preludes.find(p => p.file === file && text.startsWith(p.begins))?.prelude ?? "") + text;
}

/** In the folder of the room that the README belongs to, where its imports resolve; `e2e` has them all. */
const folderOf = ({ file }: Block): string =>
  join(root, file.startsWith("packages/") ? dirname(file) : "e2e");

async function runProgram(block: Block): Promise<void> {
  if (exempt(block.file, block.text)) return;
  // Under `dist`, which formatter, compiler and repository leave alone.
  const folder = join(folderOf(block), "dist", `docs-${process.pid}-${block.line}`);
  const program = join(folder, "example.ts");
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(program, localised(programOf(block)));
    await run(process.execPath, [program], { cwd: folderOf(block), timeout: 60_000 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs what a page shows, in order: an example may build on the one before it. */
function testExamples(title: string, shownBlocks: readonly Block[]): void {
  const shown = shownBlocks.filter(({ language }) => language === "sh" || language === "ts");
  if (shown.length === 0) return;
  test(`${title}: ${shown.length} examples run`, async context => {
    for (const block of shown) {
      if (block.language === "sh" && curlPath === undefined && /\bcurl\b/.test(block.text)) {
        context.diagnostic(`skipped, there is no curl here: ${titleOf(block)}`);
        continue;
      }
      await (block.language === "sh" ? runShell(block) : runProgram(block)).catch(
        (error: Error & { stdout?: string; stderr?: string }) => {
          assert.fail(`${titleOf(block)}: ${error.message}\n${error.stdout ?? ""}\n${error.stderr ?? ""}`);
        },
      );
    }
  });
}

test("TypeScript examples type-check", async () => {
  const folder = join(root, "e2e/dist", `docs-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const checked = blocks.filter(block => block.language === "ts" && !looselyTyped.includes(block.file));
    for (const block of checked) {
      const name = `${block.file.replaceAll(/\W/g, "-")}-${block.line}.ts`;
      writeFileSync(join(folder, name), `${programOf(block)}\nexport {};\n`);
    }
    const compilerOptions = {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
    };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: relative(folder, join(root, "tsconfig.base.json")),
        compilerOptions,
        include: ["*.ts"],
      }),
    );
    const { status, stdout } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("JSON examples are JSON, and a whole scenario is a scenario", () => {
  for (const block of blocks.filter(b => b.language === "json")) {
    const value = JSON.parse(block.text) as Record<string, unknown>;
    if (!("world" in value)) continue;
    const scenario = parseScenario(block.text, titleOf(block));
    assert.ok(scenario.ok, scenario.ok ? "" : `${scenario.error.place}: ${scenario.error.message}`);
  }
});

// ── Generated parts ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A text without what the formatter adds to it: padding of the cells of tables. */
const unpadded = (text: string): string =>
  text.replaceAll(/^\|.*\|$/gm, row =>
    row
      .split("|")
      .map(cell => cell.trim().replace(/^(:?)-+(:?)$/, "$1-$2"))
      .join("|"),
  );

function compareGenerated(): void {
  const seen = new Set<string>();
  for (const file of files) {
    const text = read(file);
    const current = text.replace(
      /(<!-- generated: ([\w-]+) -->\n)([\s\S]*?)(<!-- end -->)/g,
      (whole, open: string, name: string, shown: string, end: string) => {
        seen.add(name);
        const made = generated[name];
        assert.ok(made !== undefined, `${file}: nothing generates "${name}"`);
        return unpadded(shown) === unpadded(made) ? whole : open + made + end;
      },
    );
    if (process.env["UPDATE_DOCS"] === "1" && current !== text) writeFileSync(join(root, file), current);
    else assert.equal(text, current, `${file}: run UPDATE_DOCS=1 pnpm test docs, then pnpm format`);
  }
  assert.deepEqual([...seen].sort(), Object.keys(generated).sort(), "each generated part stands somewhere");
}

/** The page that puts another constellation in place; it comes when the others are done. */
const replacing = "docs/elements.md";

describe("the documentation, beside a running operator", () => {
  before(prepare);
  after(clear);
  // The README is for readers who go to their own section: each stands by itself.
  const pages = Map.groupBy(blocks, ({ file, section }) =>
    file === "README.md" ? `${file}, ${section}` : file,
  );
  describe("examples", { concurrency: 4 }, () => {
    for (const [title, shown] of pages) if (title !== replacing) testExamples(title, shown);
  });
  testExamples(replacing, pages.get(replacing) ?? []);
  test("generated parts are current", compareGenerated);
});

// ── Words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

test("every error code is documented, and no other", () => {
  const constant = (name: string): string => name.replaceAll(/[A-Z]/g, c => `_${c}`).toUpperCase();
  const found = (file: string, pattern: RegExp): string[] =>
    [...read(file).matchAll(pattern)].map(m => m[1]!);
  const unionOf = (file: string, type: string): string[] => {
    const [, union] = new RegExp(`export type ${type} =([^;]+);`).exec(read(file))!;
    return [...union!.matchAll(/"(\w+)"/g)].map(m => m[1]!);
  };
  const sources = (glob: string): string[] =>
    globSync(glob, { cwd: root }).filter(f => !f.endsWith(".test.ts"));
  const inSource = new Set([
    ...sources("packages/operator/src/api/*.ts").flatMap(f =>
      found(f, /new ProblemError\(\s*\d+,\s*"([A-Z_]+)"/g),
    ),
    ...found("packages/operator/src/api/problem.ts", /"(NOT_FOUND)"/g),
    ...sources("packages/operator/src/access/*.ts").flatMap(f => found(f, /refused\(\s*"([A-Z_]+)"/g)),
    ...found("packages/operator/src/fleet/service-accounts.ts", /refused\(\s*"([A-Z_]+)"/g),
    ...found("packages/operator/src/fleet/billing/travel.ts", /code: "([A-Z_]+)"/g),
    ...unionOf("packages/authority/src/orders.ts", "OrderErrorCode").map(constant),
    ...found("packages/operator/src/authority/authority-service.ts", /code: "([A-Z_]+)"/g),
    ...unionOf("packages/orbit/src/elements.ts", "ElementsErrorCode"),
    ...found("packages/link/src/gate.ts", /"([A-Z]+_[A-Z_]+)"/g),
    ...sources("packages/link/src/{refusal,dial,socks,http-request,destination}.ts").flatMap(f => [
      ...found(f, /code: "([A-Z]+_[A-Z_]+)"/g),
      ...found(f, /refus\w+\(\s*"\w+",\s*"([A-Z_]+)"/g),
    ]),
    ...sources("packages/operator/src/{config,operator,storage/lock,scenario/scenario}.ts").flatMap(f =>
      found(f, /code: "([A-Z_]+)"/g),
    ),
  ]);
  const inDocs = [...read("docs/errors.md").matchAll(/^\| `(\w+)` +\|/gm)].map(m => m[1]!);
  assert.deepEqual([...new Set(inDocs)].sort(), [...inSource].sort());
  assert.equal(new Set(inDocs).size, inDocs.length, "a code stands in one table only");
});

test("every word of the fleet API's own refusals is documented, and no other", () => {
  const files = globSync("packages/operator/src/fleet/**/*.ts", { cwd: root }).filter(
    f => !f.endsWith(".test.ts"),
  );
  const inSource = files.flatMap(file => [
    ...[...read(file).matchAll(/refused\(\s*"([a-z_]+)"/g)].map(m => m[1]!),
    ...[...read(file).matchAll(/^ {2}4\d\d: "([a-z_]+)"/gm)].map(m => m[1]!),
  ]);
  const [, words] = /## Words of refusals\n([\s\S]*?)\n## /.exec(read("docs/fleet-api.md"))!;
  const inDocs = [...words!.matchAll(/^\| `(\w+)` +\|/gm)].map(m => m[1]!);
  assert.deepEqual(inDocs.toSorted(), [...new Set(inSource)].toSorted());
});

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll("`", "")
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
const prose = (file: string): string => read(file).replaceAll(/^```[\s\S]*?^```$/gm, "");

test("the architecture names mutants that exist", () => {
  const known = new Set(catalogue.map(mutant => mutant.breaks));
  const [, rules] = /## Rules that always hold\n([\s\S]*?)\n## /.exec(read("ARCHITECTURE.md"))!;
  const named = [...rules!.replaceAll(/`[^`]*`/g, "").matchAll(/[_*]([^_*|]+)[_*]/g)].map(m => m[1]!);
  assert.ok(named.length > 20);
  for (const name of named) assert.ok(known.has(name), `no mutant is called "${name}"`);
});

test("links lead somewhere, and every page is linked", () => {
  const linked = new Set<string>();
  for (const file of files) {
    for (const [, target] of prose(file).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target!)) continue;
      const [path, anchor] = target!.split("#") as [string, string | undefined];
      const to = path === "" ? file : relative(root, resolve(root, dirname(file), path));
      assert.ok(existsSync(join(root, to)), `${file} links to ${target}, which does not exist`);
      if (to !== file) linked.add(to);
      if (anchor === undefined) continue;
      const headings = [...prose(to).matchAll(/^#+ (.*)$/gm)].map(m => slugOf(m[1]!));
      assert.ok(headings.includes(anchor), `${file} links to ${target}, where no heading is called so`);
    }
  }
  for (const page of files.filter(f => f.startsWith("docs/")))
    assert.ok(linked.has(page), `nothing links to ${page}`);
});

test("files that are named exist", () => {
  for (const file of files) {
    for (const [, named] of prose(file).matchAll(
      /`((?:packages|docs|demo|scripts|bench|e2e|vectors|src)\/[\w./-]+)`/g,
    )) {
      // `src/…` on a page of the whole project speaks of every room.
      const folders = file.startsWith("packages/")
        ? [root, join(root, dirname(file))]
        : [root, join(root, "packages/orbit")];
      const candidates = folders.map(folder => join(folder, named!));
      assert.ok(candidates.some(existsSync), `${file} names ${named}, which does not exist`);
    }
  }
});
