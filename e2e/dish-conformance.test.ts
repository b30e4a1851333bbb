// SPDX-License-Identifier: MIT
// The local API judged by a second implementation of HTTP/2, gRPC and protobuf: our conformance client on Debian's Python.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { disablementCode } from "@perigee/dish";
import type { DishView } from "@perigee/operator/contract";
import { type DishProcess, startDish } from "./dish-process.ts";
import { OperatorProcess, root } from "./operator-process.ts";

const PYTHON = "/usr/bin/python3";
const client = join(root, "e2e/conformance/client.py");
const factsFile = fileURLToPath(new URL("../../shared/reference/terminal-api-fields.json", import.meta.url));

const missing = existsSync(PYTHON)
  ? spawnSync(PYTHON, ["-c", "import grpc, google.protobuf"]).status === 0
    ? false
    : "no gRPC for Python here: `apt-get install python3-grpcio python3-protobuf` as root brings it"
  : `there is no ${PYTHON} here`;

interface Verdict {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs the client; all of what it printed is in the message of whoever expected otherwise. */
function judge(...words: string[]): Promise<Verdict> {
  return new Promise(done => {
    execFile(PYTHON, ["-B", client, ...words], { timeout: 240_000 }, (error, stdout, stderr) => {
      const lines = `${stdout}${stderr}`.trimEnd().split("\n");
      done({ code: error === null ? 0 : Number(error.code ?? 1), lines });
    });
  });
}

/** @param atLeast how many checks there have to be: a client that checks nothing passes nothing */
function passed({ code, lines }: Verdict, atLeast: number): void {
  assert.equal(code, 0, lines.join("\n"));
  const count = lines.filter(line => line.startsWith("ok ")).length;
  assert.ok(count >= atLeast, `${count} checks\n${lines.join("\n")}`);
}

const sockets = (dish: DishView): string[] => [
  ...[dish.grpc, "--dish-web", dish.grpcWeb],
  ...["--router", dish.routerGrpc],
];
const first = ({ dishes }: DishProcess): DishView => dishes[0]!;

/** Terminals of the demo, and where else they have to be for a code that the demo does not show. */
const elsewhere: Readonly<Record<string, { readonly latDeg: number; readonly lonDeg: number }>> = {
  // Kraków: 250 km from its service address.
  warsaw: { latDeg: 50.06, lonDeg: 19.94 },
  // In the middle of the Black Sea, on a plan for its coasts.
  "black-sea-ship": { latDeg: 43.2, lonDeg: 33 },
  // Leipzig, on a plan for Poland.
  "gdansk-workshop": { latDeg: 51.34, lonDeg: 12.37 },
};
const decided = [
  ...[disablementCode.OKAY, disablementCode.NO_ACTIVE_ACCOUNT, disablementCode.TOO_FAR_FROM_SERVICE_ADDRESS],
  ...[disablementCode.IN_OCEAN, disablementCode.BLOCKED_COUNTRY, disablementCode.CELL_IS_DISABLED],
  ...[disablementCode.ROAM_RESTRICTED, disablementCode.BLOCKED_AREA],
];

// The first waits for a restart meanwhile.
describe("the conformance client", { skip: missing, concurrency: 2 }, () => {
  test("everything that can be read, in every scene, and everything that its owner may do to it", async t => {
    await using process = await startDish("--port", "0", "--terminals", "4");
    const [read, staged, handled, puzzled] = process.dishes as [DishView, DishView, DishView, DishView];
    const policies = ["--location", "allowed", "--writes", "lan"];
    // Four terminals, so that they need not wait for each other.
    const [reading, scenes, acts, randoms] = await Promise.all([
      judge(...sockets(read), ...policies, "--facts", factsFile),
      judge(staged.grpc, "--admin", process.admin, "--terminal", staged.terminalId, "--only", "scenes"),
      judge(...sockets(handled), "--acts", "--only", "acts"),
      judge(...sockets(puzzled), "--random", "--only", "random"),
    ]);
    passed(reading, existsSync(factsFile) ? 67 : 63);
    passed(scenes, 15 + 14 + 20);
    passed(acts, 18);
    passed(randoms, 4);
    for (const line of reading.lines.filter(l => l.startsWith("skip"))) t.diagnostic(line);
  });

  for (const location of ["policy", "notEnabled"]) {
    test(`a terminal whose place is kept back (${location}), and whose settings only the cloud changes`, async () => {
      await using process = await startDish("--port", "0", "--location", location, "--writes", "cloud");
      const words = ["--location", location, "--writes", "cloud", "--only", "policies,requests"];
      passed(await judge(...sockets(first(process)), ...words), 24);
    });
  }

  test("terminals of an operator show what was decided, and that is what is reached behind them", async () => {
    const scenario = JSON.parse(readFileSync(join(root, "demo/scenario.json"), "utf8")) as {
      readonly world: { readonly terminals: { readonly id: string; track: unknown }[] };
    };
    for (const terminal of scenario.world.terminals) {
      const place = elsewhere[terminal.id];
      if (place !== undefined) terminal.track = [{ atS: 0, ...place }];
    }
    const folder = mkdtempSync(join(tmpdir(), "perigee-conformance-"));
    try {
      const path = join(folder, "scenario.json");
      writeFileSync(path, JSON.stringify(scenario));
      await using operator = await OperatorProcess.start({ faults: true, scenario: path });
      const [dish] = await operator.get<DishView[]>("/v1/dishes");
      const words = ["--operator", operator.url, "--codes", decided.join(","), "--only", "operator"];
      passed(await judge(dish!.grpc, ...words), scenario.world.terminals.length + decided.length + 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a client that nobody answers, or that is answered wrongly, says so and fails", async () => {
    const nobody = await judge("127.0.0.1:9", "--only", "requests");
    assert.deepEqual([nobody.code, nobody.lines.length], [1, 2], nobody.lines.join("\n"));
    assert.match(nobody.lines[1]!, /127\.0\.0\.1:9 does not reflect/);
    await using process = await startDish("--port", "0", "--location", "policy", "--scene", "stowed");
    const { code, lines } = await judge(
      first(process).grpc,
      "--location",
      "allowed",
      "--only",
      "rules,policies",
    );
    assert.equal(code, 1);
    const failed = lines.filter(line => line.startsWith("FAIL")).join("\n");
    assert.match(failed, /rules: 1: .*cause 2/);
    assert.match(failed, /policies: 8: .*it should have told its place/);
  });
});
