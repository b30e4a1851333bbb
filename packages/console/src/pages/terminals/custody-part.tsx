// SPDX-License-Identifier: MIT
import { getJson } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { date } from "../../format/time.ts";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { useDecisions } from "../../ui/record-table/use-records.ts";
import { RecordLink } from "../record-link.tsx";

interface CustodyChain {
  readonly events: readonly {
    readonly id: string;
    readonly step: string;
    readonly sentence: string;
    readonly atMs: number;
    readonly fromParty: string | null;
    readonly toParty: string | null;
    readonly country: string | null;
    readonly asserter: string;
    readonly source: string;
  }[];
  readonly holder: string | null;
  readonly keeper: string | null;
  readonly faults: readonly { readonly eventId: string | null; readonly text: string }[];
}

/** From hand to hand: every link with who says so, and where the chain has a gap or contradicts itself. */
export function CustodyPart({ id }: { id: string }) {
  const decisions = useDecisions();
  const chain = useResource(`custody ${id}`, decisions, () =>
    getJson<CustodyChain>(`/v1/terminals/${encodeURIComponent(id)}/custody`),
  );
  const value = chain.value;
  const atTheEnd = value?.faults.filter(({ eventId }) => eventId === null) ?? [];
  return (
    <section aria-labelledby="custody">
      <h3 id="custody">From hand to hand</h3>
      {chain.failure && <FailureNote failure={chain.failure} retry={chain.reload} />}
      {chain.loading && <Skeleton lines={3} label="The chain of custody is loading" />}
      {value && value.events.length > 0 && (
        <p className="quiet">
          By these links it belongs to <RecordLink kind="party" id={value.holder} />
          {value.keeper !== value.holder && (
            <>
              {" "}
              and is with <RecordLink kind="party" id={value.keeper} />
            </>
          )}
          .
        </p>
      )}
      {value?.events.length === 0 && (
        <p className="gap">
          <Mark tone="warn">Nothing is on record of where it came from.</Mark>
        </p>
      )}
      <ol className="steps">
        {value?.events.map(event => {
          const faults = value.faults.filter(({ eventId }) => eventId === event.id);
          return (
            <li key={event.id} data-gap={faults.length > 0 || undefined}>
              {faults.map(({ text }) => (
                <p key={text} className="gap">
                  <Mark tone="warn">Gap</Mark> {text}
                </p>
              ))}
              <p>
                <strong>{date(event.atMs)}</strong> {event.sentence}
              </p>
              {(event.fromParty !== null || event.toParty !== null) && (
                <p>
                  <RecordLink kind="party" id={event.fromParty} /> →{" "}
                  <RecordLink kind="party" id={event.toParty} />
                  {event.country !== null && ` in ${event.country}`}
                </p>
              )}
              <p className="quiet">
                says {event.asserter} · {event.source}
              </p>
            </li>
          );
        })}
      </ol>
      {atTheEnd.map(({ text }) => (
        <p key={text} className="gap">
          <Mark tone="warn">Gap</Mark> {text}
        </p>
      ))}
    </section>
  );
}
