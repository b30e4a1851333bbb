// SPDX-License-Identifier: MIT
import type { TerminalDetail } from "@perigee/operator/contract";
import { bytes, count, percent, quantity } from "../../format/number.ts";
import { Fact, Facts } from "../../ui/facts.tsx";
import { EmptyNote } from "../../ui/notes.tsx";
import { RttStrip } from "./rtt-strip.tsx";

/** The link in this slot, the round trip over the last ten minutes, and what was carried. */
export function LinkPart({ terminal }: { terminal: TerminalDetail }) {
  const { link, traffic } = terminal.detail;
  // Its row has a link, its page does not: the operator keeps it from who may not see positions.
  const withheld = link === null && terminal.link !== null;
  return (
    <section aria-labelledby="link">
      <h3 id="link">Link now</h3>
      {link ? (
        <Facts columns={3}>
          <Fact name="Round trip, median">{quantity(link.rttMs.median, "ms")}</Fact>
          <Fact name="Round trip, floor">{quantity(link.rttMs.floor, "ms")}</Fact>
          <Fact name="Loss">{percent(link.lossProbability)}</Fact>
          <Fact name="Down">{quantity(link.downMbps, "Mbit/s", 0)}</Fact>
          <Fact name="Up">{quantity(link.upMbps, "Mbit/s", 0)}</Fact>
          <Fact name="Elevation, azimuth">
            {quantity(link.elevationDeg, "°", 0)}, {quantity(link.azimuthDeg, "°", 0)}
          </Fact>
          <Fact name="Satellite">{link.satellite.name}</Fact>
          <Fact name="Gateway">{link.gateway.name}</Fact>
          <Fact name="PoP">
            {link.pop.city} <code>{link.pop.code}</code>
          </Fact>
        </Facts>
      ) : (
        <EmptyNote
          title={
            withheld ? `${quantity(terminal.link?.rttMs ?? 0, "ms")} round trip.` : "No link in this slot."
          }
        >
          {withheld
            ? "You may not see where terminals are, and the path to it would show that."
            : terminal.admission?.linked === false
              ? "The terminal is not admitted, so no satellite serves it."
              : "No satellite with a way to a gateway is high enough over it, or it has no position."}
        </EmptyNote>
      )}
      <RttStrip terminalId={terminal.id} />
      <Facts columns={3}>
        <Fact name="Open connections">{count(traffic.openConnections)}</Fact>
        <Fact name="Carried, down and up">
          {bytes(traffic.downBytes)}, {bytes(traffic.upBytes)}
        </Fact>
        <Fact name="Refused connections">{count(traffic.refused)}</Fact>
      </Facts>
    </section>
  );
}
