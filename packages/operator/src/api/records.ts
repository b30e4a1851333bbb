// SPDX-License-Identifier: MIT
import { allows } from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { type RecordVersion, readRecords } from "../storage/records.ts";
import { notFound, ProblemError } from "./problem.ts";
import { type RecordList, recordLists } from "./record-lists.ts";
import { type ListedRecord, type RecordQuery, recordQuery, select } from "./record-query.ts";

const params = z.object({ id: z.string().max(100) });

/** A page of records. */
const listed = z.object({
  total: z.number().int().meta({ description: "Records that the query finds, of all pages" }),
  items: z.array(z.record(z.string(), z.json())),
});
const version = z.object({
  document: z.record(z.string(), z.json()),
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime().nullable(),
  knownFrom: z.iso.datetime(),
  knownTo: z.iso.datetime().nullable(),
});

/** Every kind of record as a list, one record, and its versions. */
export function serveRecords(server: FastifyInstance, operator: OperatorContext): void {
  for (const list of recordLists) serveList(server, operator, list);
}

function serveList(server: FastifyInstance, operator: OperatorContext, list: RecordList): void {
  const { kind, path, permission, title } = list;
  const config = { permission };
  const tags = ["records"];
  server.get(
    `/v1/${path}`,
    { config, schema: { summary: title, tags, querystring: recordQuery, response: { 200: listed } } },
    async (request, reply) => {
      const query = request.query as RecordQuery;
      const shown = (await recordsAt(operator, list, query)).map(record => shownTo(request, list, record));
      const found = selected(shown, query);
      if (query.format === "csv") {
        return reply
          .type("text/csv; charset=utf-8")
          .header("content-disposition", `attachment; filename="${path}.csv"`)
          .send(csvOf(found));
      }
      return { total: found.length, items: found.slice(query.from, query.from + query.limit) };
    },
  );
  server.get(
    `/v1/${path}/:id`,
    {
      config,
      schema: {
        summary: `${title}: one, with every version of it`,
        tags,
        params,
        response: {
          200: z.object({ now: z.record(z.string(), z.json()).nullable(), versions: z.array(version) }),
        },
      },
    },
    async request => {
      const { id } = request.params as z.infer<typeof params>;
      const versions = await readRecords<ListedRecord>(operator.db, kind, { ids: [id], everKnown: true });
      if (versions.length === 0) throw notFound(`${path} "${id}"`);
      const now = operator.authority.book.get(kind, id) as ListedRecord | undefined;
      return {
        now: now === undefined ? null : shownTo(request, list, now),
        versions: versions.map(found => versionView(found, shownTo(request, list, found.document))),
      };
    },
  );
}

async function recordsAt(
  { authority, db }: OperatorContext,
  { kind }: RecordList,
  { validAt, knownAt }: RecordQuery,
): Promise<ListedRecord[]> {
  if (validAt === undefined && knownAt === undefined) {
    return [...authority.book.all(kind)] as unknown as ListedRecord[];
  }
  const at = {
    validAtMs: Date.parse(validAt ?? knownAt!),
    ...(knownAt === undefined ? {} : { knownAtMs: Date.parse(knownAt) }),
  };
  return (await readRecords<ListedRecord>(db, kind, at)).map(({ document }) => document);
}

/** What of a record whoever asks may see. */
function shownTo(request: FastifyRequest, list: RecordList, record: ListedRecord): ListedRecord {
  if (list.fullPermission === undefined || allows(request.actor, list.fullPermission)) return record;
  if (list.sealedBy !== undefined && record[list.sealedBy] === true) return { id: record.id, sealed: true };
  const hidden = list.hidden ?? [];
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !hidden.includes(name)),
  ) as ListedRecord;
}

function selected(records: readonly ListedRecord[], query: RecordQuery): ListedRecord[] {
  try {
    return select(records, query);
  } catch (error) {
    if (error instanceof RangeError)
      throw new ProblemError(400, "INVALID_INPUT", error.message, "query.where");
    throw error;
  }
}

function versionView(found: RecordVersion<unknown>, document: ListedRecord): z.input<typeof version> {
  const iso = (atMs: number): string => new Date(atMs).toISOString();
  return {
    document: document as z.input<typeof version>["document"],
    validFrom: iso(found.validFromMs),
    validTo: found.validToMs === null ? null : iso(found.validToMs),
    knownFrom: iso(found.knownFromMs),
    knownTo: found.knownToMs === null ? null : iso(found.knownToMs),
  };
}

/** A sheet with a column per member, in the order of first appearance; what is not a plain value stands as JSON. */
function csvOf(records: readonly ListedRecord[]): string {
  const columns = [...new Set(records.flatMap(record => Object.keys(record)))];
  const lines = [columns.map(field), ...records.map(record => columns.map(name => field(record[name])))];
  return `${lines.map(line => line.join(",")).join("\r\n")}\r\n`;
}

function field(value: unknown): string {
  const text =
    value === null || value === undefined
      ? ""
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
  // A sheet that a person opens must not take a customer's text for a formula (CWE-1236).
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
