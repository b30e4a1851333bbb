// SPDX-License-Identifier: MIT
import type { TerminalDetail } from "@perigee/operator/contract";
import { api } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { date } from "../../format/time.ts";
import { AXIS_WORDS, codeWords } from "../../format/words.ts";
import { FailureNote } from "../../ui/notes.tsx";

/** Why it may or may not be online: one paragraph, then its grounds. */
export function ExplainPart({ terminal }: { terminal: TerminalDetail }) {
  const revision = `${terminal.admission?.outcome} ${terminal.admission?.reason} ${terminal.position?.territory}`;
  const explanation = useResource(`explain ${terminal.id}`, revision, () => api.explanation(terminal.id));
  const grounds = explanation.value?.grounds ?? [];
  return (
    <section aria-labelledby="explain">
      <h3 id="explain">Explain</h3>
      <p className="explain">{explanation.value?.paragraph ?? terminal.detail.explain}</p>
      {explanation.failure && <FailureNote failure={explanation.failure} retry={explanation.reload} />}
      {grounds.length > 0 && (
        <ul className="grounds" aria-label="Reasons and their sources">
          {grounds.map(ground => (
            <li key={`${ground.rule} ${ground.axis} ${ground.reason} ${ground.text}`}>
              <p>{ground.text}</p>
              <p className="quiet">
                {[
                  ground.axis && axisWords(ground.axis),
                  ground.value && codeWords(ground.value),
                  ground.asserter && `says ${ground.asserter}`,
                  ground.since && `since ${date(ground.since)}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
              <p className="quiet">
                Rule <code>{ground.rule}</code>
                {ground.source && <> · Source: {ground.source}</>}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function axisWords(axis: string): string {
  return axis in AXIS_WORDS ? AXIS_WORDS[axis as keyof typeof AXIS_WORDS] : codeWords(axis);
}
