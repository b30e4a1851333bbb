// SPDX-License-Identifier: MIT
import { getJson } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { count } from "../../format/number.ts";
import { dateTime } from "../../format/time.ts";
import { Mark } from "../../ui/mark.tsx";
import { FailureNote, Skeleton } from "../../ui/notes.tsx";
import { witnessMark } from "./witness-mark.ts";

interface WitnessState {
  readonly witness: string;
  readonly size: number;
  readonly at: string;
}

/** Who else signed the ledger's heads, and how far each has followed it. @param size entries of the newest head */
export function Witnesses({ size }: { size: number }) {
  const states = useResource("witnesses", size, () => getJson<WitnessState[]>("/v1/ledger/cosignatures"));
  return (
    <section aria-labelledby="witnesses">
      <h2 id="witnesses">Witnesses</h2>
      <p className="quiet">
        A witness signs a head only where the ledger grew from the last one that it signed. What it signed
        cannot be shown differently to somebody else.
      </p>
      {states.failure && <FailureNote failure={states.failure} retry={states.reload} />}
      {states.loading && <Skeleton lines={2} label="The witnesses are loading" />}
      {states.value?.length === 0 && (
        <p>
          <Mark tone="warn">No witness has signed a head yet.</Mark>{" "}
          <span className="quiet">Until one does, only whoever keeps old heads notices another history.</span>
        </p>
      )}
      {states.value !== null && states.value.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Witness</th>
              <th scope="col" data-figures>
                Entries signed
              </th>
              <th scope="col">State</th>
              <th scope="col">Date</th>
            </tr>
          </thead>
          <tbody>
            {states.value.map(state => {
              const [tone, words] = witnessMark(state.size, size);
              return (
                <tr key={state.witness}>
                  <th scope="row">{state.witness}</th>
                  <td data-figures>{count(state.size)}</td>
                  <td>
                    <Mark tone={tone}>{words}</Mark>
                  </td>
                  <td>{dateTime(state.at)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <p className="note-actions">
        <a href="/v1/ledger/checkpoint" download="checkpoint.txt">
          Newest checkpoint
        </a>
        <a href="/v1/ledger/key" download="ledger-key.json">
          Key
        </a>
      </p>
    </section>
  );
}
