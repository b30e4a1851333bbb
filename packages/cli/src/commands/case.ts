// SPDX-License-Identifier: MIT
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { AddedDocuments, CandidateSearchView, CarriedOut, CaseSheet } from "@perigee/operator/contract";
import { fetchRecords } from "../authority/records.ts";
import { checkCase } from "../case/check-case.ts";
import { plain, printCandidates, printRecommendations, printSheet } from "../case/show-case.ts";
import { CliError, type Command, type FlagValues, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";
import { replaceFile } from "../study/output.ts";
import { instant } from "./list.ts";

const flagsOf = {
  ...clientFlags,
  title: { type: "string" },
  summary: { type: "string" },
  kind: { type: "string" },
  reporter: { type: "string" },
  protection: { type: "string" },
  "life-at-risk": { type: "boolean" },
  case: { type: "string" },
  from: { type: "string" },
  until: { type: "string" },
  area: { type: "string" },
  unit: { type: "string", multiple: true },
  account: { type: "string", multiple: true },
  serial: { type: "string", multiple: true },
  add: { type: "boolean" },
  seen: { type: "string", multiple: true },
  out: { type: "string" },
  pdf: { type: "boolean" },
  witness: { type: "string", multiple: true },
} as const;

type Flags = FlagValues<typeof flagsOf>;

/** A document may have so many bytes, and a request so many documents; the operator refuses more. */
const DOCUMENT_BYTES = 8_000_000;
const MOST_DOCUMENTS = 20;
/** Reading documents may take the operator longer than any other answer. */
const PATIENCE_MS = 120_000;

/** `perigee case …`: from a claim to a recommended order, and the file that an oversight body checks. */
export const caseCommand: Command = {
  name: "case",
  usage: [
    ["case list", "cases and where they stand"],
    ["case show <case> [--seen site …]", "a case: clocks, claims by origin, candidates, what may come next"],
    ["case report --title t --summary s [--kind k] [--reporter r] [--case id]", "hand in a report"],
    [
      "case add-documents <case> <files…> [--from press]",
      "read documents into a case, as evidence and claims",
    ],
    ["case candidates <case> [--area lat,lon,km --from t --until t] [--add]", "who was in an area"],
    ["case candidates <case> [--unit id …] [--account id …] [--serial n …]", "by party, account, number"],
    ["case recommend <case> [--seen site …]", "measures from least to most restrictive, and what each needs"],
    ["case export <case> --out file [--pdf]", "the case file, with the ledger's proofs"],
    ["case check <file> [--key pub.pem] [--witness key]", "verify a case file without a network"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb = "", id, ...rest] = words;
    if (verb === "list" && id === undefined) return await list(flags);
    if (verb === "report" && id === undefined) return await report(flags);
    const run = id === undefined ? undefined : verbs[verb];
    if (run === undefined || rest.length > 0 !== (verb === "add-documents"))
      throw new CliError(
        "say: perigee case list | show | report | add-documents | candidates | recommend | export | check",
        2,
      );
    await run(id!, flags, rest);
  },
};

const verbs: Readonly<Record<string, (id: string, flags: Flags, rest: readonly string[]) => Promise<void>>> =
  {
    show: async (id, flags) => {
      const sheet = await fetchSheet(id, flags);
      if (flags.json) console.log(JSON.stringify(sheet));
      else printSheet(sheet);
    },
    recommend: async (id, flags) => {
      const { recommendations } = await fetchSheet(id, flags);
      if (flags.json) console.log(JSON.stringify(recommendations));
      else printRecommendations(recommendations);
    },
    "add-documents": addDocuments,
    candidates,
    export: exportCase,
    check: async (path, flags) => checkCase(path, flags),
  };

const addressOf = (id: string, what: string): string => `/v1/cases/${encodeURIComponent(id)}/${what}`;

async function list(flags: Flags): Promise<void> {
  type Listed = Pick<CaseSheet["case"], "id" | "kind" | "state" | "title" | "openedMs" | "safety">;
  const page = await fetchRecords<Listed>(connect(flags), "cases", { sort: "-openedMs" });
  if (flags.json) return void console.log(JSON.stringify(page));
  printTable(
    ["case", "kind", "state", "opened", "safety", "title"],
    page.items.map(({ id, kind, state, openedMs, safety, title }) => [
      ...[id, kind, state, new Date(openedMs).toISOString(), safety, plain(title, 60)],
    ]),
  );
}

async function report(flags: Flags): Promise<void> {
  const { title, summary, kind, reporter = "public", protection } = flags;
  if (title === undefined || summary === undefined)
    throw new CliError("say what it is: --title and --summary", 2);
  const done = await connect(flags).post<CarriedOut>("/v1/commands/case.report", {
    ...{ title, reporter, personal: { summary } },
    ...(kind === undefined ? {} : { kind }),
    ...(protection === undefined ? {} : { protection }),
    ...(flags["life-at-risk"] === true ? { lifeAtRisk: true } : {}),
    ...(flags.case === undefined ? {} : { caseId: flags.case }),
  });
  if (flags.json) return void console.log(JSON.stringify(done));
  for (const { ledgerIndex, text } of done.decisions) console.log(`ledger ${ledgerIndex}  ${text}`);
}

async function fetchSheet(id: string, flags: Flags): Promise<CaseSheet> {
  const query = new URLSearchParams((flags.seen ?? []).map((site): [string, string] => ["seen", site]));
  return await connect(flags, PATIENCE_MS).get<CaseSheet>(addressOf(id, `sheet?${query}`));
}

async function addDocuments(id: string, flags: Flags, files: readonly string[]): Promise<void> {
  if (files.length > MOST_DOCUMENTS) throw new CliError(`at most ${MOST_DOCUMENTS} documents at once`, 2);
  const documents = files.map(file => ({
    name: basename(file),
    mediaType: mediaTypeOf(file),
    base64: readDocument(file).toString("base64"),
  }));
  const done = await connect(flags, PATIENCE_MS).post<AddedDocuments>(addressOf(id, "documents"), {
    documents,
    ...(flags.from === undefined ? {} : { receivedFrom: flags.from }),
  });
  if (flags.json) return void console.log(JSON.stringify(done));
  printTable(
    ["evidence", "name", "bytes", ""],
    done.documents.map(({ evidence, name, bytes, already }) => [
      ...[evidence, plain(name), String(bytes), already ? "was there already" : ""],
    ]),
  );
  const { claims, supply } = done.added;
  console.log(`${claims} claims and ${supply} edges of supply added; a claim changes nobody's service`);
}

function readDocument(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > DOCUMENT_BYTES) throw new Error(`it has ${size} bytes; ${DOCUMENT_BYTES} is the most`);
    return readFileSync(file);
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}

/** By its ending; the operator looks at the bytes. */
function mediaTypeOf(file: string): string {
  if (/\.pdf$/i.test(file)) return "application/pdf";
  return /\.x?html?$/i.test(file) ? "text/html" : "text/plain";
}

async function candidates(id: string, flags: Flags): Promise<void> {
  const query = new URLSearchParams();
  const add = (name: string, values: readonly (string | undefined)[]): void => {
    for (const value of values) if (value !== undefined) query.append(name, value);
  };
  add("area", [flags.area]);
  add("from", [instant("from", flags.from)]);
  add("until", [instant("until", flags.until)]);
  for (const name of ["unit", "account", "serial"] as const) add(name, flags[name] ?? []);
  const operator = connect(flags);
  const found = await operator.get<CandidateSearchView>(addressOf(id, `candidates?${query}`));
  const fresh = found.candidates.filter(({ inCase }) => !inCase);
  if (flags.add === true && fresh.length > 0) {
    await operator.post("/v1/commands/case.add", {
      caseId: id,
      candidates: fresh.slice(0, 1_000).map(({ terminalId, matches: [match] }) => ({
        ...{ terminalId, by: match!.by, why: match!.why.slice(0, 500) },
      })),
    });
  }
  if (flags.json) return void console.log(JSON.stringify(found));
  printCandidates(found);
  if (flags.add === true) console.log(`${Math.min(fresh.length, 1_000)} added to the case`);
}

async function exportCase(id: string, flags: Flags): Promise<void> {
  if (flags.out === undefined) throw new CliError("say where to: --out file", 2);
  const format = flags.pdf === true ? "pdf" : "json";
  const bytes = await connect(flags, PATIENCE_MS).bytes(addressOf(id, `export?format=${format}`));
  await replaceFile(flags.out, bytes);
  if (flags.json) console.log(JSON.stringify({ file: flags.out, format, bytes: bytes.length }));
}
