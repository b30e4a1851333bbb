// SPDX-License-Identifier: MIT
// A customer's program: a client generated from the operator's own OpenAPI document, with a token by client credentials.
import { type AxiosRequestConfig, type AxiosResponse, isAxiosError } from "axios";
import { OpenAPIClientAxios } from "openapi-client-axios";

type Method = (
  parameters: object | null,
  data?: unknown,
  config?: AxiosRequestConfig,
) => Promise<AxiosResponse>;

/** What every answer is wrapped in. */
export interface Envelope<Content> {
  readonly errors: readonly { readonly memberNames: readonly string[]; readonly errorMessage: string }[];
  readonly warnings: readonly unknown[];
  readonly information: readonly string[];
  readonly isValid: boolean;
  readonly content: Content;
}

/** A page of a list. */
export interface Page<Item> {
  readonly pageIndex: number;
  readonly limit: number;
  readonly isLastPage: boolean;
  readonly totalCount: number;
  readonly results: readonly Item[];
}

export interface Discovery {
  readonly issuer: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
}

export async function discover(url: string): Promise<Discovery> {
  const response = await fetch(`${url}/api/auth/.well-known/openid-configuration`);
  return (await response.json()) as Discovery;
}

/** A token by client credentials, from the endpoint that discovery names. */
export async function tokenFor(url: string, clientId: string, secret: string): Promise<string> {
  const { token_endpoint } = await discover(url);
  const response = await fetch(token_endpoint, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`no token: ${response.status}`);
  return access_token;
}

/** The generated client of one program. */
export class FleetClient {
  readonly operations: readonly string[];
  readonly #methods: Readonly<Record<string, Method>>;

  private constructor(methods: Readonly<Record<string, Method>>, operations: readonly string[]) {
    this.#methods = methods;
    this.operations = operations;
  }

  static async generate(url: string, token: string): Promise<FleetClient> {
    const api = new OpenAPIClientAxios({
      definition: `${url}/api/openapi.json`,
      axiosConfigDefaults: { baseURL: `${url}/api`, headers: { authorization: `Bearer ${token}` } },
    });
    const methods = (await api.init()) as unknown as Readonly<Record<string, Method>>;
    return new FleetClient(
      methods,
      api.getOperations().flatMap(({ operationId }) => operationId ?? []),
    );
  }

  /** Calls an operation by its id; axios rejects what is refused, so that this resolves with what was done. */
  async call<Content = null>(
    operationId: string,
    parameters: object | null = null,
    data?: unknown,
    config?: AxiosRequestConfig,
  ): Promise<AxiosResponse<Envelope<Content>>> {
    const method = this.#methods[operationId];
    if (method === undefined) throw new Error(`the document has no operation ${operationId}`);
    return await method(parameters, data, config);
  }

  /** The content of an answer. */
  async content<Content>(
    operationId: string,
    parameters: object | null = null,
    data?: unknown,
  ): Promise<Content> {
    return (await this.call<Content>(operationId, parameters, data)).data.content;
  }

  /** The answer to what must be refused. */
  async refused(
    operationId: string,
    parameters: object | null = null,
    data?: unknown,
    config?: AxiosRequestConfig,
  ): Promise<AxiosResponse<Envelope<null>>> {
    try {
      await this.call(operationId, parameters, data, config);
    } catch (error) {
      if (isAxiosError(error) && error.response !== undefined) return error.response;
      throw error;
    }
    throw new Error(`${operationId} was not refused`);
  }
}
