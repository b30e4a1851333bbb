// SPDX-License-Identifier: MIT
import type { IncomingHttpHeaders } from "node:http";

/** Which web pages may call a terminal, and what the others get. */
export interface BrowserRules {
  /** Origins of pages, e.g. `http://dishy.starlink.com`; `"any"`: every page. The endpoint's own is always one. */
  readonly origins: readonly string[] | "any";
  /** What a call from any other page gets: an empty 200 as current firmware does, or 403 as older firmware did. */
  readonly strangers: "empty" | "forbidden";
}

/** As terminals of 2026 do: only the pages that they serve themselves. */
export const defaultBrowserRules: BrowserRules = {
  origins: ["http://192.168.100.1", "http://dishy.starlink.com"],
  strangers: "empty",
};

/** What the rules say to a request: by whom it was made, and which headers the answer carries. */
export interface BrowserRuling {
  /** `none`: no page made it. */
  readonly page: "none" | "own" | "stranger";
  readonly headers: Readonly<Record<string, string>>;
}

const NO_PAGE: BrowserRuling = { page: "none", headers: {} };
const STRANGER: BrowserRuling = { page: "stranger", headers: {} };

/**
 * Judges a request by the page it comes from, which browsers name in `Origin` and `Referer` and programs do not.
 *
 * @param ownOrigin of the endpoint itself, e.g. `http://127.0.0.1:9201`
 */
export function ruleOnBrowser(
  rules: BrowserRules,
  ownOrigin: string,
  headers: IncomingHttpHeaders,
): BrowserRuling {
  const { origin } = headers;
  const referer = headers.referer === undefined ? undefined : originOf(headers.referer);
  if (origin === undefined && referer === undefined) return NO_PAGE;
  for (const from of [origin, referer]) {
    if (from !== undefined && !known(rules, ownOrigin, from)) return STRANGER;
  }
  if (origin === undefined) return { page: "own", headers: {} };
  return {
    page: "own",
    headers: {
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "grpc-status, grpc-message",
      vary: "Origin",
    },
  };
}

/** What a preflight of a page that may call is told besides. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "content-type, x-grpc-web, x-user-agent, grpc-timeout",
  "access-control-max-age": "600",
};

const known = (rules: BrowserRules, ownOrigin: string, from: string): boolean =>
  rules.origins === "any" || from === ownOrigin || rules.origins.includes(from);

/** Origin of an address; of one that is none, the text itself, which is then nobody's origin. */
const originOf = (referer: string): string => (URL.canParse(referer) ? new URL(referer).origin : referer);
