// SPDX-License-Identifier: MIT
import { fetchRecords, queryText, type RecordVersions } from "../authority/records.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

const flagsOf = {
  ...clientFlags,
  q: { type: "string" },
  where: { type: "string", multiple: true },
  sort: { type: "string" },
  from: { type: "string" },
  limit: { type: "string" },
  at: { type: "string" },
  "known-at": { type: "string" },
  columns: { type: "string" },
  csv: { type: "boolean" },
  ids: { type: "boolean" },
} as const;

/** Columns that a table shows where nobody names any; a record's other members are in `--json` and `--csv`. */
const MOST_COLUMNS = 7;
const WIDEST = 48;

type Listed = Readonly<Record<string, unknown>>;

/** `perigee list …`: any kind of record, with the words of the API's addresses. */
export const list: Command = {
  name: "list",
  usage: [
    ["list <records> [--q text] [--where member:value …] [--sort=-member]", "proposals, notices, parties, …"],
    ["list <records> … [--at t] [--known-at t] [--columns a,b] [--ids] [--csv]", "as it was; as a sheet"],
    ["list <records> <id>", "one record, with every version of it"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [path, id, more] = words;
    if (path === undefined) throw new CliError("which records? perigee list proposals, for one", 2);
    if (more !== undefined) throw new CliError(`"${more}": list takes records and one id`, 2);
    const operator = connect(flags);
    if (id !== undefined) {
      const address = `/v1/${encodeURIComponent(path)}/${encodeURIComponent(id)}`;
      const found = await operator.get<RecordVersions<Listed>>(address);
      return flags.json ? void console.log(JSON.stringify(found)) : showVersions(found);
    }
    const query = {
      ...{ q: flags.q, where: flags.where, sort: flags.sort, from: flags.from, limit: flags.limit },
      ...{ validAt: instant("at", flags.at), knownAt: instant("known-at", flags["known-at"]) },
    };
    if (flags.csv) {
      const address = `/v1/${encodeURIComponent(path)}${queryText({ ...query, format: "csv" })}`;
      return void process.stdout.write(await operator.bytes(address));
    }
    const page = await fetchRecords<Listed>(operator, path, query);
    if (flags.json) return void console.log(JSON.stringify(page));
    if (flags.ids) {
      for (const { id: one } of page.items) console.log(String(one));
      return;
    }
    const columns = flags.columns?.split(",").map(name => name.trim()) ?? columnsOf(page.items);
    printTable(
      columns,
      page.items.map(item => columns.map(name => cell(name, item[name]))),
    );
    if (page.total > page.items.length) console.log(`${page.items.length} of ${page.total}`);
  },
};

/**
 * An instant as a person gives it: a day, or a time in UTC.
 *
 * @throws CliError where it is none
 */
export function instant(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const atMs = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(atMs))
    throw new CliError(`--${flag} takes a day or an instant, e.g. 2022-09-20 or 2022-09-20T06:00:00Z`, 2);
  return new Date(atMs).toISOString();
}

/** The first members that hold plain values. */
function columnsOf(items: readonly Listed[]): string[] {
  const names = new Set(items.flatMap(item => Object.keys(item)));
  const plain = [...names].filter(name =>
    items.every(item => typeof item[name] !== "object" || item[name] === null),
  );
  return plain.slice(0, MOST_COLUMNS);
}

function cell(name: string, value: unknown): string {
  if (value === null || value === undefined) return "-";
  const text =
    typeof value === "number" && /Ms$/.test(name)
      ? new Date(value).toISOString()
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text;
}

function showVersions({ now, versions }: RecordVersions<Listed>): void {
  console.log(JSON.stringify(now ?? versions.at(-1)!.document, null, 2));
  for (const { validFrom, validTo, knownFrom, knownTo } of versions)
    console.log(`held ${validFrom} to ${validTo ?? "now"}, known ${knownFrom} to ${knownTo ?? "now"}`);
}
