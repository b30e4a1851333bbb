// SPDX-License-Identifier: MIT
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import {
  csvChunks,
  type Drawing,
  drawingToPng,
  drawingToSvg,
  type Table,
  tableToJson,
  tableToParquet,
} from "@perigee/report";
import { CliError } from "../command.ts";

/** What a study can be written as. The first table and the first picture are meant where a file names no view. */
export interface Views {
  readonly tables?: Readonly<Record<string, () => Table>>;
  readonly pictures?: Readonly<Record<string, () => Drawing>>;
  /** Whole files by extension; they come before tables. */
  readonly files?: Readonly<Record<string, () => string | Uint8Array>>;
}

/** Names of a command's views, for checking before any work is done. */
export interface ViewNames {
  readonly tables: readonly string[];
  readonly pictures: readonly string[];
  readonly files?: readonly string[];
}

/** A file that was asked for. */
export interface OutFile {
  readonly path: string;
  readonly extension: string;
  /** `null`: the first. */
  readonly view: string | null;
}

const TABLES = ["csv", "parquet", "json"];
const PICTURES = ["svg", "png"];

/**
 * The files of `--out`, checked before any work: `NAME.EXT`, or `NAME.VIEW.EXT` for another table or picture than the first.
 *
 * @throws CliError for an extension that is not known, a folder that is not there, or the same file twice.
 */
export function outFiles(paths: readonly string[] | undefined, names: ViewNames): OutFile[] {
  const seen = new Set<string>();
  return (paths ?? []).map(path => {
    const [, extension = ""] = /\.([a-z]+)$/.exec(path) ?? [];
    const isFile = names.files?.includes(extension) === true;
    const views = isFile ? [] : PICTURES.includes(extension) ? names.pictures : names.tables;
    if (!isFile && (![...TABLES, ...PICTURES].includes(extension) || views.length === 0)) {
      const known = [...(names.files ?? []), ...(names.tables.length > 0 ? TABLES : []), ...PICTURES];
      throw new CliError(`--out ${path}: a file ends in one of .${[...new Set(known)].join(", .")}`, 2);
    }
    const absolute = resolve(path);
    if (!existsSync(dirname(absolute)))
      throw new CliError(`--out ${path}: there is no folder ${dirname(path)}`, 2);
    if (seen.has(absolute)) throw new CliError(`--out ${path}: given twice`, 2);
    seen.add(absolute);
    const named = /\.([a-z]+)\.[a-z]+$/.exec(basename(path))?.[1];
    return { path, extension, view: named !== undefined && views.includes(named) ? named : null };
  });
}

/** Writes the files of a study, each whole or not at all, and says so on standard error. */
export async function writeViews(files: readonly OutFile[], views: Views): Promise<void> {
  for (const file of files) await replaceFile(file.path, await contentOf(file, views));
}

async function contentOf({ extension, view }: OutFile, views: Views): Promise<Iterable<string> | Uint8Array> {
  const whole = views.files?.[extension];
  if (whole !== undefined) {
    const content = whole();
    return typeof content === "string" ? [content] : content;
  }
  if (PICTURES.includes(extension)) {
    const drawing = chosen(views.pictures, view);
    return extension === "svg" ? [drawingToSvg(drawing)] : await drawingToPng(drawing);
  }
  const table = chosen(views.tables, view);
  if (extension === "parquet") return tableToParquet(table);
  return extension === "json" ? [tableToJson(table)] : csvChunks(table);
}

function chosen<T>(views: Readonly<Record<string, () => T>> | undefined, view: string | null): T {
  const make = view === null ? Object.values(views ?? {})[0] : views?.[view];
  if (make === undefined) throw new Error(`there is no view ${view}`);
  return make();
}

/** A file that appears under its name only when it is complete. */
export async function replaceFile(path: string, content: Iterable<string> | Uint8Array): Promise<void> {
  const part = `${path}.part-${process.pid}`;
  try {
    if (content instanceof Uint8Array) writeFileSync(part, content);
    else {
      writeFileSync(part, "");
      for (const chunk of content) writeFileSync(part, chunk, { flag: "a" });
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new CliError(`${path}: ${(error as Error).message}`);
  }
  console.error(`wrote ${path}`);
}
