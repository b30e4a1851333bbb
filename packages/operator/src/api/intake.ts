// SPDX-License-Identifier: MIT
import type { IntakeError } from "@perigee/intake";
import type { FastifyInstance } from "fastify";
import type { BroughtDocument } from "../casework/case-documents.ts";
import type { IntakeReader, ReadingError } from "../casework/intake-reader.ts";
import * as contract from "../contract.ts";
import { problemOf } from "./commands.ts";
import { ProblemError } from "./problem.ts";

/** Reading documents: nothing is kept of them. */
export function serveIntake(server: FastifyInstance, reader: IntakeReader): void {
  server.post(
    "/v1/intake/read",
    {
      config: { permission: "cases.report" },
      bodyLimit: contract.documentBounds.requestBytes,
      schema: {
        summary: "What documents say, who said it, and on whose account; nothing is kept",
        description:
          "Text, HTML or PDF, at most 20 documents of 8 MB. They are read in a thread of their own with bounds on time " +
          "and memory; nothing in them is executed or shown as markup.",
        tags: ["cases"],
        body: contract.documentsRequest,
        response: { 200: contract.intakeReport },
      },
    },
    async request => {
      const documents = documentsOf(request.body as contract.DocumentsRequest);
      const reading = await reader.read(documents.map((document, i) => ({ id: `d${i + 1}`, ...document })));
      if (!reading.ok) throw readingProblem(reading.error);
      return reading.value;
    },
  );
}

/** Documents of a request as bytes. */
export function documentsOf({ documents }: contract.DocumentsRequest): BroughtDocument[] {
  return documents.map(({ name, mediaType, text, base64 }, i) => {
    const bytes = text === undefined ? Buffer.from(base64 ?? "", "base64") : Buffer.from(text, "utf8");
    const most = contract.documentBounds.documentBytes;
    if (bytes.length === 0 || bytes.length > most) {
      const message = `A document has 1 to ${most} bytes; "${name}" has ${bytes.length}.`;
      throw new ProblemError(400, "INVALID_INPUT", message, `body.documents.${i}`);
    }
    return { name, mediaType, bytes: new Uint8Array(bytes) };
  });
}

/** Codes by which the reader refuses a document. */
const refusals: ReadonlySet<string> = new Set<IntakeError["code"] | "TOO_MANY_DOCUMENTS">([
  ...(["TOO_LARGE", "TOO_MANY", "TOO_DEEP", "NOT_TEXT", "UNSUPPORTED_TYPE"] as const),
  ...(["BROKEN_FILE", "EMPTY", "NOT_ENGLISH", "BAD_TABLE", "TOO_MANY_DOCUMENTS"] as const),
]);

/** Why documents were not read, or not kept. */
export function readingProblem({ code, message, place }: ReadingError): ProblemError {
  if (code === "BUSY") return new ProblemError(503, "READER_BUSY", message, place);
  if (code === "READING_TOOK_TOO_LONG" || code === "READING_FAILED")
    return new ProblemError(422, "DOCUMENTS_NOT_READ", message, place);
  if (refusals.has(code)) return new ProblemError(422, "DOCUMENT_REFUSED", `${message} (${code})`, place);
  return problemOf({ code, message, place });
}
