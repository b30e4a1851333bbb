// SPDX-License-Identifier: MIT
import type { FastifyInstance } from "fastify";
import type { OperatorContext } from "../context.ts";
import { notFound } from "./problem.ts";

/** The name under which a terminal reaches its account site, also while it is restricted. */
export const ACCOUNT_SITE = "account.perigee";

/** The page that says to a terminal's holder what was decided and what they can do; plain HTML, no script. */
export function serveAccountSite(server: FastifyInstance, operator: OperatorContext): void {
  server.get<{ Params: { id: string } }>("/account/:id", { schema: { hide: true } }, (request, reply) => {
    const explanation = operator.views.explain(request.params.id);
    if (explanation === null) throw notFound(`account page for "${request.params.id.slice(0, 64)}"`);
    const grounds = explanation.grounds.map(
      g => `<li>${escapeHtml(g.text)}${g.asserter ? ` Asserted by ${escapeHtml(g.asserter)}.` : ""}</li>`,
    );
    return reply
      .type("text/html; charset=utf-8")
      .send(
        `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
          `<title>Your terminal</title><main><h1>${escapeHtml(request.params.id)}</h1><p>${escapeHtml(explanation.paragraph)}</p>` +
          `<ul>${grounds.join("")}</ul><p>Decided ${escapeHtml(explanation.at)}; policy ${escapeHtml(explanation.admission.policyVersion.slice(0, 12))}.</p></main></html>`,
      );
  });
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, c => ENTITIES[c]!);
