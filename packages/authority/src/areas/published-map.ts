// SPDX-License-Identifier: MIT
import { type BoundaryView, distanceKm, type Place, type Position, placeOf } from "@perigee/earth";
import type { AdmissionFacts, ExceptionFacts } from "../admission/admission-facts.ts";
import { noRoamDays } from "../admission/roam-days.ts";
import { answerOf } from "../admission.ts";
import { isInForce } from "../area-rules.ts";
import type { LicenceException, SiteException } from "../decisions/exceptions.ts";
import { defaultPositionErrorKm, type EdgeAtHand } from "../location-facts.ts";
import { countryOf } from "../location-history.ts";
import type { Policy } from "../policy.ts";
import { type ReasonCode, reasonOrder } from "../reasons.ts";
import { manufactureTerminal } from "../terminal.ts";
import { inInterval, territoriesOf } from "../territory.ts";
import { AreaIndex } from "./area-index.ts";
import { type CellFrame, cellFrame, cellNet, keyOf, netSpacingKm, placesIn } from "./cell-net.ts";

/** What the map of availability shows of a cell: what an ordinary terminal gets there. */
export type PublishedState =
  | { readonly state: "served" }
  | { readonly state: "notServed"; readonly reasons: readonly ReasonCode[] }
  /** Served in some places of the cell and not in others. */
  | { readonly state: "inPart"; readonly reasons: readonly ReasonCode[] }
  /** Rules hold here that are not published yet. */
  | { readonly state: "notPublished" };

/** What the map is a projection of. */
export interface MapInput {
  /** The policy in force, with what is sealed. */
  readonly policy: Policy;
  readonly view: BoundaryView;
  readonly atMs: number;
  readonly areas?: AreaIndex;
  /** From `sealedTerritories`. */
  readonly sealed?: ReadonlySet<string>;
  /** For {@link PublishedMap.mayBeServed}: exceptions for sites, and the licences that they cite. */
  readonly exceptions?: Iterable<SiteException>;
  readonly licences?: Iterable<LicenceException>;
}

/** A kind of place: points of one kind get the same answer. */
interface Kind {
  readonly place: Pick<Place, "territory" | "country" | "zone">;
  /** Operator areas that contain it, sorted. */
  readonly areas: readonly string[];
  /** Areas whose edge is within its guard band, sorted. */
  readonly atHand: readonly string[];
}

interface Answer {
  readonly served: boolean;
  readonly reason: ReasonCode;
}

/** More areas than this whose line is somewhere in a cell, and it is said to be in part without looking closer. */
const mostUncertain = 6;

/**
 * The map of availability, derived from the rules of admission and from nothing else: every kind of place in a cell is put
 * before admission itself.
 *
 * The ordinary terminal is in order, stands still, belongs to the country it is in, has the plan that serves it best, and
 * is on no list.
 */
export class PublishedMap {
  readonly #input: MapInput;
  readonly #areas: AreaIndex;
  readonly #exceptions: readonly SiteException[];
  readonly #licences: ReadonlyMap<string, LicenceException>;
  readonly #answers = new Map<string, Answer>();
  readonly #linked = new Map<string, boolean>();

  constructor(input: MapInput) {
    this.#input = input;
    this.#areas = input.areas ?? new AreaIndex([]);
    this.#exceptions = [...(input.exceptions ?? [])].filter(({ fromMs, toMs }) =>
      inInterval(input.atMs, fromMs, toMs),
    );
    this.#licences = new Map(Array.from(input.licences ?? [], licence => [licence.id, licence]));
  }

  /** What an ordinary terminal gets in a cell. */
  state(cell: string): PublishedState {
    const frame = cellFrame(cell);
    const { kinds, surely } = this.#kindsIn(cell, frame);
    if (this.#isSealed(cell, kinds)) return { state: "notPublished" };
    const answers = kinds.map(kind => this.#answer(kind));
    const refusals = new Set(answers.filter(({ served }) => !served).map(({ reason }) => reason));
    const reasons = reasonOrder.filter(reason => refusals.has(reason));
    if (answers.every(({ served }) => served))
      return surely ? { state: "served" } : { state: "inPart", reasons };
    if (answers.some(({ served }) => served) || !surely) return { state: "inPart", reasons };
    return { state: "notServed", reasons };
  }

  /**
   * Whether a cell gets a beam: whether any terminal in it may be linked. Restricted terminals keep their link, so an
   * allow-list closes no cell; an exception opens those of its site. Calls for help are not planned for.
   */
  mayBeServed(cell: string): boolean {
    const frame = cellFrame(cell);
    const { kinds, surely } = this.#kindsIn(cell, frame);
    if (!surely || kinds.some(kind => this.#isLinked(kind, []))) return true;
    const near = this.#exceptions.filter(
      ({ site, radiusKm }) => distanceKm(site, frame.centre) <= radiusKm + frame.reachKm,
    );
    return near.some(exception => kinds.some(kind => this.#isLinked(kind, [this.#factsOf(exception)])));
  }

  /**
   * The kinds of place in a cell: those of the points of its net, and where an area's line or the edge of its guard band
   * runs between the points, those of the side that no point lies on.
   */
  #kindsIn(cell: string, frame: CellFrame): { readonly kinds: readonly Kind[]; readonly surely: boolean } {
    const { view, atMs } = this.#input;
    let net: readonly Position[] | undefined;
    const points = (): readonly Position[] => {
      net ??= cellNet(frame);
      return net;
    };
    const places = placesIn(frame, view, points);
    const { inside, split } = this.#areas.ofCell(cell, atMs);
    const bands = this.#bandsNear(frame);
    if (split.length === 0 && bands.length === 0) {
      return { kinds: places.map(place => ({ place, areas: inside, atHand: [] })), surely: true };
    }
    const kinds = new Map<string, Kind>();
    const add = (kind: Kind): void => {
      kinds.set(kindKey(kind), kind);
    };
    const [only] = places;
    const distances = bands.map(() => ({ least: Number.POSITIVE_INFINITY, most: 0 }));
    for (const { latDeg, lonDeg } of points()) {
      const place = places.length === 1 ? only! : placeOf(latDeg, lonDeg, view);
      // A point on a cell's side may be counted to the cell beyond, so the areas of the whole cell are not looked up again.
      const areas = [...inside, ...split.filter(id => this.#shapeAt(id)?.contains(latDeg, lonDeg))].sort();
      const atHand = bands.flatMap(({ shape, reachKm }, i) => {
        const km = shape.distanceKm(latDeg, lonDeg);
        distances[i]!.least = Math.min(distances[i]!.least, km);
        distances[i]!.most = Math.max(distances[i]!.most, km);
        return km <= reachKm ? [shape.id] : [];
      });
      add({ place, areas, atHand: atHand.sort() });
    }
    const seen = [...kinds.values()];
    const slackKm = netSpacingKm(frame);
    const unseenAreas = split.filter(id => isOneSided(seen, kind => kind.areas.includes(id)));
    const unseenBands = bands
      .filter(({ shape, reachKm }, i) => {
        const { least, most } = distances[i]!;
        const mayBoth = least - slackKm <= reachKm && most + slackKm > reachKm;
        return mayBoth && isOneSided(seen, kind => kind.atHand.includes(shape.id));
      })
      .map(({ shape }) => shape.id);
    if (unseenAreas.length + unseenBands.length > mostUncertain) return { kinds: seen, surely: false };
    for (const id of unseenAreas)
      for (const kind of [...kinds.values()]) add({ ...kind, areas: toggled(kind.areas, id) });
    for (const id of unseenBands)
      for (const kind of [...kinds.values()]) add({ ...kind, atHand: toggled(kind.atHand, id) });
    return { kinds: [...kinds.values()], surely: true };
  }

  #shapeAt(id: string) {
    return this.#areas.shapes.find(shape => shape.id === id && shape.isValidAt(this.#input.atMs));
  }

  /** Areas with a guard band in force that may reach into a cell, and how far it reaches. */
  #bandsNear({ centre, reachKm }: CellFrame) {
    const { policy, atMs } = this.#input;
    return this.#areas.shapes.flatMap(shape => {
      const band = policy.guardBandOf.get(shape.id);
      if (band === undefined || !isInForce(band, atMs) || !shape.isValidAt(atMs)) return [];
      const bandKm = Math.max(band.widthKm, shape.uncertaintyKm(atMs), 5 * defaultPositionErrorKm);
      const isNear = shape.distanceKm(centre.latDeg, centre.lonDeg, bandKm + reachKm) <= bandKm + reachKm;
      return isNear ? [{ shape, reachKm: bandKm }] : [];
    });
  }

  #isSealed(cell: string, kinds: readonly Kind[]): boolean {
    const { sealed } = this.#input;
    if (sealed === undefined || sealed.size === 0) return false;
    if (sealed.has(cell)) return true;
    return kinds.some(({ place, areas, atHand }) =>
      [...areas, ...atHand, ...territoriesOf(place)].some(id => sealed.has(id)),
    );
  }

  #answer(kind: Kind): Answer {
    const key = kindKey(kind);
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      const { policy } = this.#input;
      const plans = policy.plans.length === 0 ? [null] : policy.plans.map(({ id }) => id);
      const byPlan = plans.map((planId): Answer => {
        const { reach, reason } = answerOf(this.#ordinary(kind, planId), policy);
        return { served: reach === "all", reason };
      });
      // Of several plans that do not serve, the one whose reason comes last fails for the least.
      const rank = ({ served, reason }: Answer): number =>
        served ? reasonOrder.length : reasonOrder.indexOf(reason);
      answer = byPlan.reduce((best, one) => (rank(one) > rank(best) ? one : best));
      this.#answers.set(key, answer);
    }
    return answer;
  }

  /** Whether a terminal without any standing would be linked: everything but the rules of the area leaves it its link. */
  #isLinked(kind: Kind, exceptions: readonly ExceptionFacts[]): boolean {
    const key = `${kindKey(kind)} ${exceptions.map(({ id }) => id).join(" ")}`;
    let linked = this.#linked.get(key);
    if (linked === undefined) {
      linked = answerOf(
        { ...this.#ordinary(kind, null), account: null, exceptions },
        this.#input.policy,
      ).linked;
      this.#linked.set(key, linked);
    }
    return linked;
  }

  #ordinary({ place, areas, atHand }: Kind, planId: string | null): AdmissionFacts {
    const { atMs, view } = this.#input;
    const terminal = manufactureTerminal("ordinary", "Ordinary terminal", 0);
    const edges = atHand.map((area): EdgeAtHand => {
      const beyond = [...toggled(areas, area), ...territoriesOf(place)];
      return { area, inside: areas.includes(area), beyond };
    });
    return {
      atMs,
      knownAtMs: atMs,
      boundaryView: { id: view.id, version: view.version },
      terminal: { ...terminal, state: "active", planId },
      account: { id: "ordinary", country: countryOf(place) ?? "none", state: "open" },
      parties: [],
      identity: null,
      location: {
        reportedAtMs: atMs,
        cell: "",
        place,
        areas,
        edges,
        windows: [],
        days: noRoamDays,
        addressDistanceKm: 0,
      },
      verdict: null,
      exceptions: [],
      allowListEntries: [],
      txOffOrders: [],
      emergency: false,
    };
  }

  #factsOf({ id, lifts, fromMs, toMs, licenceExceptionId }: SiteException): ExceptionFacts {
    const licence = licenceExceptionId === null ? undefined : this.#licences.get(licenceExceptionId);
    return { ...{ id, lifts, fromMs, toMs, atSite: true }, licence: licence ?? null };
  }
}

/** {@link PublishedMap.state} of one cell; whoever asks about many makes the map once. */
export function publishedState(cell: string, input: MapInput): PublishedState {
  return new PublishedMap(input).state(cell);
}

/** {@link PublishedMap.mayBeServed} of one cell. */
export function cellMayBeServed(cell: string, input: MapInput): boolean {
  return new PublishedMap(input).mayBeServed(cell);
}

function kindKey({ place, areas, atHand }: Kind): string {
  return `${keyOf(place)} ${areas.join(",")} ${atHand.join(",")}`;
}

function isOneSided(kinds: readonly Kind[], has: (kind: Kind) => boolean): boolean {
  return kinds.every(has) || !kinds.some(has);
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id].sort();
}
