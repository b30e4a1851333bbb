// SPDX-License-Identifier: MIT
import type { MitigationView, SignalView } from "@perigee/operator/contract";
import { dateTime } from "../../format/time.ts";

/** Patterns that a terminal shows, each never without whom else it fits. */
export function Signals({ signals }: { signals: readonly SignalView[] }) {
  if (signals.length === 0) return null;
  return (
    <div>
      <h3>Patterns</h3>
      <ul className="signals">
        {signals.map(({ id, pattern, title, family, text, falsePositives, at }) => (
          <li key={id}>
            <p>
              <strong>{title}</strong> <span className="tag">{pattern}</span>
              <span className="tag">{family}</span>
            </p>
            <p>
              {text} <span className="quiet">{dateTime(at)}</span>
            </p>
            <p className="also-fits">
              <strong>Also fits:</strong> {falsePositives}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What the record says for a terminal. */
export function Mitigations({ mitigations }: { mitigations: readonly MitigationView[] }) {
  if (mitigations.length === 0) return null;
  return (
    <div>
      <h3>On record for it</h3>
      <ul className="plain">
        {mitigations.map(({ kind, record, text }) => (
          <li key={`${kind} ${record}`}>
            {text} <code className="quiet">{record}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
