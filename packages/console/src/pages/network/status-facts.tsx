// SPDX-License-Identifier: MIT
import type { Status } from "@perigee/operator/contract";
import { Link } from "wouter";
import { useSecondMs } from "../../data/ticker.ts";
import { count, quantity } from "../../format/number.ts";
import { age, clockTime, dateTime, secondsLeft } from "../../format/time.ts";
import { shortHash } from "../../format/words.ts";
import { Fact, Facts } from "../../ui/facts.tsx";

/** Terminals, slot, elements, data plane and rules as they are now. */
export function StatusFacts({ status }: { status: Status }) {
  const { terminals, slot, elements, plan, link, ledger } = status;
  return (
    <>
      <section className="tiles" aria-label="At a glance">
        <Tile name="Terminals served" value={count(terminals.served)} of={`of ${count(terminals.total)}`} />
        <Tile name="Refused" value={count(terminals.refused)} of="by rule or order" />
        <Tile
          name="Satellites"
          value={count(elements.satellites)}
          of={`${age(0, elements.ageDays * 86_400_000)} old`}
        />
        <SlotTile endMs={Date.parse(slot.end)} slot={slot.number} />
      </section>
      <section aria-labelledby="running">
        <h2 id="running">Running</h2>
        <Facts>
          <Fact name="Slot began">{clockTime(Date.parse(slot.start))} UTC</Fact>
          <Fact name="Plan computed in" hint={`${count(plan.changedSatellites)} satellites changed`}>
            {quantity(plan.computeMs, "ms", 0)}
          </Fact>
          <Fact name="Packet lateness" hint="median and 99th percentile">
            {quantity(link.latenessP50Ms, "ms")} · {quantity(link.latenessP99Ms, "ms")}
          </Fact>
          <Fact
            name="Authority"
            hint={link.authorityReachable ? "leases are renewed" : "no lease outlives it"}
          >
            {link.authorityReachable ? "Reachable" : "Cut off"}
          </Fact>
          <Fact name="Ledger">
            <Link href="/ledger">{count(ledger.size)} entries</Link>
          </Fact>
          <Fact name="Fault injection">
            {status.faultsEnabled ? "On: faults are possible by request" : "Off"}
          </Fact>
        </Facts>
      </section>
      <section aria-labelledby="elements">
        <h2 id="elements">Elements and rules</h2>
        {elements.ageWarning && (
          <p className="note warn" role="note">
            {elements.ageWarning}
          </p>
        )}
        <Facts>
          <Fact name="Elements from">{elements.source}</Fact>
          <ElementsAge elements={elements} />
          <Fact name="Checksum">
            <code title={elements.checksum}>{shortHash(elements.checksum)}</code>
          </Fact>
          <Fact name="Policy version">
            <code title={status.policyVersion}>{shortHash(status.policyVersion)}</code>
          </Fact>
          <Fact
            name="Borders in force"
            hint={`${status.boundaryView.asserter}, version ${status.boundaryView.version}`}
          >
            {status.boundaryView.title}
          </Fact>
          <Fact name="Software" hint={status.name}>
            Perigee {status.version}
          </Fact>
        </Facts>
      </section>
    </>
  );
}

function Tile({ name, value, of }: { name: string; value: string; of: string }) {
  return (
    <div className="tile">
      <span className="tile-name">{name}</span>
      <span className="tile-value figures">{value}</span>
      <span className="tile-of">{of}</span>
    </div>
  );
}

function SlotTile({ endMs, slot }: { endMs: number; slot: number }) {
  const left = secondsLeft(endMs, useSecondMs());
  return <Tile name="Slot ends in" value={`${left} s`} of={`slot ${count(slot)}`} />;
}

function ElementsAge({ elements }: { elements: Status["elements"] }) {
  const nowMs = useSecondMs();
  return (
    <Fact name="Median epoch" hint={`loaded ${age(Date.parse(elements.loadedAt), nowMs)} ago`}>
      {dateTime(elements.epoch)}
    </Fact>
  );
}
