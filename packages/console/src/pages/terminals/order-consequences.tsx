// SPDX-License-Identifier: MIT
import type { Order, TerminalRow } from "@perigee/operator/contract";
import { operatorNowMs } from "../../data/live-state.ts";
import { dateTime } from "../../format/time.ts";

/** What will happen, to how many, for how long, and how to undo it. */
export function OrderConsequences(props: {
  kind: "suspend" | "restore";
  terminal: TerminalRow;
  /** Who is signed in, and so gives the order. */
  officer: string | null;
  hours: number;
  openConnections: number | null;
  suspension: Order | null;
}) {
  const { terminal, hours, openConnections, suspension } = props;
  const who = `1 terminal: ${terminal.name} (${terminal.id})`;
  const holder = terminal.account ? `, held by ${terminal.account.holder}` : "";
  const until =
    Number.isInteger(hours) && hours >= 1 && hours <= 72
      ? `${hours} h, until ${dateTime(operatorNowMs() + hours * 3_600_000)}, then it ends by itself.`
      : "The hours you give below, at most 72; then it ends by itself.";
  const connections =
    openConnections === null
      ? "Its connections end"
      : openConnections === 0
        ? "No connection is open now"
        : openConnections === 1
          ? "Its one open connection ends"
          : `Its ${openConnections} open connections end`;
  return (
    <dl className="consequences">
      <dt>What happens</dt>
      <dd>
        {props.kind === "suspend"
          ? `Its traffic stops. ${connections}; new ones are refused. The account site and the emergency path stay reachable.`
          : `The order that suspends it ends${suspension ? ` (given by ${suspension.officer})` : ""}. Admission is decided anew; every other rule still applies.`}
      </dd>
      {props.officer && (
        <>
          <dt>By whom</dt>
          <dd>{props.officer}, as the ledger will say.</dd>
        </>
      )}
      <dt>To how many</dt>
      <dd>
        {who}
        {holder}.
      </dd>
      <dt>For how long</dt>
      <dd>{props.kind === "suspend" ? until : "For good, until another order or rule."}</dd>
      <dt>How to undo</dt>
      <dd>{props.kind === "suspend" ? "Restore…, at any time, on this page." : "Suspend…, on this page."}</dd>
    </dl>
  );
}
