// SPDX-License-Identifier: MIT
import type { Admission, TerminalDetail } from "@perigee/operator/contract";
import { useSecondMs } from "../../data/ticker.ts";
import { place } from "../../format/number.ts";
import { age, secondsLeft } from "../../format/time.ts";
import { codeWords } from "../../format/words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";

const REACH: Record<Admission["reach"], string> = {
  all: "Everything",
  accountAndEmergency: "Account site and emergency path",
  nothing: "Nothing",
};

/** State, outcome with its reason, place. */
export function StatePart({ terminal }: { terminal: TerminalDetail }) {
  const nowMs = useSecondMs();
  const { admission, position } = terminal;
  return (
    <section aria-label="State">
      <Facts>
        <Fact name="State">{codeWords(terminal.state)}</Fact>
        {admission && (
          <>
            <Fact name="Reason" hint={<code>{admission.reason}</code>}>
              {codeWords(admission.reason)}
            </Fact>
            <Fact name="May reach">{REACH[admission.reach]}</Fact>
            <Fact name="Lease">
              {admission.leaseUntil
                ? `${secondsLeft(Date.parse(admission.leaseUntil), nowMs)} s left`
                : "None: no packet passes"}
            </Fact>
          </>
        )}
        {position ? (
          <>
            <Fact
              name="Place"
              hint={
                position.speedKmh === null
                  ? "somewhere in a cell of 12,000 km²; you may not see more"
                  : position.speedKmh >= 1
                    ? `moving, ${position.speedKmh.toFixed(0)} km/h`
                    : "standing still"
              }
            >
              {position.precision === "exact" ? place(position.latDeg, position.lonDeg) : "Not shown"}
            </Fact>
            <Fact
              name="Territory"
              hint={`cell ${position.cell}, seen ${age(Date.parse(position.at), nowMs)} ago`}
            >
              {position.territoryName}
            </Fact>
          </>
        ) : (
          <Fact name="Place">No position reported yet</Fact>
        )}
      </Facts>
    </section>
  );
}
