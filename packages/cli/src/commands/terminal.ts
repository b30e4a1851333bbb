// SPDX-License-Identifier: MIT
import type { RecordKinds } from "@perigee/authority";
import type { Order, OrderRequest, TerminalDetail, TerminalRow } from "@perigee/operator/contract";
import { fetchRecords } from "../authority/records.ts";
import { CliError, type Command, printTable, readArguments } from "../command.ts";
import { clientFlags, connect } from "../operator-client.ts";

type CustodyEvent = RecordKinds["custody"];

const flagsOf = {
  ...clientFlags,
  ground: { type: "string" },
  hours: { type: "string" },
} as const;

/** `perigee terminal …`: see terminals, stop one, let it back. */
export const terminal: Command = {
  name: "terminal",
  usage: [
    ["terminal list", "every terminal: may it be online, and how is it served"],
    ["terminal show <id>", "one terminal: link, path, orders, decisions"],
    [
      "terminal suspend <id> --ground <why> [--hours 1..72] [--as person]",
      "cut one terminal off, for at most 72 hours",
    ],
    ["terminal history <id>", "from hand to hand, and every decision about it"],
    ["terminal restore <id> --ground <why> [--as person]", "end a suspension"],
  ],
  async run(args) {
    const { words, flags } = readArguments(args, flagsOf);
    const [verb, id] = words;
    const operator = connect(flags);
    const named = (): string => {
      if (id === undefined) throw new CliError(`which terminal? perigee terminal ${verb} <id>`, 2);
      return encodeURIComponent(id);
    };
    switch (verb) {
      case "list": {
        const rows = await operator.get<TerminalRow[]>("/v1/terminals");
        if (flags.json) return void console.log(JSON.stringify(rows));
        return printTable(
          ["id", "outcome", "reason", "place", "rtt ms", "down", "satellite", "gateway", "pop", "proxy"],
          rows.map(row => [
            row.id,
            row.admission?.outcome ?? "-",
            row.admission?.reason ?? "-",
            row.position?.territoryName ?? "-",
            row.link ? row.link.rttMs.toFixed(1) : "-",
            row.link ? `${row.link.downMbps.toFixed(0)} Mbps` : "-",
            row.link?.satellite ?? "-",
            row.link?.gateway ?? "-",
            row.link?.pop ?? "-",
            row.proxy.socks5,
          ]),
        );
      }
      case "show": {
        const row = await operator.get<TerminalDetail>(`/v1/terminals/${named()}`);
        return flags.json ? void console.log(JSON.stringify(row)) : show(row);
      }
      case "history": {
        const { detail, ...row } = await operator.get<TerminalDetail>(`/v1/terminals/${named()}`);
        const { items } = await fetchRecords<CustodyEvent>(operator, "custody", {
          ...{ where: [`terminalId:${id}`], sort: "atMs", limit: "1000" },
        });
        if (flags.json)
          return void console.log(JSON.stringify({ custody: items, decisions: detail.decisions }));
        console.log(`${row.id}: ${row.name}, ${row.state}`);
        if (items.length === 0) console.log("Nothing is on record of its way from hand to hand.");
        else printCustody(items);
        return printDecisions(detail.decisions);
      }
      case "suspend":
      case "restore": {
        named();
        if (flags.ground === undefined)
          throw new CliError("why? --ground takes the named ground of the order", 2);
        const request: OrderRequest = {
          kind: verb,
          terminalId: id!,
          ground: flags.ground,
          ...(verb === "suspend" ? { hours: Number(flags.hours ?? 24) } : {}),
        };
        const order = await operator.post<Order>("/v1/orders", request);
        if (flags.json) return void console.log(JSON.stringify(order));
        const until = order.expiresAt === null ? "" : ` until ${order.expiresAt}`;
        return void console.log(
          `${order.terminalId}: ${order.kind} by ${order.officer}${until}; ledger entry ${order.ledgerIndex}`,
        );
      }
      default:
        throw new CliError(`terminal ${verb ?? ""}: say list, show, history, suspend or restore`, 2);
    }
  },
};

function show(row: TerminalDetail): void {
  const { detail } = row;
  console.log(`${row.id}: ${row.name}`);
  console.log(
    `  account   ${row.account ? `${row.account.holder} (${row.account.country}), plan ${row.plan}` : "none"}`,
  );
  console.log(`  state     ${row.state}`);
  if (row.position) {
    const { precision, latDeg, lonDeg, territoryName, zone, cell } = row.position;
    console.log(
      precision === "exact"
        ? `  place     ${latDeg.toFixed(3)}, ${lonDeg.toFixed(3)}: ${territoryName}, ${zone}; cell ${cell}`
        : `  place     ${territoryName}, ${zone}; somewhere in the large cell ${cell}`,
    );
  }
  console.log(`  proxy     socks5h://${row.proxy.socks5}`);
  console.log(`  ${detail.explain}`);
  if (detail.link) {
    console.log(
      `  link      ${detail.link.rttMs.median.toFixed(1)} ms median, ${detail.link.downMbps.toFixed(0)} / ${detail.link.upMbps.toFixed(0)} Mbps`,
    );
    detail.link.hops.forEach((hop, i) => {
      const to = detail.link!.nodes[i + 1]!;
      console.log(
        `    ${hop.kind.padEnd(6)} ${hop.lengthKm.toFixed(0).padStart(6)} km ${hop.delayMs.toFixed(2).padStart(7)} ms  to ${to.name}`,
      );
    });
  }
  printDecisions(detail.decisions.slice(0, 10));
}

function printCustody(events: readonly CustodyEvent[]): void {
  printTable(
    ["when", "step", "from", "to", "where", "says who", "source"],
    events.map(({ atMs, step, fromParty, toParty, country, asserter, source }) => [
      ...[new Date(atMs).toISOString(), step, fromParty ?? "-", toParty ?? "-", country ?? "-"],
      ...[asserter, source],
    ]),
  );
}

function printDecisions(decisions: TerminalDetail["detail"]["decisions"]): void {
  for (const { at, ledgerIndex, text } of decisions) console.log(`  ${at}  ledger ${ledgerIndex}  ${text}`);
}
