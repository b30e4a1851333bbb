// SPDX-License-Identifier: MIT
// Keeps the house in order: who may import whom, and that every room explains itself.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "packages");

/** What a room may import, and why no more. "types" allows `import type` only. */
const rooms: Record<
  string,
  { floor: number; may: string[]; types?: string[]; because: string; pure: boolean }
> = {
  orbit: { floor: 1, may: [], pure: true, because: "mechanics of the sky know nothing of networks or law" },
  earth: { floor: 1, may: [], pure: true, because: "geography is the same for every user of it" },
  ledger: {
    floor: 1,
    may: [],
    pure: true,
    because: "a log that knows what it holds cannot be trusted to hold all of it",
  },
  report: {
    floor: 1,
    may: [],
    pure: true,
    because: "a table or a picture is the same for whatever it shows",
  },
  network: {
    floor: 2,
    may: ["orbit", "earth"],
    pure: true,
    because: "the network serves whoever may be served and never decides who",
  },
  authority: {
    floor: 2,
    may: ["earth", "ledger"],
    pure: true,
    because: "decisions rest on recorded inputs, never on the network's convenience or the simulated truth",
  },
  locate: {
    floor: 2,
    may: ["orbit", "earth"],
    pure: true,
    because: "a place is measured from geometry, and from nothing that somebody claims",
  },
  intake: {
    floor: 2,
    may: ["earth"],
    pure: true,
    because: "who reads what is claimed must not know what would be convenient",
  },
  casework: {
    floor: 3,
    may: ["authority", "locate", "intake"],
    pure: true,
    because: "an investigation recommends; it never touches a terminal, nor sees the simulated truth",
  },
  link: {
    floor: 3,
    may: [],
    types: ["network", "authority"],
    pure: false,
    because: "the data plane obeys plain data: it must not be able to decide",
  },
  dish: {
    floor: 3,
    may: [],
    types: ["network", "authority"],
    pure: false,
    because: "a terminal knows what it was told in plain data, and decides nothing about itself",
  },
  world: {
    floor: 3,
    may: ["orbit", "earth", "network"],
    pure: true,
    because: "the simulated truth must stay out of the rooms that judge it",
  },
  operator: {
    floor: 4,
    may: [
      ...["orbit", "earth", "ledger", "network", "authority", "locate", "intake", "casework"],
      ...["link", "dish", "world"],
    ],
    pure: false,
    because: "the server puts the rooms together",
  },
  console: {
    floor: 4,
    may: [],
    types: ["operator"],
    pure: false,
    because: "the console talks to the operator over HTTP only",
  },
  cli: {
    floor: 5,
    may: [
      ...["orbit", "earth", "ledger", "report", "network", "authority", "locate", "intake", "casework"],
      "operator",
    ],
    pure: false,
    because: "the command line is a thin shell",
  },
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found: Import[] = [];
  const pattern =
    /^\s*(?:import|export)\s+(type\s+)?[^"';]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^\s*import\s+"([^"]+)"/gm;
  for (const match of text.matchAll(pattern)) {
    found.push({ file, target: match[2] ?? match[3] ?? match[4]!, typeOnly: match[1] !== undefined });
  }
  return found;
}

const sourcesOf = (room: string): string[] =>
  globSync("**/*.{ts,tsx}", { cwd: join(packages, room), exclude: ["node_modules", "dist*/**"] }).map(f =>
    join(packages, room, f),
  );

/** The files that a program gets when it imports the room: tests and what only they use are left out. */
function reachable(room: string): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const { target } of importsOf(file))
      if (target.startsWith(".")) visit(resolve(dirname(file), target));
  };
  visit(join(packages, room, "src/index.ts"));
  return [...found];
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

test("every room stands in the plan, and the plan names no room twice", () => {
  assert.deepEqual(
    globSync("*/package.json", { cwd: packages })
      .map(p => dirname(p))
      .sort(),
    Object.keys(rooms).sort(),
  );
});

for (const [room, { floor, may, types = [], because, pure }] of Object.entries(rooms)) {
  test(`${room} imports only from below`, () => {
    for (const target of [...may, ...types]) {
      const allowed = room === "console" ? rooms[target]!.floor <= floor : rooms[target]!.floor < floor;
      assert.ok(
        allowed,
        `${room} (floor ${floor}) may not stand on ${target} (floor ${rooms[target]!.floor})`,
      );
    }
    for (const file of sourcesOf(room).filter(f => !isTest(f))) {
      for (const { target, typeOnly } of importsOf(file)) {
        const match = /^@perigee\/([^/]+)/.exec(target);
        if (match) {
          const other = match[1]!;
          assert.ok(
            may.includes(other) || (typeOnly && types.includes(other)),
            `${file} imports ${target}: ${because}`,
          );
        } else if (target.startsWith(".")) {
          const inside = resolve(dirname(file), target).startsWith(join(packages, room));
          assert.ok(inside, `${file} reaches into another room by path: ${target}`);
        }
      }
    }
  });

  if (pure) {
    test(`${room} is pure: no files, network, processes, clock or chance of its own`, () => {
      for (const file of reachable(room)) {
        for (const { target } of importsOf(file)) {
          assert.doesNotMatch(
            target,
            /^node:(?!crypto$|module$)/,
            `${file} imports ${target}: time, seed and storage come in as arguments (hashing, and data that a package ships, are no I/O)`,
          );
        }
        const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
        for (const forbidden of [
          /\bDate\.now\(/,
          /\bMath\.random\(/,
          /\bperformance\.now\(/,
          /\bnew Date\(\)/,
          /\bprocess\./,
        ]) {
          assert.doesNotMatch(text, forbidden, `${file}: a pure room takes time and chance as arguments`);
        }
      }
    });
  }

  test(`${room} explains itself`, () => {
    const readme = join(packages, room, "README.md");
    assert.ok(existsSync(readme), `${room} has no README.md`);
    const text = readFileSync(readme, "utf8");
    assert.match(text, new RegExp(`^# ${room}\\b`, "m"), "the README starts with the room's name");
    assert.match(text, /```/, "the README shows an example");
    assert.match(text, /\bnever\b/i, "the README says what the room never does");
    const { description, license } = JSON.parse(readFileSync(join(packages, room, "package.json"), "utf8"));
    assert.ok(description.length > 20 && license === "MIT");
    if (room !== "console" && room !== "cli") {
      const index = readFileSync(join(packages, room, "src/index.ts"), "utf8");
      assert.match(index, /\/\*\*[\s\S]*@packageDocumentation/, "index.ts says what the room answers");
    }
  });
}

test("every source file carries its licence, and none holds two ideas", () => {
  const files = globSync("{packages,scripts,bench,e2e}/**/*.{ts,tsx,mjs}", {
    cwd: root,
    exclude: ["**/node_modules/**", "**/dist*/**"],
  });
  assert.ok(files.length > 50);
  for (const file of files) {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    assert.ok(lines.slice(0, 2).includes("// SPDX-License-Identifier: MIT"), `${file} has no SPDX line`);
    assert.ok(lines.length <= 600, `${file} has ${lines.length} lines; above 600 it holds two ideas`);
    assert.doesNotMatch(
      file,
      /(^|\/)(utils?|helpers?|common|types|manager)\.tsx?$/,
      `${file}: that is not the name of a thing`,
    );
  }
});

test("no test file has a hook that would run for every other file's tests", () => {
  const files = globSync("{packages,scripts,bench,e2e}/**/*.test.ts", {
    cwd: root,
    exclude: ["**/node_modules/**", "**/dist*/**"],
  });
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    assert.doesNotMatch(
      text,
      /^(beforeEach|afterEach)\(/m,
      `${file}: put it into a group, or call it in each test`,
    );
  }
});

test("dependencies are pinned to exact versions and run no install script", () => {
  for (const file of ["package.json", ...globSync("{packages/*,bench,e2e}/package.json", { cwd: root })]) {
    const manifest = JSON.parse(readFileSync(join(root, file), "utf8"));
    for (const group of ["dependencies", "devDependencies", "optionalDependencies"]) {
      for (const [name, version] of Object.entries<string>(manifest[group] ?? {})) {
        assert.match(version, /^(workspace:\*|\d+\.\d+\.\d+(-[\w.]+)?)$/, `${file}: ${name} ${version}`);
      }
    }
  }
  const lock = readFileSync(join(root, "pnpm-lock.yaml"), "utf8");
  assert.doesNotMatch(lock, /requiresBuild: true/, "a dependency wants to run a script at install");
});
