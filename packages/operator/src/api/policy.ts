// SPDX-License-Identifier: MIT
import {
  partsOf,
  planPolicy,
  policyDiff,
  policyDiffText,
  policyDocumentOf,
  policyImpact,
} from "@perigee/authority";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { OperatorContext } from "../context.ts";
import { type PolicyPlan, policyInForceView, policyPlan, policyPlanRequest } from "../contract.ts";
import { areaName } from "../public/area-words.ts";
import { ProblemError } from "./problem.ts";

/** What a policy document may have. */
const DOCUMENT_BYTES = 16 * 1024 * 1024;

/** What another policy would change, before it does. Putting it in force is the command `policy.apply`. */
export function servePolicy(server: FastifyInstance, operator: OperatorContext): void {
  server.get(
    "/v1/policy",
    {
      config: { permission: "areas.read" },
      schema: {
        summary: "The policy in force as one document, as a file has it; without what is sealed",
        tags: ["policy"],
        response: { 200: policyInForceView },
      },
    },
    () => {
      const { book, policy } = operator.authority;
      return { version: policy.version, document: policyDocumentOf(partsOf(book)) };
    },
  );
  server.post(
    "/v1/policy/plan",
    {
      config: { permission: "policy.plan" },
      bodyLimit: DOCUMENT_BYTES,
      schema: {
        summary: "What a policy document would change, and for how many terminals now",
        description:
          "Nothing is changed. `policy.apply` takes the same document with `planned` as answered here.",
        tags: ["policy"],
        body: policyPlanRequest,
        response: { 200: policyPlan },
      },
    },
    request => planOf(operator, (request.body as z.infer<typeof policyPlanRequest>).document),
  );
}

function planOf({ authority, clock }: OperatorContext, document: unknown): PolicyPlan {
  const atMs = clock.nowMs();
  const { book } = authority;
  const plan = planPolicy(book, document, atMs, authority.areaRules);
  if (!plan.ok) {
    const { code, message, place } = plan.error;
    throw new ProblemError(
      code === "policyInvalid" ? 400 : 409,
      code.replace(/[A-Z]/g, c => `_${c}`).toUpperCase(),
      message,
      place === "" ? "body.document" : `body.document.${place}`,
    );
  }
  const { documentHash, againstVersion, before, after, setAside } = plan.value;
  const changes = policyDiff(before, after);
  const comparable = before !== null && before.boundaryView === after.boundaryView;
  const impact = comparable ? policyImpact(before, after, authority.subjects(atMs), book) : null;
  return {
    planned: { documentHash, againstVersion },
    afterVersion: after.version,
    title: after.title,
    changes: changes.map(change => ({ ...change })),
    text: policyDiffText(changes),
    setAside: setAside.map(one => ({ ...one })),
    impact: impact && {
      ...impact,
      protectedSites: [...impact.protectedSites],
      steps: impact.steps.map(step => ({ ...step })),
      areas: impact.areas.map(one => ({
        ...one,
        name: one.area === null ? "Never located" : areaName(book, one.area),
      })),
      examples: [...impact.examples],
    },
  };
}
