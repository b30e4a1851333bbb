// SPDX-License-Identifier: MIT
// A PostgreSQL of one's own for as long as tests run: a new cluster in a temporary folder, reachable with its password
// on a loopback port, gone afterwards. Whatever cluster the machine runs already is left alone.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const USER = "perigee";
const READY_WITHIN_MS = 60_000;
const ENDS_WITHIN_MS = 10_000;

export interface Postgres {
  /** `postgres://…` with user, password and port, to the empty database `postgres`. Each test makes its own in it. */
  readonly url: string;
  /** Folder of `psql` and the other commands of the same version. */
  readonly commands: string;
  readonly pid: number;
  /** Ends the server and removes the cluster. */
  stop(): Promise<void>;
}

/** The folder with `initdb` and `postgres`: Debian's, the newest, or one on the path; `null` where there is none. */
export function postgresCommands(): string | null {
  const debian = globSync("/usr/lib/postgresql/*/bin").sort((a, b) => versionOf(b) - versionOf(a));
  const folders = [...debian, ...(process.env["PATH"] ?? "").split(":")];
  return folders.find(f => ["initdb", "postgres"].every(name => existsSync(join(f, name)))) ?? null;
}

const versionOf = (folder: string): number => Number(folder.split("/").at(-2));

/**
 * Starts a cluster.
 *
 * @throws Error when there is no PostgreSQL here, or it does not start; with what it printed.
 */
export async function start(): Promise<Postgres> {
  const commands = postgresCommands();
  if (commands === null) throw new Error("there is no PostgreSQL here");
  const folder = mkdtempSync(join(tmpdir(), "perigee-postgres-"));
  try {
    const identity = unprivileged();
    // The server's user owns the folder, or else could not reach into it.
    if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid!);
    chmodSync(folder, 0o700);
    const password = randomBytes(18).toString("base64url");
    initialise(commands, folder, password, identity);
    const port = await freePort();
    const server = serve(commands, folder, port, identity);
    await ready(server);
    return {
      url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
      commands,
      pid: server.pid!,
      stop: async () => {
        await end(server);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, or `nobody` where that user is missing. */
function unprivileged(): Identity {
  if (process.getuid?.() !== 0) return {};
  const users = new Map(
    readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map(line => line.split(":"))
      .map(([name, , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  const found = users.get("postgres") ?? users.get("nobody");
  if (found === undefined)
    throw new Error("neither postgres nor nobody is a user here, and root may not run it");
  return found;
}

/** Messages are read below: they come in English. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" });

function initialise(commands: string, folder: string, password: string, identity: Identity): void {
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (identity.uid !== undefined) chownSync(secret, identity.uid, identity.gid!);
  const args = ["--pgdata", join(folder, "data"), "--username", USER, "--pwfile", secret];
  args.push("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync");
  const { status, stdout, stderr, error } = spawnSync(join(commands, "initdb"), args, {
    cwd: folder,
    encoding: "utf8",
    env: environment(),
    ...identity,
  });
  if (status !== 0) throw new Error(`initdb: ${error?.message ?? `${stdout}\n${stderr}`}`);
  rmSync(secret);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

function serve(commands: string, folder: string, port: number, identity: Identity): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    max_connections: "60",
    shared_buffers: "64MB",
    // What a power cut would cost is nothing here.
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    logging_collector: "off",
  };
  const args = ["-D", join(folder, "data"), "-p", String(port)];
  for (const [key, value] of Object.entries(settings)) args.push("-c", `${key}=${value}`);
  return spawn(join(commands, "postgres"), args, {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
    ...identity,
  });
}

async function ready(server: ChildProcess): Promise<void> {
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((done, fail) => {
      timer = setTimeout(() => fail(new Error(`PostgreSQL is not ready:\n${said}`)), READY_WITHIN_MS);
      server.on("error", fail);
      server.on("exit", code => fail(new Error(`PostgreSQL ended with code ${code}:\n${said}`)));
      server.stderr!.on("data", chunk => {
        said += chunk;
        if (said.includes("ready to accept connections")) done();
      });
    });
  } catch (error) {
    server.kill("SIGKILL");
    throw error;
  } finally {
    clearTimeout(timer);
    server.removeAllListeners("exit");
    // What it says from now on is read and dropped: a full pipe would stop it.
    server.stderr!.removeAllListeners("data").resume();
  }
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are cut off, no child stays behind. SIGQUIT is the immediate one. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGINT");
  const late = setTimeout(() => server.kill("SIGQUIT"), ENDS_WITHIN_MS);
  await gone;
  clearTimeout(late);
}
