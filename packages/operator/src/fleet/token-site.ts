// SPDX-License-Identifier: MIT
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Fleet } from "./fleet.ts";
import { tokenSeconds } from "./oidc-key.ts";
import { RateLimit, tokensPerAddress } from "./rate-limit.ts";
import { accountNumberOf } from "./wire-ids.ts";

const config = { permission: "public", bearerOnly: true } as const;
const schema = { hide: true } as const;
const MOST_LENGTH = 200;

/**
 * The token endpoint of the operator API V2 (OpenID Connect discovery 1.0; client credentials, RFC 6749 section 4.4) with
 * its discovery document and key set. Goes below `/api`.
 */
export function serveTokens(scope: FastifyInstance, fleet: Fleet): void {
  const limit = new RateLimit(tokensPerAddress);
  const { clients, ids, key, operator } = fleet;

  scope.get("/auth/.well-known/openid-configuration", { config, schema }, request => {
    const issuer = issuerOf(request);
    return {
      issuer,
      token_endpoint: `${issuer}/connect/token`,
      jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
      grant_types_supported: ["client_credentials"],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
      // Required members of the document (section 3), for libraries that insist on them; nobody signs in here.
      response_types_supported: ["token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: [key.jwk.alg],
    };
  });
  scope.get("/auth/.well-known/openid-configuration/jwks", { config, schema }, () => ({ keys: [key.jwk] }));

  scope.post("/auth/connect/token", { config, schema, bodyLimit: 16_384 }, async (request, reply) => {
    reply.header("cache-control", "no-store").header("pragma", "no-cache");
    const nowMs = operator.clock.nowMs();
    const standing = limit.take(request.ip, nowMs);
    if (!standing.allowed) {
      const waitS = Math.ceil(standing.resetMs / 1000);
      reply.header("retry-after", String(waitS));
      return refuse(
        reply,
        429,
        "temporarily_unavailable",
        `Too many tokens were asked for; wait ${waitS} s.`,
      );
    }
    const form = request.body instanceof URLSearchParams ? request.body : null;
    if (form === null)
      return refuse(reply, 400, "invalid_request", "The body is a form, x-www-form-urlencoded.");
    if (form.get("grant_type") !== "client_credentials") {
      return refuse(reply, 400, "unsupported_grant_type", "Only client_credentials is served here.");
    }
    const credentials = credentialsOf(request, form);
    const client =
      credentials === null ? null : clients.authenticate(credentials.id, credentials.secret, nowMs);
    if (client === null) {
      reply.header("www-authenticate", 'Basic realm="operator API"');
      return refuse(
        reply,
        401,
        "invalid_client",
        "The service account or its secret is wrong, disabled or past its end.",
      );
    }
    const asked = form.get("account_number");
    const accountId =
      asked === null || asked === "" ? client.accountId : ids.accountOf(client.accountId, asked);
    if (accountId === null) {
      return refuse(
        reply,
        400,
        "invalid_target",
        "The account is neither the service account's nor managed by it.",
      );
    }
    const claims = { clientId: client.clientId, accountNumber: accountNumberOf(accountId) };
    const access_token = await key.sign(claims, issuerOf(request), nowMs);
    return reply.send({ access_token, token_type: "Bearer", expires_in: tokenSeconds });
  });
}

/** The name under which the caller reached this server; the guard has seen that it is this server's. */
export const issuerOf = (request: FastifyRequest): string => `http://${request.headers.host}/api/auth`;

/** By HTTP Basic with form encoding inside (RFC 6749, section 2.3.1), or in the form; not both at once. */
function credentialsOf(
  request: FastifyRequest,
  form: URLSearchParams,
): { readonly id: string; readonly secret: string } | null {
  const { authorization } = request.headers;
  const inForm = form.get("client_secret");
  if (authorization === undefined) return bounded(form.get("client_id"), inForm);
  const basic = /^Basic ([A-Za-z0-9+/]{1,1200}={0,2})$/i.exec(authorization)?.[1];
  if (basic === undefined || inForm !== null) return null;
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  try {
    return bounded(decodeURIComponent(id), decodeURIComponent(secret.join(":").replaceAll("+", " ")));
  } catch {
    return null;
  }
}

function bounded(id: string | null, secret: string | null) {
  if (id === null || secret === null || id.length > MOST_LENGTH || secret.length > MOST_LENGTH) return null;
  return { id, secret };
}

/** An error of the token endpoint (RFC 6749, section 5.2): it has no envelope. */
function refuse(reply: FastifyReply, status: number, error: string, description: string): FastifyReply {
  return reply.code(status).send({ error, error_description: description });
}
