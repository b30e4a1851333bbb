// SPDX-License-Identifier: MIT
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OperatorContext } from "../context.ts";
import * as contract from "../fleet/contract.ts";
import type { ServiceAccount, ServiceSecret } from "../fleet/service-accounts.ts";
import { accountNumberOf } from "../fleet/wire-ids.ts";
import { actorOf } from "./guard.ts";
import { notFound } from "./problem.ts";
import { orProblem } from "./session.ts";

const DAY_MS = 86_400_000;
const params = z.object({ clientId: z.string().max(64) });
const secretParams = params.extend({ secretId: z.string().max(64) });
const listQuery = z.object({ account: z.string().max(64).optional() });

const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));
const clientIdOf = (request: FastifyRequest): string => (request.params as z.infer<typeof params>).clientId;

const secretView = ({
  id,
  madeAtMs,
  expiresAtMs,
  revokedAtMs,
}: ServiceSecret): contract.ServiceSecretView => ({
  ...{ id, madeAt: iso(madeAtMs), expiresAt: isoOrNull(expiresAtMs), revokedAt: isoOrNull(revokedAtMs) },
});

/** Programs of customers that use the operator API V2: who they are, what they may do, and their secrets. */
export function serveServiceAccounts(server: FastifyInstance, { fleet, clock }: OperatorContext): void {
  const { clients } = fleet;
  const tags = ["service accounts"];
  const read = { permission: "parties.read" } as const;
  const change = { permission: "parties.change" } as const;

  const view = (client: ServiceAccount): contract.ServiceAccountView => ({
    clientId: client.clientId,
    accountId: client.accountId,
    accountNumber: accountNumberOf(client.accountId),
    name: client.name,
    permissions: { ...client.permissions },
    madeAt: iso(client.madeAtMs),
    disabledAt: isoOrNull(client.disabledAtMs),
    secrets: clients.secrets(client.clientId).map(secretView),
  });
  const endOf = (days: number | undefined, nowMs: number): number | null =>
    days === undefined ? null : nowMs + days * DAY_MS;

  server.get(
    "/v1/service-accounts",
    {
      config: read,
      schema: {
        summary: "Programs that use the operator API V2 for an account, or for any",
        tags,
        querystring: listQuery,
        response: { 200: z.array(contract.serviceAccount) },
      },
    },
    request => clients.list((request.query as z.infer<typeof listQuery>).account ?? null).map(view),
  );
  server.post(
    "/v1/service-accounts",
    {
      config: change,
      schema: {
        summary: "Enter a program; answers with its first secret",
        tags,
        body: contract.newServiceAccount,
        response: { 201: contract.madeServiceAccount },
      },
    },
    async (request, reply) => {
      const { days, ...asked } = request.body as z.infer<typeof contract.newServiceAccount>;
      const nowMs = clock.nowMs();
      const { client, secret, made } = orProblem(
        await clients.add(asked, actorOf(request), nowMs, endOf(days, nowMs)),
      );
      return reply.code(201).send({ serviceAccount: view(client), secret, made: secretView(made) });
    },
  );
  server.patch(
    "/v1/service-accounts/:clientId",
    {
      config: change,
      schema: {
        summary: "Change what a program may do, disable it, or enable it again",
        tags,
        params,
        body: contract.serviceAccountChange,
        response: { 200: contract.serviceAccount },
      },
    },
    async request => {
      const { permissions, disabled } = request.body as z.infer<typeof contract.serviceAccountChange>;
      const clientId = clientIdOf(request);
      const by = actorOf(request);
      if (permissions !== undefined) {
        orProblem(await clients.setPermissions(clientId, permissions, by, clock.nowMs()));
      }
      if (disabled !== undefined) {
        orProblem(await clients.setDisabled(clientId, disabled, by, clock.nowMs()));
      }
      const client = clients.get(clientId);
      if (client === null) throw notFound(`service account ${clientId}`);
      return view(client);
    },
  );
  server.post(
    "/v1/service-accounts/:clientId/secrets",
    {
      config: change,
      schema: {
        summary: "Make one more secret of a program",
        tags,
        params,
        body: contract.newSecret,
        response: { 201: contract.madeSecret },
      },
    },
    async (request, reply) => {
      const { days } = request.body as z.infer<typeof contract.newSecret>;
      const nowMs = clock.nowMs();
      const { secret, made } = orProblem(
        await clients.addSecret(clientIdOf(request), actorOf(request), nowMs, endOf(days, nowMs)),
      );
      return reply.code(201).send({ secret, made: secretView(made) });
    },
  );
  server.delete(
    "/v1/service-accounts/:clientId/secrets/:secretId",
    {
      config: change,
      schema: {
        summary: "Make a secret void; tokens got with it run out within 15 minutes",
        tags,
        params: secretParams,
        response: { 200: contract.serviceSecret },
      },
    },
    async request => {
      const { clientId, secretId } = request.params as z.infer<typeof secretParams>;
      return secretView(
        orProblem(await clients.revokeSecret(clientId, secretId, actorOf(request), clock.nowMs())),
      );
    },
  );
}
