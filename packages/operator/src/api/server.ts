// SPDX-License-Identifier: MIT
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { serveCasework } from "../casework/serve-casework.ts";
import type { OperatorContext } from "../context.ts";
import { serveBilling } from "../fleet/billing/serve-billing.ts";
import { fleetOperations } from "../fleet/operations.ts";
import { isFleetAddress, refuseAddress, serveFleet } from "../fleet/serve.ts";
import { serveAreaQueries } from "./area-queries.ts";
import { serveAreas } from "./areas.ts";
import { serveCommands } from "./commands.ts";
import { serveCustody } from "./custody.ts";
import { serveDishes } from "./dishes.ts";
import { serveElements } from "./elements.ts";
import { serveEvents } from "./events.ts";
import { serveEvidence } from "./evidence.ts";
import { serveFaults } from "./faults.ts";
import { guardAccess, guardOrigin } from "./guard.ts";
import { serveImports } from "./imports.ts";
import { serveLedger } from "./ledger.ts";
import { serveMetrics } from "./metrics.ts";
import { serveOrders } from "./orders.ts";
import { servePeople } from "./people.ts";
import { servePlanet } from "./planet.ts";
import { servePolicy } from "./policy.ts";
import { servePortal } from "./portal.ts";
import { servePreviews } from "./previews.ts";
import { answerProblems } from "./problem.ts";
import { servePublic } from "./public.ts";
import { serveRecords } from "./records.ts";
import { serveReports } from "./reports.ts";
import { serveScreeningLists } from "./screening-lists.ts";
import { serveServiceAccounts } from "./service-accounts.ts";
import { serveSession } from "./session.ts";
import { serveSky } from "./sky.ts";
import { serveConsole } from "./static-console.ts";
import { serveTelemetry } from "./telemetry.ts";
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
    frameworkErrors: (error, request, reply: FastifyReply) =>
      isFleetAddress(request.url)
        ? refuseAddress(error, reply)
        : reply.code(error.statusCode ?? 400).send(error),
  });
  answerProblems(server);
  guardOrigin(server, operator.hostNames);
  guardAccess(server, operator.access, operator.clock);
  await useContract(server, operator.version);
  serveSky(server, operator);
  servePlanet(server, operator);
  serveTerminals(server, operator);
  serveTelemetry(server, operator);
  serveDishes(server, operator.dishes, operator.config.faults);
  serveMetrics(server, operator.dishes.host, async () => ({
    status: await operator.views.status(),
    terminals: operator.views.terminals(),
  }));
  serveCustody(server, operator);
  serveSession(server, operator);
  servePeople(server, operator);
  serveOrders(server, operator);
  serveCommands(server, operator);
  servePreviews(server, operator);
  serveRecords(server, operator);
  serveEvidence(server, operator);
  serveScreeningLists(server, operator);
  serveImports(server, operator);
  serveAreas(server, operator);
  serveAreaQueries(server, operator);
  servePolicy(server, operator);
  serveReports(server, operator);
  servePublic(server, operator);
  serveCasework(server, operator);
  servePortal(server, operator);
  serveServiceAccounts(server, operator);
  await serveFleet(server, operator.fleet, fleetOperations);
  serveBilling(server, operator.fleet);
  serveElements(server, operator);
  serveLedger(server, operator);
  serveEvents(server, operator);
  if (operator.config.faults) serveFaults(server, operator);
  server.get("/v1/openapi.json", { config: { permission: "public" }, schema: { hide: true } }, () =>
    server.swagger(),
  );
  await serveConsole(server, consoleFolder);
  return server;
}
