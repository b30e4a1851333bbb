// SPDX-License-Identifier: MIT

import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Explanation } from "./contract.ts";

/** The name under which a terminal reaches its account site, also while it is restricted. */
export const ACCOUNT_SITE = "account.perigee";

/** The name under which a terminal reaches the emergency relay that the operator was told of, also while restricted. */
export const EMERGENCY_RELAY = "emergency.perigee";

/** `TERMINAL <id>` CR LF: what the data plane says before a terminal's own bytes. */
const INTRODUCTION = /^TERMINAL ([a-z0-9-]{2,63})$/;
const INTRODUCTION_BYTES = 128;
const INTRODUCTION_MS = 2_000;

export interface AccountSite extends AsyncDisposable {
  readonly port: number;
}

/**
 * Starts the site that says to a terminal's holder what was decided about that terminal and what they can do: plain
 * HTML, no script. It is a server of its own, apart from the API: what a restricted terminal may reach must not be able
 * to change anything, and each terminal sees its own page and no other.
 *
 * @param explain - The explanation for a terminal; `null` while nothing has been decided.
 */
export async function startAccountSite(
  explain: (terminalId: string) => Explanation | null,
): Promise<AccountSite> {
  const terminalOf = new WeakMap<Socket, string>();
  const http = createHttpServer((request, response) => {
    answer(request, response, terminalOf.get(request.socket), explain);
  });
  const front = createServer(socket => {
    void introduced(socket).then(terminalId => {
      if (terminalId === null) {
        socket.destroy();
        return;
      }
      terminalOf.set(socket, terminalId);
      http.emit("connection", socket);
    });
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  return {
    port: (front.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      front.close();
      http.closeAllConnections();
    },
  };
}

/** Reads the introduction and leaves everything behind it unread; `null` when there is none. */
async function introduced(socket: Socket): Promise<string | null> {
  const deadline = AbortSignal.timeout(INTRODUCTION_MS);
  socket.on("error", () => socket.destroy());
  let line = "";
  try {
    while (!line.endsWith("\r\n")) {
      const byte = socket.read(1) as Buffer | null;
      if (byte === null) await once(socket, "readable", { signal: deadline });
      else line += byte.toString("latin1");
      if (line.length > INTRODUCTION_BYTES || socket.readableEnded) return null;
    }
  } catch {
    // No introduction in time, or the connection failed: nobody to serve either way.
    return null;
  }
  return INTRODUCTION.exec(line.trimEnd())?.[1] ?? null;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  terminalId: string | undefined,
  explain: (terminalId: string) => Explanation | null,
): void {
  const path = (request.url ?? "").split("?")[0];
  const explanation = terminalId === undefined ? null : explain(terminalId);
  const isRead = request.method === "GET" || request.method === "HEAD";
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", "default-src 'none'");
  response.setHeader("cache-control", "no-store");
  if (explanation !== null) response.setHeader("x-perigee-reason", explanation.admission.reason);
  if (!isOwnName(request.headers.host)) {
    if (isRead) response.writeHead(302, { location: `http://${ACCOUNT_SITE}/` });
    else response.writeHead(403);
    response.end(page("Out of reach", WHERE_TO));
    return;
  }
  if (!isRead) response.writeHead(405).end(page("Not possible here", "<p>This page can only be read.</p>"));
  else if (path !== "/")
    response.writeHead(404).end(page("Not found", "<p>The account site has one page: /</p>"));
  else if (explanation === null)
    response.writeHead(503).end(page("Not yet", "<p>Nothing has been decided yet.</p>"));
  else response.end(page(explanation.terminalId, body(explanation)));
}

/**
 * Whether a request is for this site. The data plane also sends here, from terminals that may reach nothing else, what
 * was meant for other sites: whoever asked is sent on to this one, as captive portals do.
 */
const isOwnName = (host: string | undefined): boolean =>
  host === undefined || host.toLowerCase().replace(/\.?(:\d+)?$/, "") === ACCOUNT_SITE;

const WHERE_TO = `<p>This terminal can reach its <a href="http://${ACCOUNT_SITE}/">account site</a> and emergency services only.</p>`;

function body({ paragraph, grounds, at, admission }: Explanation): string {
  const items = grounds.map(
    g => `<li>${escapeHtml(g.text)}${g.asserter ? ` Asserted by ${escapeHtml(g.asserter)}.` : ""}</li>`,
  );
  return (
    `<p>${escapeHtml(paragraph)}</p><ul>${items.join("")}</ul>` +
    `<p>Decided ${escapeHtml(at)}; policy ${escapeHtml(admission.policyVersion.slice(0, 12))}.</p>`
  );
}

const page = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title></head><body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>\n`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, c => ENTITIES[c]!);
