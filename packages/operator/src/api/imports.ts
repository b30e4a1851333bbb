// SPDX-License-Identifier: MIT
import { checkImport } from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";

/** Twenty thousand terminals need about 1.5 million bytes; the command takes as many characters. */
const FILE_BYTES = 16 * 1024 * 1024;

const file = z.strictObject({
  csv: z.string().min(1).max(16_000_000),
  holder: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,64}$/)
    .nullable()
    .default(null)
    .meta({ description: "Who gets the terminals whose row names nobody" }),
});
const checked = z.object({
  rows: z.number().int().meta({ description: "Rows below the first line, good and bad" }),
  good: z.number().int(),
  broken: z
    .string()
    .nullable()
    .meta({ description: "Why nothing of the file can be used, even where bad rows are skipped" }),
  faults: z.array(
    z.object({ line: z.number().int(), column: z.string(), rule: z.string(), message: z.string() }),
  ),
});

/** Files of donated terminals, read as the import reads them, with every fault; nothing is kept of them. */
export function serveImports(server: FastifyInstance, { authority, clock }: OperatorContext): void {
  server.post(
    "/v1/imports/donations/check",
    {
      bodyLimit: FILE_BYTES,
      config: { permission: "terminals.change" },
      schema: {
        summary: "Every bad row of a file of donated terminals; `donation.import` then takes it in",
        tags: ["records"],
        body: file,
        response: { 200: checked },
      },
    },
    request => {
      const { csv, holder } = request.body as z.infer<typeof file>;
      const { book } = authority;
      const { rows, broken, faults, terminals } = checkImport({ csv, holder }, { book, atMs: clock.nowMs() });
      return { rows, good: terminals.length, broken, faults: [...faults] };
    },
  );
}
