// SPDX-License-Identifier: MIT
import { randomBytes } from "node:crypto";
import {
  allows,
  type CommandEntry,
  holderOf,
  type Permission,
  refusalText,
  salted,
} from "@perigee/authority";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { CarriedOut } from "../authority/carried-out.ts";
import type { OperatorContext } from "../context.ts";
import { carriedOut } from "../contract.ts";
import { actorOf } from "./guard.ts";
import { ProblemError } from "./problem.ts";

const query = z.object({
  reason: z
    .string()
    .trim()
    .min(10)
    .max(1_000)
    .optional()
    .meta({ description: "Why, for the two persons whose approval a grave command needs" }),
});

/** Commands that carry lists of thousands, and the bytes that their requests may have. */
const LARGE_BYTES = 16 * 1024 * 1024;
const large: ReadonlySet<string> = new Set(["donation.import", "policy.apply", "bulk.propose"]);

/** How large a command's request may be, where that is not as large as any. */
export const commandBodyLimit = (name: string): { readonly bodyLimit?: number } =>
  large.has(name) ? { bodyLimit: LARGE_BYTES } : {};

/**
 * Everything that the authority can be asked to do, one address per command. The body is the command's request; its
 * schema is the one that the authority reads it with.
 */
export function serveCommands(server: FastifyInstance, operator: OperatorContext): void {
  for (const entry of operator.authority.commands.values()) {
    // Those of customers are served by the portal, which says whose things they are about.
    if (!isForCustomers(entry)) serveCommand(server, operator, entry);
  }
}

/** Commands that customers give about what is theirs; the portal and the operator API V2 serve them, and nothing else does. */
export const isForCustomers = ({ permission }: Pick<CommandEntry, "permission">): boolean =>
  holderOf(permission as Permission) === "customers";

/**
 * Personal data come open and get a salt here, unless the caller brings one. The sealed form is what remains of them after
 * an erasure; as a request it would enter somebody of whom nothing is known.
 */
export async function openPersonalData(request: FastifyRequest): Promise<void> {
  const { body } = request;
  if (typeof body !== "object" || body === null) return;
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === "object" && value !== null && "sealed" in value) {
      throw new ProblemError(
        400,
        "INVALID_INPUT",
        `${name} is sealed; send the data themselves.`,
        `body.${name}`,
      );
    }
  }
  request.body = salted(body, randomBytes(16).toString("hex"));
}

/** What a command led to, as the API tells it. */
export const carriedOutView = ({
  decisions,
  changes,
  proposalId,
  terminals,
}: CarriedOut): z.input<typeof carriedOut> => ({
  decisions: decisions.map(({ id, action, subject, outcome, text, ledgerIndex, noticeId }) => ({
    ...{ id, action, subject, outcome, text, ledgerIndex, noticeId: noticeId ?? null },
  })),
  records: changes.map(({ kind, id }) => ({ kind, id })),
  proposalId,
  terminals: terminals.length,
});

function serveCommand(server: FastifyInstance, operator: OperatorContext, entry: CommandEntry): void {
  const { name, summary, schema } = entry;
  const permission = entry.permission as Permission;
  server.post(
    `/v1/commands/${name}`,
    {
      config: { permission },
      ...commandBodyLimit(name),
      preValidation: openPersonalData,
      schema: {
        summary,
        description:
          "Answers once decisions, records and ledger entries are stored and the data plane is told. 202 with a " +
          "proposal where two other persons must approve first.",
        tags: ["commands"],
        querystring: query,
        body: schema,
        response: { 201: carriedOut, 202: carriedOut },
      },
    },
    async (request, reply) => {
      mayPropose(operator, request, name);
      const { reason } = request.query as z.infer<typeof query>;
      const done = await operator.carryOut({
        name,
        request: request.body,
        actor: actorOf(request),
        ...(reason === undefined ? {} : { reason }),
      });
      if (!done.ok) throw problemOf(done.error);
      return reply.code(done.value.proposalId === null ? 201 : 202).send(carriedOutView(done.value));
    },
  );
}

/** A proposal asks for no more than its command would: whoever may not have it carried out may not ask for it. */
export function mayPropose(operator: OperatorContext, request: FastifyRequest, name: string): void {
  if (name !== "proposal.propose") return;
  const inner = (request.body as { command?: { name?: string } }).command?.name ?? "";
  const permission = operator.authority.commands.get(inner)?.permission as Permission | undefined;
  if (permission !== undefined && !allows(request.actor, permission)) {
    throw new ProblemError(403, "PERMISSION_MISSING", refusalText(request.actor, permission), permission);
  }
}

export function problemOf({
  code,
  message,
  place,
}: {
  code: string;
  message: string;
  place: string;
}): ProblemError {
  if (code === "REQUEST_INVALID") return new ProblemError(400, "INVALID_INPUT", message, `body.${place}`);
  return new ProblemError(/_UNKNOWN$/.test(code) ? 404 : 409, code, message, place);
}
