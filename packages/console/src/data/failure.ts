// SPDX-License-Identifier: MIT
import type { Problem } from "@perigee/operator/contract";

/** What went wrong with a request, in words for the person in front of the page. */
export interface Failure {
  /** Stable: the operator's own code, or UNREACHABLE, UNREADABLE, HTTP_<status>. */
  readonly code: string;
  readonly message: string;
  /** The field or path that the operator named. */
  readonly place: string | null;
}

/** Either the value or the failure; requests never throw. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

/** Reads an RFC 9457 body if the answer carries one; otherwise says what the status means. */
export async function failureOf(response: Response): Promise<Failure> {
  const fallback: Failure = {
    code: `HTTP_${response.status}`,
    message: `The operator answered ${response.status} ${response.statusText}.`.replace(" .", "."),
    place: null,
  };
  if (!response.headers.get("content-type")?.includes("problem+json")) return fallback;
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return {
      code: problem.code ?? fallback.code,
      message: problem.detail ?? problem.title ?? fallback.message,
      place: problem.place ?? null,
    };
  } catch {
    return fallback;
  }
}
