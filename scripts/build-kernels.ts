// SPDX-License-Identifier: MIT
// Compiles the AssemblyScript kernels into a module of the orbit room; does nothing where that is up to date.
//
//   node scripts/build-kernels.ts            build what changed
//   node scripts/build-kernels.ts --force    build
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const orbit = new URL("../packages/orbit/", import.meta.url);
const SOURCE = new URL("src/kernel/near-earth.as", orbit);
const OUTPUT = new URL("dist/kernel/near-earth-wasm.js", orbit);

/**
 * -O1, because from -O2 on the compiler moves every formula to where its value is used, which takes the two pairs of
 * satellites apart again that the source interleaves: a tenth slower (V8 optimises the rest by itself).
 */
const OPTIONS = ["-O1", "--noAssert", "--runtime", "stub", "--enable", "simd", "--importMemory"];
/** The same code for memory of its own, and for memory that threads share: a module must say which it takes. */
const VARIANTS = {
  plain: [],
  shared: ["--enable", "threads", "--sharedMemory", "--maximumMemory", "65536"],
} as const;

const COMPILER: string = "assemblyscript/asc";

/** What is used of the compiler's programmatic interface. */
interface Compiler {
  main(
    argv: readonly string[],
    options: {
      readFile(name: string): string | null;
      writeFile(name: string, contents: string | Uint8Array): void;
      listFiles(folder: string): readonly string[];
    },
  ): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
}

async function compile(source: string, more: readonly string[]): Promise<Uint8Array> {
  // By a name that is not resolved for types: those of the package bring globals of their own.
  const { default: asc } = (await import(COMPILER)) as { readonly default: Compiler };
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ["near-earth.ts", "--outFile", "near-earth.wasm", ...OPTIONS, ...more],
    {
      readFile: name => (name === "near-earth.ts" ? source : null),
      writeFile: (_, contents) => {
        if (typeof contents !== "string") binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined)
    throw new Error(`near-earth.as does not compile: ${error?.message ?? ""}\n${stderr.toString()}`);
  return binary;
}

/** Builds the kernels if their source, the compiler or its options changed. Returns whether it had to. */
export async function buildKernels(force = false): Promise<boolean> {
  const source = readFileSync(SOURCE, "utf8");
  const compiler = readFileSync(fileURLToPath(import.meta.resolve("assemblyscript/package.json")), "utf8");
  const { version } = JSON.parse(compiler) as { version: string };
  const sha256 = createHash("sha256")
    .update(JSON.stringify([source, version, OPTIONS, VARIANTS]))
    .digest("hex");
  const mark = `export const sourceSha256 = "${sha256}";`;
  if (!force && current().includes(mark)) return false;
  const fingerprint = /^\/\/ Fingerprint: (\w+)$/m.exec(source)?.[1] ?? "none";
  const lines = [
    "// SPDX-License-Identifier: MIT",
    "// Compiled from src/kernel/near-earth.as.",
    mark,
    `export const fingerprint = "${fingerprint}";`,
  ];
  for (const [name, more] of Object.entries(VARIANTS)) {
    const binary = await compile(source, more);
    lines.push(`export const ${name} = "${Buffer.from(binary).toString("base64")}";`);
  }
  mkdirSync(new URL("./", OUTPUT), { recursive: true });
  // Somebody may be reading: the new file appears whole.
  const fresh = new URL(`${OUTPUT.href}.${process.pid}.tmp`);
  writeFileSync(fresh, `${lines.join("\n")}\n`);
  renameSync(fresh, OUTPUT);
  return true;
}

function current(): string {
  try {
    return readFileSync(OUTPUT, "utf8");
  } catch {
    return "";
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildKernels(process.argv.includes("--force"));
