// SPDX-License-Identifier: MIT
// From the order to the link: leases by the hundred thousand are live at the data plane's gate, some of them of terminals
// with sockets and traffic; terminals are revoked one by one, and by the area.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { issueLeases, type LeaseClaims, leaseVerifier } from "@perigee/authority";
import { generateLedgerKey, type LedgerKey } from "@perigee/ledger";
import { connectLinkEngine, hostLinkEngine, type LinkEngineClient } from "@perigee/link";
import { linkState, type RawClient, serve, type TestServer, tunnelTo } from "@perigee/link/internal";
import { type Bench, quantile, round } from "./result.ts";

/** Leases live at once. */
const SIZES = [1_000, 10_000, 100_000] as const;
/** Terminals with a port, a tunnel and traffic. */
const SOCKETS = 100;
/** Terminals without a port that are revoked one by one. */
const SINGLES = 400;
/** Terminals of the area that is revoked at once, of which {@link SOCKETS} have sockets. */
const AREA = 10_000;
/** Leases under one signature, and in one message. */
const BATCH = 5_000;
const CELL = "8528308ffffffff";

if (!isMainThread && parentPort !== null) hostData();

/** The data plane's thread; it says what it uses when it is asked over a port of its own. */
function hostData(): void {
  const { publicKey, port } = workerData;
  const verify = leaseVerifier(publicKey);
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  hostLinkEngine(port, {
    verifyLease: (lease, atMs) => {
      const verified = verify(lease, atMs);
      return verified.ok ? { ok: true, claims: verified.value } : verified;
    },
  });
  /** Of the measuring itself; it is taken out. */
  let collectingUs = 0;
  parentPort!.on("message", () => {
    const { user, system } = process.threadCpuUsage();
    for (let pass = 0; pass < 3; pass++) collect();
    const { heapUsed, external } = process.memoryUsage();
    const collected = process.threadCpuUsage();
    collectingUs += collected.user + collected.system - user - system;
    const cpuMs = (collected.user + collected.system - collectingUs) / 1_000;
    parentPort!.postMessage({ bytes: heapUsed + external, cpuMs });
  });
}

interface Usage {
  readonly bytes: number;
  readonly cpuMs: number;
}

interface Run {
  readonly link: LinkEngineClient;
  readonly usage: () => Promise<Usage>;
  readonly key: LedgerKey;
  readonly server: TestServer;
  readonly clients: Map<string, RawClient>;
  readonly ids: readonly string[];
  atMs: number;
}

export const bench: Bench = async progress => {
  const figures: Record<string, number> = {};
  const perRevocation: number[] = [];
  const perThousand: number[] = [];
  // The first run is for the compiler; its figures are dropped.
  await runAt(SIZES[0], {}, () => {});
  for (const size of SIZES) {
    const cost = await runAt(size, figures, progress);
    perRevocation.push(cost.cpuUsPerRevocation);
    perThousand.push(cost.kibPerThousand);
  }
  return {
    workload: `${SIZES.at(-1)} signed leases live at one data plane thread; ${SOCKETS} terminals with a tunnel and traffic and ${SINGLES} without a port revoked one by one: from the order to the reset that the client meets, or to the acknowledgement after the gate has closed; then ${AREA} terminals in one message, ${SOCKETS} of them with traffic; then ${SOCKETS} transmitters ordered off`,
    checksum: createHash("sha256")
      .update(JSON.stringify([SIZES, SOCKETS, SINGLES, AREA]))
      .digest("hex"),
    figures,
    peers: {},
    ratios: {
      revocationCostAtHundredThousandToThousand: round(perRevocation.at(-1)! / perRevocation[0]!),
      memoryPerLeaseAtHundredThousandToThousand: round(perThousand.at(-1)! / perThousand[0]!),
    },
  };
};

async function runAt(
  size: number,
  figures: Record<string, number>,
  progress: (line: string) => void,
): Promise<{ readonly cpuUsPerRevocation: number; readonly kibPerThousand: number }> {
  const isLargest = size === SIZES.at(-1);
  const key = generateLedgerKey();
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { publicKey: key.publicKey, port: port2 },
    transferList: [port2],
  });
  const usage = async (): Promise<Usage> => {
    worker.postMessage("usage");
    const [figure] = await once(worker, "message");
    return figure;
  };
  await using link = connectLinkEngine(port1);
  await using server = await serve(socket => socket.pipe(socket));
  const ids = Array.from({ length: size }, (_, i) => `ut-${i}`);
  const run: Run = { link, usage, key, server, clients: new Map(), ids, atMs: Date.now() };

  await attach(run);
  const bare = await usage();
  await enrol(run);
  await lease(run, ids);
  const held = await usage();
  const kibPerThousand = (held.bytes - bare.bytes) / 1_024 / (size / 1_000);
  figures[`leaseCpuUsAt${size}`] = round(((held.cpuMs - bare.cpuMs) * 1_000) / size);
  figures[`kibPerThousandLeasesAt${size}`] = round(kibPerThousand);
  progress(`${size} leases live`);

  const socketMs = await cutSockets(run);
  const before = await usage();
  const gateMs = await cutAtGate(run);
  const cpuUsPerRevocation = (((await usage()).cpuMs - before.cpuMs) * 1_000) / gateMs.length;
  figures[`revocationCpuUsAt${size}`] = round(cpuUsPerRevocation);
  if (isLargest) {
    figures["cutOffP50Ms"] = round(quantile(socketMs, 0.5));
    figures["cutOffP99Ms"] = round(quantile(socketMs, 0.99));
    figures["cutOffMaxMs"] = round(Math.max(...socketMs));
    figures["cutOffAtGateP99Ms"] = round(quantile(gateMs, 0.99));
    const idle = await usage();
    await new Promise(resolve => setTimeout(resolve, 1_000));
    figures["idleCpuMsPerSecond"] = round((await usage()).cpuMs - idle.cpuMs);
    await cutArea(run, figures);
    await silence(run, figures);
    progress("area and transmitters off");
  }
  for (const { socket } of run.clients.values()) socket.destroy();
  await link[Symbol.asyncDispose]();
  await worker.terminate();
  return { cpuUsPerRevocation, kibPerThousand };
}

/** The first {@link SOCKETS} terminals get a port. */
async function attach({ link, ids }: Run): Promise<void> {
  for (const terminalId of ids.slice(0, SOCKETS)) {
    const attached = await link.attach({ terminalId, port: 0 });
    if (!attached.ok) throw new Error(attached.error.message);
    ports.set(terminalId, attached.value.port);
    await link.setLinkStates([linkState({ terminalId, oneWayMs: [5, 5, 5], downMbps: 100, upMbps: 20 })]);
  }
}

/** All other terminals get a place at the gate. */
async function enrol({ link, ids }: Run): Promise<void> {
  const enrolled = await link.enrol(ids.slice(SOCKETS));
  if (!enrolled.ok || enrolled.value.rejected.length > 0) throw new Error("not all were enrolled");
}

const ports = new Map<string, number>();

async function lease(run: Run, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    // Later than every lease and revocation before, and not ahead of the other thread's clock.
    run.atMs = Math.max(run.atMs + 2, Date.now());
    const claims = ids.slice(from, from + BATCH).map(
      (terminalId): LeaseClaims => ({
        terminalId,
        cells: [CELL],
        reach: "all",
        policyVersion: "bench",
        issuedAtMs: run.atMs,
        expiresAtMs: run.atMs + 60_000,
      }),
    );
    const installed = await run.link.installLeases(issueLeases(claims, run.key, run.atMs));
    if (!installed.ok || installed.value.rejected.length > 0)
      throw new Error(JSON.stringify(installed.ok ? installed.value.rejected[0] : installed.error));
  }
}

/** A tunnel with an echo going round for each terminal with a port. */
async function traffic({ clients, server, ids }: Run): Promise<void> {
  for (const terminalId of ids.slice(0, SOCKETS)) {
    const client = await tunnelTo(ports.get(terminalId)!, server.port);
    client.socket.removeAllListeners("data");
    client.socket.on("data", (chunk: Buffer) => client.socket.write(chunk));
    client.send(Buffer.alloc(1_200));
    clients.set(terminalId, client);
  }
}

const revokeOne = (run: Run, terminalId: string) =>
  run.link.revokeMany([terminalId], { code: "SUSPENDED", message: "Bench.", atMs: ++run.atMs });

/** From the order to the reset that the terminal's program meets in the middle of its traffic; ms each. */
async function cutSockets(run: Run): Promise<number[]> {
  await traffic(run);
  await new Promise(resolve => setTimeout(resolve, 200));
  const spentMs: number[] = [];
  for (const terminalId of run.ids.slice(0, SOCKETS)) {
    const orderedMs = performance.now();
    const given = revokeOne(run, terminalId);
    if ((await run.clients.get(terminalId)!.closed) !== "reset") throw new Error("not reset");
    spentMs.push(performance.now() - orderedMs);
    const report = await given;
    if (!report.ok || report.value.reset !== 1) throw new Error("one connection was to be reset");
  }
  return spentMs;
}

/** From the order to the acknowledgement, which is given after the gate has closed; ms each. */
async function cutAtGate(run: Run): Promise<number[]> {
  const { link, ids } = run;
  const spentMs: number[] = [];
  const some = ids.slice(-SINGLES);
  for (const terminalId of some) {
    const orderedMs = performance.now();
    const report = await revokeOne(run, terminalId);
    spentMs.push(performance.now() - orderedMs);
    if (!report.ok || report.value.revoked !== 1) throw new Error("one lease was to end");
  }
  const verdict = await link.permits(some[0]!, "all");
  if (!verdict.ok || verdict.value?.code !== "SUSPENDED") throw new Error("the gate is open");
  return spentMs;
}

async function cutArea(run: Run, figures: Record<string, number>): Promise<void> {
  const { link, ids, clients } = run;
  await lease(run, ids.slice(0, AREA));
  await traffic(run);
  const area = ids.slice(0, AREA);
  const cpu = await run.usage();
  const orderedMs = performance.now();
  const given = link.revokeMany(area, { code: "LEGAL_REGIME", message: "Bench.", atMs: ++run.atMs });
  const resets = await Promise.all(
    area.slice(0, SOCKETS).map(async id => {
      await clients.get(id)!.closed;
      return performance.now() - orderedMs;
    }),
  );
  const report = await given;
  figures["areaAcknowledgedMs"] = round(performance.now() - orderedMs);
  figures["areaResetP99Ms"] = round(quantile(resets, 0.99));
  figures["areaResetMaxMs"] = round(Math.max(...resets));
  figures["areaCpuMs"] = round((await run.usage()).cpuMs - cpu.cpuMs);
  if (!report.ok || report.value.revoked !== AREA || report.value.reset !== SOCKETS)
    throw new Error("the area was not cut");
}

async function silence(run: Run, figures: Record<string, number>): Promise<void> {
  const { link, ids, clients } = run;
  const some = ids.slice(0, SOCKETS);
  await lease(run, some);
  await traffic(run);
  const sinceMs: number[] = [];
  for (const terminalId of some) {
    const orderedMs = performance.now();
    const order = { terminalId, sequence: 1, transmit: "off", sparesEmergency: true } as const;
    const given = link.transmit([{ ...order, code: "TX_OFF", message: "Bench." }]);
    await clients.get(terminalId)!.closed;
    sinceMs.push(performance.now() - orderedMs);
    await given;
  }
  await lease(run, some);
  const verdict = await link.permits(some[0]!, "all");
  if (!verdict.ok || verdict.value?.code !== "TX_OFF") throw new Error("a lease gave back a transmitter");
  figures["txOffMaxMs"] = round(Math.max(...sinceMs));
}
