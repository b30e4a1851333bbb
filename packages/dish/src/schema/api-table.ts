// SPDX-License-Identifier: MIT
import { fieldShapes } from "./directory.ts";
import { deviceFile } from "./files/device.ts";

/** A request of the terminal's API, and the members of a response that can answer it. */
export interface RequestEntry {
  /** As the schema writes it, e.g. `get_status`. */
  readonly name: string;
  /** As values write it, e.g. `getStatus`. */
  readonly member: string;
  readonly number: number;
  /** None where the schema has no answer: a response without one says that the request was taken. */
  readonly answers: readonly { readonly name: string; readonly member: string; readonly number: number }[];
  /** First firmware, where it is known and younger than 2024-10. */
  readonly since: string | null;
}

const shapesOf = (message: string) => fieldShapes(message).filter(({ oneof }) => oneof !== null);

/**
 * Every request with its answers. The schema does not pair them: an answer has the request's name, or that name with
 * the device in front (`get_status` is answered by `dish_get_status` or `wifi_get_status`) unless that is a request of
 * its own; numbers may differ.
 */
export function requestEntries(): RequestEntry[] {
  const requests = shapesOf("SpaceX.API.Device.Request");
  const responses = shapesOf("SpaceX.API.Device.Response");
  const named = new Set(requests.map(({ name }) => name));
  const since: Readonly<Record<string, string>> = deviceFile.since;
  return requests.map(({ name, jsonName, number }) => {
    const names = [name, ...[`dish_${name}`, `wifi_${name}`].filter(other => !named.has(other))];
    return {
      name,
      member: jsonName,
      number,
      answers: responses
        .filter(answer => names.includes(answer.name))
        .map(answer => ({ name: answer.name, member: answer.jsonName, number: answer.number })),
      since: since[`Request.${name}`] ?? null,
    };
  });
}

/** Markdown table of all requests, ascending by number, for `docs/terminal-api.md`. */
export function terminalApiTable(): string {
  const rows = requestEntries()
    .sort((a, b) => a.number - b.number)
    .map(({ name, number, answers, since }) => {
      const answered = answers.map(answer => `\`${answer.name}\` ${answer.number}`).join(", ");
      return [`${number}`, `\`${name}\``, answered || "nothing of its own", since ?? ""];
    });
  const head = ["no.", "request", "answered by", "since"];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map(row => row[column]!.length), title.length),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k]!)).join(" | ")} |`;
  const rule = `| ${widths.map(width => "-".repeat(width)).join(" | ")} |`;
  return `${[line(head), rule, ...rows.map(line)].join("\n")}\n`;
}
