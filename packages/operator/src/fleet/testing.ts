// SPDX-License-Identifier: MIT
// Test support, not exported: a customer's program at the operator API V2, which holds every answer against the contract.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { InjectOptions } from "fastify";
import { type StillOperator, stillOperator } from "../api/testing/still-operator.ts";
import { allPermissions } from "./contract.ts";
import type { FleetPermissions } from "./feature.ts";
import { fleetOperations } from "./operations.ts";
import type { Product } from "./products.ts";

export const secret = "a secret of the tests, long enough";
export const ownAccount = "acc-marta-wolska";

/** Two products of the demo's plans. */
export const products: readonly Product[] = [
  {
    ...{ id: "home-100", planId: "residential", name: "Home", price: 40, currency: "EUR", isSla: false },
    ...{ includedGb: null, topUp: null, blocks: [] },
  },
  {
    ...{ id: "roam-50", planId: "roam", name: "Roam 50", price: 60, currency: "EUR", isSla: false },
    ...{ includedGb: 50, topUp: { id: "roam-gb", price: 1, amountGb: 1 } },
    blocks: [{ id: "roam-500", price: 90, amountGb: 500 }],
  },
];

/** The demo's operator with one service account of {@link ownAccount} that may do everything, and others as told. */
export function fleetOperator(
  others: readonly { clientId: string; accountId: string; permissions: FleetPermissions }[] = [],
): Promise<StillOperator> {
  return stillOperator([], undefined, {
    products,
    serviceAccounts: [
      { clientId: "tests", accountId: ownAccount, permissions: allPermissions },
      ...others,
    ].map(client => ({ ...client, name: "A test's program", secrets: [secret] })),
  });
}

/** An answer in its envelope. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: {
    readonly errors: readonly { readonly memberNames: readonly string[]; readonly errorMessage: string }[];
    readonly isValid: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for, and the contract was checked.
    readonly content: any;
  };
}

export async function tokenOf(
  operator: StillOperator,
  clientId = "tests",
  more: Record<string, string> = {},
): Promise<string> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: secret,
    ...more,
  });
  const answer = await operator.server.inject({
    ...{ method: "POST", url: "/api/auth/connect/token", payload: form.toString() },
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json().access_token;
}

/** Asks with a token; every answer is held against the operation's schema and the envelope. */
export function client(operator: StillOperator, token: string) {
  return async (
    method: NonNullable<InjectOptions["method"]>,
    path: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await operator.server.inject({
      ...{ method, url: `/api/public/v2${path}`, headers: { authorization: `Bearer ${token}`, ...headers } },
      ...(payload === undefined ? {} : { payload }),
    });
    assert.match(String(answer.headers["content-type"]), /^application\/json/);
    const body = answer.json();
    checkAnswer(String(method), `/public/v2${path.split("?")[0]}`, answer.statusCode, body);
    return { status: answer.statusCode, headers: answer.headers, body };
  };
}

function checkAnswer(method: string, path: string, status: number, body: Answer["body"]): void {
  if (status === 403) return;
  const names = ["errors", "warnings", "information", "isValid", "content"];
  assert.deepEqual(Object.keys(body).toSorted(), names.toSorted(), "the envelope");
  assert.equal(body.isValid, status < 300);
  assert.equal(body.errors.length > 0, status >= 300);
  if (status >= 300) {
    assert.equal(body.content, null);
    return;
  }
  const operation = fleetOperations.find(
    each => each.method === method && new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
  assert.ok(operation !== undefined, `${method} ${path} is no operation`);
  if (operation.content === null) {
    assert.equal(body.content, null);
    return;
  }
  const parsed = operation.content.safeParse(body.content);
  assert.ok(parsed.success, `${operation.operationId}: ${parsed.error?.message}`);
  assert.ok(
    isDeepStrictEqual(parsed.data, body.content),
    `${operation.operationId} answers more than it says`,
  );
}
