// SPDX-License-Identifier: MIT
import { type Book, type PublishedState, type Statement, statusOf } from "@perigee/authority";
import type * as contract from "../contract.ts";
import { areaName, iso } from "./area-words.ts";

type Answer = contract.PublicPlace["answers"][number];

/** The questions as people ask them, with the answer by what the statements come to. */
const PLAIN = {
  licence: {
    question: "Has the administration here authorised terminals?",
    permits: "permits",
  },
  supply: { question: "May terminals be imported and sold here?", permits: "permitted" },
  activation: { question: "Has the operator switched service on here?", permits: "permits" },
  legalRegime: { question: "Is the operator free to provide service here by law?", permits: "permits" },
} as const;

const WORDS = { yes: "Yes.", no: "No.", disputed: "Statements differ.", unknown: "Nobody has said so." };

/**
 * The five plain answers for a place: what is said on four axes, the nearest territory first, and what the map shows,
 * which follows from the rules in force. Only what is published is told.
 *
 * @param territories whose rules apply, the nearest first
 */
export function plainAnswers(
  book: Book,
  territories: readonly string[],
  published: contract.PublishedStateView,
  atMs: number,
): Answer[] {
  const asOf = { validAtMs: atMs, knownAtMs: atMs };
  const statuses = territories.map(territory => statusOf(book, territory, asOf));
  const answers = (Object.keys(PLAIN) as (keyof typeof PLAIN)[]).map((axis): Answer => {
    const statements = statuses.flatMap(({ axes }) => axes[axis].accounts);
    const verdicts = statements.flatMap(({ statement, effect }) => answerOf(axis, statement.value, effect));
    const answer = verdicts.includes("no")
      ? verdicts.includes("yes")
        ? "disputed"
        : "no"
      : (verdicts[0] ?? silence[axis]);
    return {
      axis,
      question: PLAIN[axis].question,
      answer,
      text: answer === "unknown" && axis === "legalRegime" ? "No statement about this." : WORDS[answer],
      says: statements.map(({ statement, sentence }) => sayingOf(book, statement, sentence)),
    };
  });
  return [...answers, mapAnswer(published)];
}

/** What follows when nobody has said anything. What nobody switched on is not on; of the rest nobody knows. */
const silence = { licence: "unknown", supply: "unknown", activation: "no", legalRegime: "unknown" } as const;

function answerOf(
  axis: keyof typeof PLAIN,
  value: string,
  effect: "permits" | "denies" | "neutral",
): ("yes" | "no")[] {
  if (axis === "supply") return value === "permitted" ? ["yes"] : value === "notPermitted" ? ["no"] : [];
  return effect === "permits" ? ["yes"] : effect === "denies" ? ["no"] : [];
}

function sayingOf(book: Book, statement: Statement, sentence: string): Answer["says"][number] {
  const { territory, asserter, source, validFromMs } = statement;
  return { text: `${areaName(book, territory)}: ${sentence}`, asserter, source, since: iso(validFromMs) };
}

const onMap = { served: "yes", notServed: "no", inPart: "inPart", notPublished: "notPublished" } as const;

function mapAnswer({ state, sentence }: contract.PublishedStateView): Answer {
  return {
    axis: "publishedCoverage",
    question: "Does the published map show service here?",
    answer: onMap[state satisfies PublishedState["state"]],
    text: sentence,
    says: [],
  };
}
