// SPDX-License-Identifier: MIT
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  claimReviews,
  extendTables,
  type IntakeReport,
  type IntakeTables,
  intakeReportSchema,
  LIMITS,
  openDocument,
  readReports,
  type SourceDocument,
  shippedTables,
} from "@perigee/intake";
import { CliError, type Command, printTable, readArguments } from "../command.ts";

const FLAGS = {
  json: { type: "boolean" },
  tables: { type: "string" },
  "claim-review": { type: "boolean" },
  reviewer: { type: "string" },
} as const;

/** Table files a folder may hold, and how big each may be. */
const MOST_TABLES = 50;
const TABLE_BYTES = 16_000_000;

/** `perigee intake`: what reports say, who said it, and on whose account. */
export const intake: Command = {
  name: "intake",
  usage: [
    [
      "intake read <files…> [--json] [--tables dir] [--claim-review [--reviewer name]]",
      "statements, propositions and origins of reports",
    ],
    ["intake schema", "the JSON Schema of what intake read --json prints"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, FLAGS);
    const [verb, ...files] = words;
    if (verb === "schema" && files.length === 0) return console.log(JSON.stringify(intakeReportSchema));
    if (verb !== "read" || files.length === 0)
      throw new CliError("say: perigee intake read <files…>, or perigee intake schema", 2);
    const tables = flags.tables === undefined ? shippedTables() : tablesFrom(flags.tables);
    const documents: SourceDocument[] = [];
    for (const [name, id] of idsOf(files)) documents.push(await documentFrom(name, id));
    const report = readReports(documents, tables);
    if (!report.ok) throw new CliError(`${report.error.place}: ${report.error.message}`);
    if (flags["claim-review"] === true) {
      const today = new Date().toISOString().slice(0, 10);
      return console.log(JSON.stringify(claimReviews(report.value, flags.reviewer ?? "Perigee", today)));
    }
    if (flags.json === true) return console.log(JSON.stringify(report.value));
    print(report.value);
  },
};

/** Files with the ids their documents get: the name without its ending, with a number where two are alike. */
function idsOf(files: readonly string[]): [name: string, id: string][] {
  const taken = new Map<string, number>();
  return files.map(file => {
    const stem = basename(file).replace(/\.[^.]{1,5}$/, "");
    const n = (taken.get(stem) ?? 0) + 1;
    taken.set(stem, n);
    return [file, n === 1 ? stem : `${stem}-${n}`];
  });
}

async function documentFrom(file: string, id: string): Promise<SourceDocument> {
  const bytes = readBounded(file, LIMITS.fileBytes);
  const opened = await openDocument({ id, bytes, name: basename(file) });
  if (!opened.ok) throw new CliError(`${file}: ${opened.error.message}`);
  return opened.value;
}

function readBounded(file: string, mostBytes: number): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > mostBytes) throw new CliError(`${file}: the file has ${size} bytes; ${mostBytes} are read`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}

function tablesFrom(folder: string): IntakeTables {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter(name => name.endsWith(".json"))
      .sort();
  } catch {
    throw new CliError(`--tables: ${folder} is no folder that can be read`);
  }
  if (names.length > MOST_TABLES)
    throw new CliError(`--tables: at most ${MOST_TABLES} files; ${folder} has ${names.length}`);
  const added: Record<string, unknown> = {};
  for (const name of names) {
    try {
      added[name.slice(0, -5)] = JSON.parse(
        new TextDecoder().decode(readBounded(join(folder, name), TABLE_BYTES)),
      );
    } catch (error) {
      if (error instanceof CliError) throw error;
      throw new CliError(`${join(folder, name)}: no JSON (${(error as Error).message})`);
    }
  }
  const tables = extendTables(shippedTables(), added);
  if (!tables.ok) throw new CliError(`${tables.error.place}: ${tables.error.message}`);
  return tables.value;
}

/** Text of a document in a terminal: no control characters, one line. */
function plain(text: string, most: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function print(report: IntakeReport): void {
  const { documents, statements, propositions, conflicts, gaps, routes, places, entities } = report;
  const names = new Map(entities.map(e => [e.id, e.name]));
  const nameOf = (id: string | null): string => (id === null ? "–" : plain(names.get(id) ?? id, 40));
  printTable(
    ["document", "language", "published", "by", "publisher", "agency"],
    documents.map(d => [
      d.id,
      d.language,
      d.published?.from ?? "–",
      d.publishedBy,
      plain(d.publisher ?? "–", 30),
      d.agency ?? "–",
    ]),
  );
  console.log(`\n${statements.length} statements`);
  printTable(
    ["statement", "at", "speaker", "via", "said on", "fidelity", "group", "words"],
    statements.map(s => [
      s.id,
      `${s.range.from}-${s.range.to}`,
      nameOf(s.speaker?.entityId ?? null),
      s.via.map(v => plain(v.name, 30)).join(" < ") || "–",
      s.saidOn?.from ?? "–",
      s.fidelity,
      s.quoteGroup ?? "–",
      plain(s.text, 60),
    ]),
  );
  console.log(`\n${propositions.length} propositions; origins are counted, never documents`);
  printTable(
    ["id", "", "predicate", "subject", "area", "origins", "grade"],
    propositions.map(p => [
      p.id,
      p.polarity === "denied" ? "not" : "",
      p.predicate,
      nameOf(p.subject),
      p.area === null ? "–" : `${p.area.pin.name}${p.area.part === null ? "" : ` (${p.area.part})`}`,
      `${p.grade.independentOrigins}: ${p.origins.map(o => plain(o.name, 30)).join(", ")}`,
      String(p.grade.credibility),
    ]),
  );
  for (const c of conflicts) console.log(`conflict ${c.propositions.join(" and ")}: ${c.why}`);
  for (const g of gaps) console.log(`gap in ${g.documentId}, ${g.kind}: ${plain(g.words, 100)}`);
  for (const r of routes)
    console.log(`route ${r.id}, ${r.status}, none confirmed: ${r.name}; ${r.edges.length} edges`);
  const unsure = places.filter(p => p.status === "ambiguous");
  console.log(
    `${places.length} places, ${unsure.length} of them ambiguous${unsure.length === 0 ? "" : `: ${[...new Set(unsure.map(p => plain(p.words, 30)))].slice(0, 20).join(", ")}`}`,
  );
}
