// SPDX-License-Identifier: MIT
import { Collapsible } from "radix-ui";
import { useState } from "react";
import { useTheme } from "../../app/theme.ts";
import { CELL_LAYERS, LAYER_WORDS, useViewOptions } from "../../app/view-options.ts";
import { useShownTime } from "../../data/as-of.ts";
import { useLive } from "../../data/live-state.ts";
import { CELL_REASONS } from "../../data/planet.ts";
import { REASON_SENTENCES, REASON_WORDS, TIME_WORDS } from "../../format/planet-words.ts";
import { PlanetNote } from "../../pages/planet-note.tsx";
import { beamInk, CAPACITY_STEPS, type Ink, MET_STEPS, partlyInk, reasonInk } from "./cell-ink.ts";
import { CELL_PALETTES, type CellPalette } from "./cell-palette.ts";
import { CellSwatch } from "./cell-swatch.tsx";
import type { CellLayersState } from "./use-cell-layers.ts";

/** Chooses what cells show, and says what their looks mean or why there are none. */
export function CellPanel({ state }: { state: CellLayersState }) {
  const [{ layer }, changeView] = useViewOptions();
  const palette = CELL_PALETTES[useTheme()];
  const [open, setOpen] = useState(() => matchMedia("(min-width: 721px)").matches);
  const shown = layer !== "none";
  const ready = useShownTime().planSlot !== null;
  return (
    <Collapsible.Root className="cell-panel" open={open} onOpenChange={setOpen}>
      <div className="cell-panel-head">
        <label htmlFor="cell-layer">Cells</label>
        <select
          id="cell-layer"
          value={layer}
          title="What the cells show (c)"
          onChange={event =>
            changeView({ layer: CELL_LAYERS.find(name => name === event.target.value) ?? "none" })
          }
        >
          {CELL_LAYERS.map(name => (
            <option key={name} value={name}>
              {LAYER_WORDS[name]}
            </option>
          ))}
        </select>
        {shown && (
          <Collapsible.Trigger
            className="cell-panel-toggle"
            aria-label={open ? "Fold the meaning of the cells" : "Unfold the meaning of the cells"}
          >
            {open ? "−" : "+"}
          </Collapsible.Trigger>
        )}
      </div>
      {shown && (
        <Collapsible.Content className="cell-panel-body">
          <LayerState state={state} />
          {ready && layer === "coverage" && <ReasonKey palette={palette} near={state.near} />}
          {ready && layer === "capacity" && (
            <RampKey title="Carried to users, Mbit/s per km²" steps={CAPACITY_STEPS} palette={palette} />
          )}
          {ready && layer === "met" && (
            <RampKey
              title="Part of the demand that is carried, %"
              steps={MET_STEPS.map(step => (step > 0.999 ? 100 : 100 * step))}
              palette={palette}
            />
          )}
        </Collapsible.Content>
      )}
    </Collapsible.Root>
  );
}

/** Why there are no cells, or nothing when there are. */
function LayerState({ state }: { state: CellLayersState }) {
  const planet = useLive(live => live.planet);
  const { kind, planSlot } = useShownTime();
  if (planet && planet.state !== "ready") return <PlanetNote planet={planet} />;
  if (planSlot === null && kind !== "live")
    return (
      <p className="cell-panel-note" role="status">
        {kind === "coming"
          ? "Plans are made one slot ahead: of what comes only the satellites' positions are known."
          : "No plan of this slot is kept, so there are no cells to show."}
      </p>
    );
  if (state.failure) return <p className="cell-panel-note">{state.failure.message}</p>;
  if (state.loading || !planet) return <p className="cell-panel-note">The cells are loading…</p>;
  if (kind !== "live") return <p className="cell-panel-note">{TIME_WORDS[kind]}.</p>;
  return null;
}

function ReasonKey({ palette, near }: { palette: CellPalette; near: boolean }) {
  return (
    <ul aria-label="What the cells mean">
      {near ? (
        <>
          <li className="hues" aria-hidden="true">
            {palette.beams.map((_, colour) => (
              <CellSwatch key={palette.beams[colour]} ink={beamInk(palette, colour, 1)} />
            ))}
          </li>
          <li>Served: hue and number are the beam's frequency colour; fainter is less of its time</li>
        </>
      ) : (
        <>
          <Key
            ink={reasonInk(palette, "served")}
            text="Served"
            title="Each permitted cell where anyone wants service has a beam."
          />
          <Key
            ink={partlyInk(palette, "noBeam")}
            text="Partly; strokes say why"
            title="Some cells are served; the strokes are those of what keeps most of the others from it."
          />
        </>
      )}
      <UnservedKeys palette={palette} />
    </ul>
  );
}

function UnservedKeys({ palette }: { palette: CellPalette }) {
  return CELL_REASONS.filter(reason => reason !== "served").map(reason => (
    <Key
      key={reason}
      ink={reasonInk(palette, reason)}
      text={REASON_WORDS[reason]}
      title={REASON_SENTENCES[reason]}
    />
  ));
}

function Key({ ink, text, title }: { ink: Ink; text: string; title: string }) {
  return (
    <li title={title}>
      <CellSwatch ink={ink} />
      {text}
    </li>
  );
}

function RampKey(props: { title: string; steps: readonly number[]; palette: CellPalette }) {
  const { steps, palette } = props;
  return (
    <figure className="ramp">
      <figcaption>{props.title}</figcaption>
      <svg
        viewBox={`0 0 ${palette.ramp.length} 1`}
        preserveAspectRatio="none"
        width="100%"
        height="10"
        aria-hidden="true"
      >
        {palette.ramp.map((colour, step) => (
          <rect key={colour} x={step} width="1.02" height="1" fill={colour} />
        ))}
      </svg>
      <div className="ramp-steps figures">
        {steps.map(step => (
          <span key={step}>{step}</span>
        ))}
      </div>
      <ul aria-label="What else the cells mean">
        <UnservedKeys palette={palette} />
      </ul>
    </figure>
  );
}
