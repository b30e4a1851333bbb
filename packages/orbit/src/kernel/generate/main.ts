// SPDX-License-Identifier: MIT
// Writes the kernels from formulas.ts: node packages/orbit/src/kernel/generate/main.ts
import { readFileSync, writeFileSync } from "node:fs";
import { kernelSources } from "./sources.ts";

const folder = new URL("../", import.meta.url);
for (const [name, content] of kernelSources(readFileSync(new URL("formulas.ts", folder), "utf8")))
  writeFileSync(new URL(name, folder), content);
