// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { postgresCommands, start } from "./postgres.ts";

const skip = postgresCommands() === null ? "there is no PostgreSQL here" : false;

test("a cluster of one's own: it answers with its password only, and leaves nothing behind", {
  skip,
}, async () => {
  const postgres = await start();
  try {
    const ask = (url: string, question: string): string =>
      execFileSync(join(postgres.commands, "psql"), ["-qAtX", "-c", question, url], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      }).trim();
    assert.equal(ask(postgres.url, "select 6 * 7"), "42");
    assert.equal(ask(postgres.url, "show server_encoding"), "UTF8");
    ask(postgres.url, "create database another");
    assert.equal(ask(postgres.url.replace(/postgres$/, "another"), "select current_database()"), "another");
    const wrong = new URL(postgres.url);
    wrong.password = "guessed";
    assert.throws(() => ask(wrong.href, "select 1"), /password authentication failed/);
    const data = ask(postgres.url, "show data_directory");
    assert.ok(existsSync(data));
    const [, uid] = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${postgres.pid}/status`, "utf8"))!;
    assert.notEqual(uid, "0", "never as root");

    await postgres.stop();
    assert.equal(existsSync(join(data, "..")), false);
    assert.equal(existsSync(`/proc/${postgres.pid}`), false);
    assert.throws(() => ask(postgres.url, "select 1"));
  } finally {
    await postgres.stop();
  }
});
