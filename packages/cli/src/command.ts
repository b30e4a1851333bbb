// SPDX-License-Identifier: MIT
import { parseArgs } from "node:util";

/** One word of the command line. */
export interface Command {
  readonly name: string;
  /** Forms and their meaning, for the help. */
  readonly usage: readonly (readonly [form: string, meaning: string])[];
  run(args: readonly string[]): Promise<void>;
}

/** Something the person at the keyboard can put right: printed as one line, no stack. */
export class CliError extends Error {
  /** 1: refused or failed. 2: the command's words are off. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What a command understands; `multiple` may be given more than once. */
export type Flags = Readonly<
  Record<string, { readonly type: "string" | "boolean"; readonly multiple?: boolean }>
>;

type Scalar<T extends "string" | "boolean"> = T extends "boolean" ? boolean : string;

/** The flags that were given. */
export type FlagValues<F extends Flags> = {
  [K in keyof F]?: F[K] extends { readonly multiple: true } ? Scalar<F[K]["type"]>[] : Scalar<F[K]["type"]>;
};

/**
 * Splits a command's arguments into words and flags.
 *
 * @throws CliError for a flag that the command does not have.
 */
export function readArguments<F extends Flags>(
  args: readonly string[],
  flags: F,
): { words: string[]; flags: FlagValues<F> } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: flags,
      allowPositionals: true,
      strict: true,
    });
    return { words: positionals, flags: values as never };
  } catch (error) {
    throw new CliError((error as Error).message, 2);
  }
}

/** Prints rows in columns as wide as their widest value. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((h, i) => Math.max(h.length, ...rows.map(row => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((v, i) => v.padEnd(widths[i]!))
      .join("  ")
      .trimEnd();
  console.log([line(header), ...rows.map(line)].join("\n"));
}
