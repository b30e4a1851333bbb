// SPDX-License-Identifier: MIT
// Test support: commands run in this process against a server that answers what a test gives it.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Command } from "./command.ts";

/** What was asked of the server. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly as: string | undefined;
  readonly body: unknown;
}

/** Answers by method and path without query; what is not in it is 404. */
export type Answers = Readonly<Record<string, unknown>>;

/** What a command printed, what it asked for, and the error that ended it. */
export interface Run {
  readonly out: string;
  readonly seen: readonly Seen[];
  readonly error: Error | null;
}

/** Runs a command with `--url` of a server that gives these answers. */
export async function runAgainst(command: Command, args: readonly string[], answers: Answers): Promise<Run> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { method = "", url = "", headers } = request;
    seen.push({
      ...{ method, path: url, as: headers["x-perigee-as"] as string | undefined },
      body: text === "" ? null : JSON.parse(text),
    });
    const answer = answers[`${method} ${url.replace(/\?.*/, "")}`];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { code: "NOT_FOUND", detail: "There is no such thing." }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const lines: string[] = [];
  const print = console.log;
  console.log = (...values: unknown[]) => void lines.push(values.join(" "));
  try {
    await command.run([...args, "--url", `http://127.0.0.1:${port}`]);
    return { out: lines.join("\n"), seen, error: null };
  } catch (error) {
    return { out: lines.join("\n"), seen, error: error as Error };
  } finally {
    console.log = print;
    server.closeAllConnections();
    server.close();
  }
}
