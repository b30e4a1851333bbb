// SPDX-License-Identifier: MIT
import { codeWords } from "../../format/words.ts";

/** What people should know of a command beyond its own summary, before they ask for it. */
export interface CommandWords {
  /** On the button and in the title. */
  readonly verb: string;
  /** It takes something from somebody. */
  readonly grave?: true;
  readonly lasts?: string;
  readonly undo?: string;
}

const FOR_GOOD = "Until somebody ends it.";
const WORDS: Readonly<Record<string, CommandWords>> = {
  "order.suspend": {
    verb: "Suspend",
    grave: true,
    lasts: "The hours you give, at most 72; then it ends by itself.",
    undo: "Restore the terminal, at any time. The holder can appeal.",
  },
  "order.restore": { verb: "Restore", lasts: FOR_GOOD, undo: "Suspend the terminal again." },
  "order.restrict": {
    verb: "Restrict",
    grave: true,
    lasts: "Until it is lifted; somebody looks again after the days you give.",
    undo: "Lift the restriction. The holder can appeal.",
  },
  "order.liftRestriction": { verb: "Lift the restriction", lasts: FOR_GOOD },
  "order.deactivate": {
    verb: "Deactivate",
    grave: true,
    lasts: "Until it is reinstated; somebody looks again after the days you give.",
    undo: "Two persons reinstate it, or an appeal reverses it.",
  },
  "order.reinstate": { verb: "Reinstate", lasts: FOR_GOOD },
  "order.review": { verb: "Review" },
  "bulk.propose": {
    verb: "Order",
    grave: true,
    lasts: "Begins with a canary of at most one per cent; the rest waits until somebody has looked.",
    undo: "Stop it, or roll all of it back, at any time.",
  },
  "bulk.look": { verb: "Let it go on", grave: true, undo: "Roll it back." },
  "bulk.confirmCanary": {
    verb: "Say what was seen",
    grave: true,
    lasts: "Where all was as expected the rest follows at once; where not, all is reversed.",
    undo: "Roll it back.",
  },
  "bulk.stop": { verb: "Stop", undo: "Order it anew." },
  "bulk.rollBack": { verb: "Roll back", undo: "Order it anew." },
  "breakGlass.use": {
    verb: "Act alone",
    grave: true,
    lasts: "Four hours at most. Somebody else reviews it within 72 hours.",
    undo: "A review against it ends it at once.",
  },
  "breakGlass.review": { verb: "Review" },
  "proposal.approve": {
    verb: "Approve",
    grave: true,
    lasts: "The second approval carries it out in the same instant.",
    undo: "An approval cannot be taken back. What was carried out is undone by its own command.",
  },
  "proposal.refuse": {
    verb: "Refuse",
    lasts: "One refusal ends it for good.",
    undo: "It can be proposed anew.",
  },
  "proposal.withdraw": { verb: "Withdraw", undo: "It can be proposed anew." },
  "appeal.decide": {
    verb: "Decide",
    undo: "The decision is final here; a new restriction has its own appeal.",
  },
  "notice.release": { verb: "Tell the holder", lasts: "The time to appeal begins now." },
  "siteException.grant": {
    verb: "Grant",
    lasts: "Until the date you give, a year at most.",
    undo: "End it.",
  },
  "siteException.end": { verb: "End", grave: true, undo: "Grant it anew. The holders can appeal." },
  "allowList.approve": { verb: "Put on the list", lasts: FOR_GOOD, undo: "Revoke the place." },
  "allowList.refuse": { verb: "Refuse", undo: "They can apply anew, and appeal." },
  "allowList.revoke": { verb: "Revoke", grave: true, undo: "They can apply anew, and appeal." },
  "finding.record": { verb: "Record" },
  "case.report": { verb: "Hand in", undo: "Nothing is taken from anybody. A case can be dismissed." },
  "case.acknowledge": { verb: "Acknowledge" },
  "case.conclude": { verb: "Conclude", undo: "Reopen the case. Nobody’s service changes by it." },
  "case.exclude": { verb: "Take out", undo: "It stays on record with the reason." },
  "case.noteOrders": { verb: "Note" },
  "case.follow": { verb: "Follow the records" },
  "party.register": { verb: "Enter" },
  "party.verify": { verb: "Record" },
  "screening.judge": {
    verb: "Judge",
    grave: true,
    lasts: "Until somebody judges anew.",
    undo: "Judge again with what is known then. The party can appeal against a confirmation.",
  },
  "custody.record": { verb: "Record", undo: "Links of the chain are added, never changed." },
};

/** What is said about a command; what it does follows from its own summary. */
export function commandWords(name: string): CommandWords {
  const known = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (known !== undefined) return known;
  return { verb: codeWords(name.split(".").at(-1) ?? name) };
}

/** A command by what it does, for titles: `order.deactivate` → "Deactivate", `bulk.propose` → "Order about many". */
export function commandTitle(name: string): string {
  const titles: Readonly<Record<string, string>> = {
    "bulk.propose": "Order about many terminals",
    "siteException.grant": "Grant a site exception",
    "order.restrict": "Restrict a terminal",
    "order.deactivate": "Deactivate a terminal",
    "order.reinstate": "Reinstate a terminal",
    "policy.apply": "Put a policy in force",
    "screening.judge": "Judge a screening",
  };
  const title = Object.hasOwn(titles, name) ? titles[name] : undefined;
  return title ?? codeWords(name.replace(".", " "));
}
