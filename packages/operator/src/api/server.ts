// SPDX-License-Identifier: MIT
import Fastify, { type FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import { serveAreas } from "./areas.ts";
import { serveElements } from "./elements.ts";
import { serveEvents } from "./events.ts";
import { serveFaults } from "./faults.ts";
import { guardOrigin } from "./guard.ts";
import { serveLedger } from "./ledger.ts";
import { serveOrders } from "./orders.ts";
import { servePlanet } from "./planet.ts";
import { answerProblems } from "./problem.ts";
import { serveSky } from "./sky.ts";
import { serveConsole } from "./static-console.ts";
import { serveTerminals } from "./terminals.ts";
import { useContract } from "./zod-contract.ts";

/** The largest body of an ordinary request; only elements may be larger. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Builds the HTTP server: the API under `/v1`, the console at `/`. */
export async function createServer(
  operator: OperatorContext,
  consoleFolder: string,
): Promise<FastifyInstance> {
  const server = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  answerProblems(server);
  guardOrigin(server, operator.hostNames);
  await useContract(server, operator.version);
  serveSky(server, operator);
  servePlanet(server, operator);
  serveTerminals(server, operator);
  serveOrders(server, operator);
  serveAreas(server, operator);
  serveElements(server, operator);
  serveLedger(server, operator);
  serveEvents(server, operator.hub);
  if (operator.config.faults) serveFaults(server, operator);
  server.get("/v1/openapi.json", { schema: { hide: true } }, () => server.swagger());
  await serveConsole(server, consoleFolder);
  return server;
}
