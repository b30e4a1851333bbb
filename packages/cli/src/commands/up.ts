// SPDX-License-Identifier: MIT
import { once } from "node:events";
import { startOperator } from "@perigee/operator";
import { CliError, type Command } from "../command.ts";
import { consoleFolder } from "../demo.ts";
import { Progress } from "../progress.ts";
import { readConfig } from "../read-config.ts";

/** `perigee up`: an operator in this process, until it is told to stop. */
export const up: Command = {
  name: "up",
  usage: [
    [
      "up [--data dir] [--port n] [--scenario file] …",
      "start the operator; `config --explain` lists every setting",
    ],
  ],
  run: args => runUp(args, Promise.resolve(consoleFolder)),
};

/**
 * Starts an operator and waits for its end.
 *
 * @param consoleBuilt - Folder of the built console; the operator's own start goes on meanwhile.
 */
export async function runUp(args: readonly string[], consoleBuilt: Promise<string>): Promise<void> {
  const { config } = readConfig(args);
  const progress = new Progress();
  const failed = Promise.withResolvers<never>();
  const started = await startOperator({
    config,
    consoleFolder: consoleBuilt,
    progress: step => progress.step(step),
    onFailure: error => failed.reject(error),
  });
  progress.done();
  if (!started.ok) {
    const { code, message, place } = started.error;
    throw new CliError(`${message} [${code} at ${place}]`);
  }
  await using operator = started.value;
  const rows = operator.context.views.terminals();
  const width = Math.max(...rows.map(r => r.id.length));
  const reasons = Math.max(...rows.map(r => r.admission?.reason.length ?? 0));
  console.log(`  console    ${operator.url}/`);
  if (operator.firstSignIn !== null) {
    const { person, link, expiresAtMs } = operator.firstSignIn;
    console.log(`  sign in    ${link}`);
    console.log(
      `             sets the password of ${person.name} (${person.email}), once, until ${new Date(expiresAtMs).toISOString()}`,
    );
  } else if (config.signIn === "open") {
    console.log(
      "  sign in    open: no passwords; whoever reaches this port may act as anyone (--sign-in local)",
    );
  }
  console.log("  terminals  (SOCKS5 and HTTP on one port each)");
  for (const row of rows) {
    const reason = row.admission?.reason ?? "-";
    console.log(
      `    ${row.id.padEnd(width)}  ${reason.padEnd(reasons)}  socks5h://${row.proxy.socks5}  ${row.name}`,
    );
  }
  const [dish] = operator.context.dishes.list();
  if (dish !== undefined)
    console.log(
      `  dishes     ${dish.terminalId} answers gRPC on ${dish.grpc}, gRPC-Web on ${dish.grpcWeb}; the others: perigee dish list`,
    );
  const served = rows.find(r => r.admission?.reach === "all" && r.link !== null) ?? rows[0]!;
  console.log(`  try        curl --proxy socks5h://${served.proxy.socks5} http://account.perigee/`);
  console.log(`Ready in ${(process.uptime()).toFixed(1)} s. Ctrl-C stops it.`);
  await Promise.race([
    ...["SIGINT", "SIGTERM", "SIGHUP"].map(signal => once(process, signal)),
    failed.promise,
  ]);
  console.log("Stopping.");
}
