// SPDX-License-Identifier: MIT
import type { Book, Change } from "../book.ts";
import { contentId } from "../content-hash.ts";
import type { CustodyEvent } from "./custody.ts";
import { put } from "./ruled.ts";

/** What does not fit in a chain of custody. It is shown beside the chain and repairs nothing. */
export interface CustodyFault {
  readonly kind: keyof typeof custodyFaults;
  /** The link at which it shows; `null` where it is about the chain's end. */
  readonly eventId: string | null;
  readonly text: string;
}

/** Each kind of fault, one sentence. */
export const custodyFaults = {
  beginningUnknown: "The first link is not the manufacture: what came before is not on record.",
  giverUnknown: "Nobody says who gave it, although somebody had it.",
  giverOther: "Who gave it is not who had it.",
  holderUnknown: "Somebody gave it whom no earlier link gave it to.",
  afterTheEnd: "Something happened to it after it was taken out of use.",
  madeTwice: "It was made when it existed already.",
  registrantOther: "Who registered it is not whose it was.",
  recordOther: "The record names another holder than the chain leads to.",
} as const;

/** A terminal's way from hand to hand. */
export interface CustodyChain {
  readonly terminalId: string;
  /** In the order in which things happened; those of one instant as they came on record. */
  readonly events: readonly CustodyEvent[];
  /** Whose it is by the chain, and who has it: a seizure takes a thing, not whose it is. */
  readonly holder: string | null;
  readonly keeper: string | null;
  readonly faults: readonly CustodyFault[];
}

/** Steps after which the receiver is whose it is. */
const givesOwnership: ReadonlySet<CustodyEvent["step"]> = new Set(["sale", "donation", "transfer"]);

/** The chain of a terminal, with every gap and contradiction in it. */
export function custodyOf(book: Book, terminalId: string): CustodyChain {
  const own = book.about("custody", terminalId).filter(event => event.terminalId === terminalId);
  const events = own.toSorted((a, b) => a.atMs - b.atMs);
  const chain = checkChain(events);
  const terminal = book.get("terminal", terminalId);
  const differs = terminal !== undefined && events.length > 0 && terminal.holder !== chain.holder;
  return {
    terminalId,
    events,
    holder: chain.holder,
    keeper: chain.keeper,
    faults: differs ? [...chain.faults, fault("recordOther", null)] : chain.faults,
  };
}

/** Whose a thing is after these events, in the order of time, and what does not fit. */
export function checkChain(
  events: readonly CustodyEvent[],
): Pick<CustodyChain, "holder" | "keeper" | "faults"> {
  const faults: CustodyFault[] = [];
  let holder: string | null = null;
  let keeper: string | null = null;
  // After a loss nobody knows who has it, which is no gap in what is on record.
  let missing = false;
  let ended = false;
  for (const [i, event] of events.entries()) {
    const { step, fromParty, toParty } = event;
    const found = (kind: CustodyFault["kind"]) => faults.push(fault(kind, event.id));
    if (i === 0 && step !== "manufacture") found("beginningUnknown");
    if (i > 0 && step === "manufacture") found("madeTwice");
    if (ended) found("afterTheEnd");
    if (step === "registration") {
      if (holder !== null && toParty !== null && toParty !== holder) found("registrantOther");
      holder ??= toParty;
      keeper ??= toParty;
      continue;
    }
    // The first link of a chain without a beginning has nothing to be compared with.
    if (i > 0 && step !== "manufacture" && !missing) {
      if (fromParty === null && keeper !== null) found("giverUnknown");
      if (fromParty !== null && keeper === null) found("holderUnknown");
      if (fromParty !== null && keeper !== null && fromParty !== keeper) found("giverOther");
    }
    missing = step === "loss";
    ended ||= step === "retirement";
    switch (step) {
      case "manufacture":
      case "shipment":
        keeper = toParty ?? keeper;
        holder ??= keeper;
        break;
      case "loss":
        holder ??= fromParty;
        keeper = null;
        break;
      case "seizure":
        holder ??= fromParty;
        keeper = toParty;
        break;
      case "recovery":
        keeper = toParty;
        holder ??= toParty;
        break;
      case "release":
        // Given back, or to somebody new, who then owns it.
        keeper = toParty;
        holder = toParty ?? holder;
        break;
      case "retirement":
        break;
      default:
        keeper = toParty;
        if (givesOwnership.has(step)) holder = toParty;
    }
  }
  return { holder, keeper, faults };
}

/** A new link of a chain. */
export function custodyChange(content: Omit<CustodyEvent, "id">): Change {
  return put("custody", { id: contentId("cus", content), ...content });
}

/** Who has a terminal by its chain, or whose it is by the record where no chain leads there. */
export function keeperOf(book: Book, terminalId: string): string | null {
  return custodyOf(book, terminalId).keeper ?? book.get("terminal", terminalId)?.holder ?? null;
}

function fault(kind: CustodyFault["kind"], eventId: string | null): CustodyFault {
  return { kind, eventId, text: custodyFaults[kind] };
}
