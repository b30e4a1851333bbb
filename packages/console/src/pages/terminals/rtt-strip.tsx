// SPDX-License-Identifier: MIT
import { useMemo, useRef } from "react";
import { useStore } from "../../data/external-store.ts";
import { rttHistory } from "../../data/rtt-history.ts";
import { quantity } from "../../format/number.ts";
import { useSize } from "../../ui/use-size.ts";
import { plotRtt } from "./rtt-plot.ts";

const HEIGHT = 96;
const LEFT = 44;

/** The round trip of the last ten minutes, with slot edges; a row of bars is missing where there was no link. */
export function RttStrip({ terminalId }: { terminalId: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const version = useStore(rttHistory.version, state => state.count);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the samples have changed
  const samples = useMemo(() => rttHistory.of(terminalId), [terminalId, version]);
  const plot = useMemo(() => plotRtt(samples, Math.max(0, width - LEFT), HEIGHT), [samples, width]);
  const last = samples.at(-1);
  const about = last
    ? `Round trip of the last ten minutes, now ${quantity(last.medianMs, "ms")}, ${plot?.handovers.length ?? 0} changes of satellite`
    : "No round trip yet";
  return (
    <figure className="strip" ref={box}>
      <svg width="100%" height={HEIGHT + 22} role="img" aria-label={about}>
        <g transform={`translate(${LEFT} 4)`}>
          {plot?.edges.map(x => (
            <line key={x} x1={x} x2={x} y1={0} y2={HEIGHT} className="edge" />
          ))}
          <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} className="axis" />
          {plot?.handovers.map(x => (
            <g key={x}>
              <line x1={x} x2={x} y1={0} y2={HEIGHT} className="handover" />
              <path d={`M${x - 3} 0h6l-3 5z`} className="handover-mark" />
            </g>
          ))}
          {plot && <path d={plot.floor} className="floor" />}
          {plot && <path d={plot.median} className="median" />}
        </g>
        {plot && (
          <g className="scale">
            <text x={LEFT - 6} y={12} textAnchor="end">
              {plot.mostMs} ms
            </text>
            <text x={LEFT - 6} y={HEIGHT + 4} textAnchor="end">
              {plot.leastMs} ms
            </text>
          </g>
        )}
        <g className="scale">
          <text x={LEFT} y={HEIGHT + 19}>
            −10 min
          </text>
          <text x={LEFT + (width - LEFT) / 2} y={HEIGHT + 19} textAnchor="middle">
            −5 min
          </text>
          <text x={width} y={HEIGHT + 19} textAnchor="end">
            slot's end
          </text>
        </g>
      </svg>
      <figcaption className="quiet">
        <span className="key median-key">median</span>
        <span className="key floor-key">floor</span>
        <span className="key handover-key">satellite changes</span>
        <span>thin lines: slot edges, every 15 s</span>
        {samples.length < 40 && <span>{samples.length} of 40 slots seen so far</span>}
      </figcaption>
    </figure>
  );
}
