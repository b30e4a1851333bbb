// SPDX-License-Identifier: MIT
import type { Link } from "@perigee/operator/contract";
import { quantity } from "../../format/number.ts";
import { HOP_WORDS } from "../../format/words.ts";

/** The path hop by hop with each one-way delay, and how they add up to the round trip. */
export function PathTable({ link }: { link: Link }) {
  const totalKm = link.hops.reduce((sum, hop) => sum + hop.lengthKm, 0);
  const totalMs = link.hops.reduce((sum, hop) => sum + hop.delayMs, 0);
  return (
    <section aria-labelledby="path">
      <h3 id="path">Path</h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">To</th>
            <th scope="col">By</th>
            <th scope="col" data-figures>
              Length
            </th>
            <th scope="col" data-figures>
              One way
            </th>
          </tr>
        </thead>
        <tbody>
          {link.hops.map((hop, i) => (
            <tr key={`${hop.kind} ${link.nodes[i + 1]?.id}`}>
              <th scope="row">{link.nodes[i + 1]?.name}</th>
              <td>{HOP_WORDS[hop.kind]}</td>
              <td data-figures>{quantity(hop.lengthKm, "km", 0)}</td>
              <td data-figures>{quantity(hop.delayMs, "ms", 2)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All hops</th>
            <td>{link.hops.length} hops</td>
            <td data-figures>{quantity(totalKm, "km", 0)}</td>
            <td data-figures>{quantity(totalMs, "ms", 2)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="quiet">
        There and back {quantity(2 * totalMs, "ms")}, fixed part {quantity(link.fixedMs, "ms")}, and waiting
        for a turn: uplink grants every {quantity(link.access.grantPeriodMs, "ms")}. Together{" "}
        {quantity(link.rttMs.median, "ms")} in the median.
      </p>
    </section>
  );
}
