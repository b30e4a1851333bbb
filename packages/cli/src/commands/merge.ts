// SPDX-License-Identifier: MIT
import { CliError, type Command, readArguments } from "../command.ts";
import { type PartFile, readPart } from "../study/part-file.ts";
import type { PartedStudy, Stretch } from "../study/parted.ts";

const STUDIES: Readonly<Record<string, () => Promise<PartedStudy<Stretch>>>> = {
  coverage: async () => (await import("./coverage.ts")).coverageStudy,
  latency: async () => (await import("./latency.ts")).latencyStudy,
};

/** `perigee merge`: parts of a run to what the undivided run would have written. */
export const merge: Command = {
  name: "merge",
  usage: [
    ["merge <file.part>… [--out f]… [--json]", "parts of a study (--part k/n) into the whole, byte by byte"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, {
      out: { type: "string", multiple: true },
      json: { type: "boolean" },
    } as const);
    if (words.length === 0)
      throw new CliError("name the part files: perigee merge a.part b.part --out all.csv", 2);
    const files: PartFile<Stretch>[] = [];
    for (const path of words) files.push(await readPart<Stretch>(path));
    const parts = inOrder(files);
    const { study: name, args: shared, inputs } = parts[0]!;
    const load = Object.hasOwn(STUDIES, name) ? STUDIES[name] : undefined;
    if (load === undefined) throw new CliError(`${parts[0]!.path}: "${name}" is no study that has parts`);
    const study = await load();
    const outs = (flags.out ?? []).map(path => `--out=${path}`);
    const open = await study.open([...shared, ...outs, ...(flags.json ? ["--json"] : [])]);
    if (open.inputs !== inputs)
      throw new CliError(
        `${parts[0]!.path}: computed from other inputs, or by another version, than are here (${shared.join(" ")})`,
      );
    try {
      await open.show(parts.map(({ found }) => found));
    } catch (error) {
      if (error instanceof RangeError) throw new CliError(`${parts[0]!.path}: ${error.message}`);
      throw error;
    }
  },
};

/** All parts of one run, first to last. */
function inOrder(files: readonly PartFile<Stretch>[]): PartFile<Stretch>[] {
  const head = files[0]!;
  const parts: (PartFile<Stretch> | undefined)[] = [];
  for (const file of files) {
    const { path, part, of } = file;
    if (!Number.isInteger(file.found?.mark?.end)) throw new CliError(`${path}: not a part of a run`);
    if (file.study !== head.study || file.args.join("\n") !== head.args.join("\n"))
      throw new CliError(
        `${path}: part of another run: ${file.study} ${file.args.join(" ")}; ${head.path} is ${head.study} ${head.args.join(" ")}`,
      );
    if (file.inputs !== head.inputs)
      throw new CliError(`${path}: computed from other inputs, or by another version, than ${head.path}`);
    if (of !== head.of)
      throw new CliError(`${path}: one of ${of} parts, and ${head.path} is one of ${head.of}`);
    const other = parts[part];
    if (other !== undefined) throw new CliError(`${path}: part ${part} of ${of}, and so is ${other.path}`);
    parts[part] = file;
  }
  const whole: PartFile<Stretch>[] = [];
  for (let k = 1; k <= head.of; k++) {
    const part = parts[k];
    if (part === undefined) throw new CliError(`${head.path}: part ${k} of ${head.of} is missing`);
    const before = whole.at(-1)?.found.mark;
    if (before !== undefined && before.after !== part.found.mark.before)
      throw new CliError(
        `${part.path}: begins otherwise than part ${k - 1} ends; run it again with a longer --lead`,
      );
    whole.push(part);
  }
  return whole;
}
