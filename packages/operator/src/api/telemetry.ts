// SPDX-License-Identifier: MIT
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allows } from "@perigee/authority";
import { SLOT_MS, slotStartMs } from "@perigee/network";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { coarseCell } from "../access/positions.ts";
import type { OperatorContext } from "../context.ts";
import { iso } from "../public/area-words.ts";
import { ROW_RESOLUTION, resolutionOf } from "../telemetry/cell-prefix.ts";
import * as contract from "../telemetry/contract.ts";
import { slotFrom } from "../telemetry/day-files.ts";
import type { TelemetryRow } from "../telemetry/row.ts";
import type { RowFilter } from "../telemetry/sources.ts";
import { noteRead } from "./positions.ts";
import { notFound, ProblemError } from "./problem.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longest span of an answer in JSON, and of a file. */
const LONGEST_JSON_MS = DAY_MS;
const LONGEST_FILE_MS = 31 * DAY_MS;
const MOST_CELLS = 500;
const MOST_VISITS = 20_000;
/** Rows of a file about cells. */
const MOST_FILE_ROWS = 5_000_000;

const params = z.object({ id: z.string().min(1).max(64) });
const span = z.object({
  from: z.iso
    .datetime()
    .optional()
    .meta({ description: "First instant; an hour before the end if left out" }),
  until: z.iso.datetime().optional().meta({ description: "The end, not in it; now if left out" }),
  format: z.enum(["json", "csv", "parquet"]).default("json"),
});
const cellsQuery = span.extend({
  cells: z
    .string()
    .regex(
      /^[0-9a-f]{15}(,[0-9a-f]{15})*$/,
      "say H3 indexes of 15 hexadecimal digits, with commas between them",
    )
    .max(16 * MOST_CELLS)
    .meta({ description: "H3 indexes of resolution 0 to 5, with commas between them" }),
});
const statusQuery = z.object({
  verify: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "Read every file and compare its digest first" }),
});

/** What is kept of every terminal for every slot. */
export function serveTelemetry(server: FastifyInstance, operator: OperatorContext): void {
  const { telemetry, clock, authority } = operator;

  function spanOf(query: z.infer<typeof span>): { fromMs: number; untilMs: number } {
    const untilMs = query.until === undefined ? clock.nowMs() : Date.parse(query.until);
    const fromMs = query.from === undefined ? untilMs - HOUR_MS : Date.parse(query.from);
    if (fromMs >= untilMs) {
      throw new ProblemError(400, "INVALID_INPUT", "The span ends before it begins.", "querystring.until");
    }
    const longest = query.format === "json" ? LONGEST_JSON_MS : LONGEST_FILE_MS;
    if (untilMs - fromMs > longest) {
      throw new ProblemError(
        400,
        "INVALID_INPUT",
        `An answer spans at most a day, a file (format=csv or parquet) at most ${LONGEST_FILE_MS / DAY_MS} days.`,
        "querystring.from",
      );
    }
    return { fromMs, untilMs };
  }

  server.get(
    "/v1/telemetry",
    {
      config: { permission: "network.read" },
      schema: {
        summary: "What telemetry is kept: days, files, sizes",
        tags: ["telemetry"],
        querystring: statusQuery,
        response: { 200: contract.telemetryStatus },
      },
    },
    async request => {
      const { verify } = request.query as z.infer<typeof statusQuery>;
      const { lastSlot, ...status } = verify === "true" ? await telemetry.verify() : telemetry.status();
      return {
        ...status,
        lastSlot,
        lastAt: lastSlot === null ? null : iso(slotStartMs(lastSlot)),
        retentionDays: telemetry.retentionDays,
      };
    },
  );

  server.get(
    "/v1/telemetry/terminals/:id",
    {
      config: { permission: "terminals.read" },
      schema: {
        summary: "One terminal, a row per slot",
        description:
          "Who may not see positions gets large cells, and neither satellites nor round trips, from which a place can " +
          "be worked out; and no files.",
        tags: ["telemetry"],
        params,
        querystring: span,
        response: { 200: contract.telemetryHistory },
      },
    },
    async (request, reply) => {
      const { id } = request.params as z.infer<typeof params>;
      const query = request.query as z.infer<typeof span>;
      if (!authority.has(id)) throw notFound(`terminal "${id}"`);
      const { fromMs, untilMs } = spanOf(query);
      const exact = allows(request.actor, "positions.read");
      if (query.format !== "json") {
        if (!exact) throw filesNeedPositions();
        await noteRead(operator, request, [id]);
        const filter = { fromSlot: slotFrom(fromMs), beforeSlot: slotFrom(untilMs), terminal: id };
        return await sendFile(operator, reply, filter, query.format, `telemetry-${id}`);
      }
      const rows = await telemetry.history(id, fromMs, untilMs);
      if (exact && rows.some(row => row.cell !== null)) await noteRead(operator, request, [id]);
      return {
        terminal: id,
        from: iso(fromMs),
        until: iso(untilMs),
        downBytes: rows.reduce((sum, row) => sum + row.downBytes, 0),
        upBytes: rows.reduce((sum, row) => sum + row.upBytes, 0),
        rows: rows.map(row => rowView(row, exact)),
      } satisfies contract.TelemetryHistory;
    },
  );

  server.get(
    "/v1/telemetry/cells",
    {
      config: { permission: "positions.read" },
      schema: {
        summary: "Who was in these cells in these hours",
        description: "As a file: every row of these cells, instead of stretches.",
        tags: ["telemetry"],
        querystring: cellsQuery,
        response: { 200: contract.cellVisits },
      },
    },
    async (request, reply) => {
      const query = request.query as z.infer<typeof cellsQuery>;
      const cells = query.cells.split(",").map(cell => BigInt(`0x${cell}`));
      const fine = cells.find(cell => resolutionOf(cell) > ROW_RESOLUTION || cell >> 59n !== 1n);
      if (fine !== undefined) {
        const message = `${fine.toString(16)} is no H3 cell of resolution 0 to ${ROW_RESOLUTION}.`;
        throw new ProblemError(400, "INVALID_INPUT", message, "querystring.cells");
      }
      const { fromMs, untilMs } = spanOf(query);
      const visits = await telemetry.whoWas(cells, fromMs, untilMs);
      if (query.format !== "json") {
        const rows = visits.reduce((sum, visit) => sum + visit.untilSlot - visit.fromSlot + 1, 0);
        if (rows > MOST_FILE_ROWS) throw tooMany(rows, MOST_FILE_ROWS);
      } else if (visits.length > MOST_VISITS) {
        throw tooMany(visits.length, MOST_VISITS);
      }
      await noteRead(operator, request, [...new Set(visits.map(visit => visit.terminal))]);
      if (query.format !== "json") {
        const filter = { fromSlot: slotFrom(fromMs), beforeSlot: slotFrom(untilMs), cells };
        return await sendFile(operator, reply, filter, query.format, "telemetry-cells");
      }
      return {
        from: iso(fromMs),
        until: iso(untilMs),
        visits: visits.map(({ terminal, account, cell, fromSlot, untilSlot }) => ({
          terminal,
          account,
          cell: cell.toString(16),
          from: iso(slotStartMs(fromSlot)),
          until: iso(slotStartMs(untilSlot) + SLOT_MS),
          slots: untilSlot - fromSlot + 1,
        })),
      } satisfies contract.CellVisits;
    },
  );
}

const filesNeedPositions = (): ProblemError =>
  new ProblemError(
    403,
    "PERMISSION_MISSING",
    "A file has every cell in it: it needs positions.read.",
    "positions.read",
  );

const tooMany = (count: number, most: number): ProblemError =>
  new ProblemError(
    400,
    "INVALID_INPUT",
    `${count} are more than the ${most} of one answer; ask for less time.`,
  );

function rowView(
  { terminal: _, slot, cell, ...row }: TelemetryRow,
  exact: boolean,
): contract.TelemetryRowView {
  const text = cell === null ? null : cell.toString(16);
  return {
    at: iso(slotStartMs(slot)),
    slot,
    ...row,
    alerts: [...row.alerts],
    cell: text === null || exact ? text : coarseCell(text),
    satellite: exact ? row.satellite : null,
    rttMs: exact ? shown(row.rttMs) : null,
    pingLatencyMs: shown(row.pingLatencyMs),
    pingDropRate: shown(row.pingDropRate),
    obstruction: shown(row.obstruction),
    signalQuality: shown(row.signalQuality),
  };
}

/** A single-precision number in the six digits that it has for certain. */
const shown = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

/** A file of rows: made beside, sent, and gone once it is sent or the reader has left. */
async function sendFile(
  { telemetry }: OperatorContext,
  reply: FastifyReply,
  filter: RowFilter,
  format: "csv" | "parquet",
  name: string,
): Promise<FastifyReply> {
  const folder = await mkdtemp(join(tmpdir(), "perigee-telemetry-export-"));
  const path = join(folder, `rows.${format}`);
  const discard = (): void => void rm(folder, { recursive: true, force: true });
  try {
    await telemetry.export(filter, path, format);
  } catch (error) {
    discard();
    throw error;
  }
  const from = iso(slotStartMs(filter.fromSlot)).slice(0, 10);
  const file = createReadStream(path).on("close", discard);
  return reply
    .header(
      "content-disposition",
      `attachment; filename="${name.replaceAll(/[^\w-]/g, "_")}-${from}.${format}"`,
    )
    .header("cache-control", "no-store")
    .type(format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet")
    .send(file);
}
