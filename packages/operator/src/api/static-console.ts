// SPDX-License-Identifier: MIT
import { existsSync } from "node:fs";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { ProblemError } from "./problem.ts";

/** Everything comes from this server; MapLibre draws in a worker of its own file and makes images from blobs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The console's own files are the same for everyone: without them nobody could sign in. */
const open = { config: { permission: "public" }, schema: { hide: true } } as const;

/** Serves the built console at `/`; paths of its pages all answer with the one document. */
export async function serveConsole(server: FastifyInstance, folder: string): Promise<void> {
  server.addHook("onSend", async (_request, reply) => {
    reply.header("content-security-policy", POLICY);
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
  });
  if (!existsSync(folder)) {
    server.get("/", open, async () => {
      throw new ProblemError(503, "CONSOLE_NOT_BUILT", "The console is not built. Run `pnpm build`.");
    });
    return;
  }
  await server.register(fastifyStatic, { root: folder, preCompressed: true, serve: false });
  server.get("/*", open, (request, reply) => {
    const { "*": path } = request.params as { "*": string };
    return reply.sendFile(path === "" ? "index.html" : path);
  });
  for (const page of [
    "/network",
    "/terminals",
    "/accounts",
    "/cases",
    "/orders",
    "/approvals",
    "/areas",
    "/ledger",
    "/sign-in",
    "/map",
    "/kit",
    "/portal",
  ]) {
    server.get(page, open, (_request, reply) => reply.sendFile("index.html"));
  }
}
