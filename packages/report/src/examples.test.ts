// SPDX-License-Identifier: MIT
// Every example in the comments runs against the room's face, and every function of the face has one.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as report from "./index.ts";

const here = import.meta.dirname;
const face = new URL("./index.ts", import.meta.url).href;

const examples = globSync("**/*.ts", { cwd: here }).flatMap(file => {
  const text = readFileSync(`${here}/${file}`, "utf8");
  return Array.from(text.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g), ([, body = ""]) => {
    return { file, code: body.replace(/^ \* ?/gm, "") };
  });
});

for (const { file, code } of examples) {
  const called = /import \{ ([^}]*) \}/.exec(code)?.[1] ?? "";
  test(`the example of ${called} in ${file} runs`, async () => {
    const program = code.replaceAll('"@perigee/report"', JSON.stringify(face));
    await import(`data:text/javascript,${encodeURIComponent(program)}`);
  });
}

test("every function has an example", () => {
  for (const [name, value] of Object.entries(report)) {
    if (typeof value !== "function") continue;
    assert.ok(
      examples.some(({ code }) => new RegExp(`import \\{[^}]*\\b${name}\\b`).test(code)),
      `${name} has no example`,
    );
  }
});
