// SPDX-License-Identifier: MIT
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Problem } from "../contract.ts";

/** A refusal on its way to the client. `code` is stable and documented in `docs/errors.md`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly place: string | undefined;

  constructor(status: number, code: string, detail: string, place?: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.place = place;
  }
}

/** The refusal for something that is not there. */
export const notFound = (what: string): ProblemError =>
  new ProblemError(404, "NOT_FOUND", `There is no ${what}.`);

/** The one place where errors become RFC 9457 problem documents. */
export function answerProblems(server: FastifyInstance): void {
  server.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof ProblemError) return send(reply, error);
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return send(reply, new ProblemError(status, error.code ?? "BAD_REQUEST", error.message, request.url));
    }
    request.log.error(error);
    return send(
      reply,
      new ProblemError(
        500,
        "INTERNAL",
        "The operator failed while answering; the cause is in its log. Nothing was changed.",
      ),
    );
  });
  server.setNotFoundHandler((request, reply) =>
    send(reply, notFound(`${request.method} ${request.url.slice(0, 200)}`)),
  );
}

function send(reply: FastifyReply, { status, code, message, place }: ProblemError): FastifyReply {
  const problem: Problem = {
    type: `https://perigee.example/errors#${code}`,
    title: code.toLowerCase().replaceAll("_", " "),
    status,
    detail: message,
    code,
    ...(place === undefined ? {} : { place }),
  };
  return reply.code(status).type("application/problem+json").send(problem);
}
