// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Change } from "../book.ts";
import { type CommandEntry, entryOf } from "../command-entry.ts";
import { contentHash, contentId } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { type Asked, decided } from "../decisions/decided.ts";
import { id, words } from "../decisions/request-parts.ts";
import { fail, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf } from "../ruling.ts";
import { applyTerminalEvent, manufactureTerminal } from "../terminal.ts";
import { custodyChange } from "./custody-chain.ts";
import { donationOf } from "./donation-commands.ts";
import { type DonatedTerminal, type DonationFile, readDonationFile } from "./donation-file.ts";
import { named, put } from "./ruled.ts";

/** Of a file; 20,000 terminals need about 1.5 million. */
export const mostFileChars = 16_000_000;

const importRequest = z.strictObject({
  programmeId: id,
  /** Who holds terminals whose row names nobody. */
  holder: id.nullable().default(null),
  csv: z
    .string()
    .min(1)
    .max(mostFileChars)
    .refine(text => text.isWellFormed(), "The file holds half of a surrogate pair."),
  /** Leaves bad rows out instead of refusing the file; never where a row may have swallowed others. */
  skipBad: z.boolean().default(false),
  source: words(3, 300),
});

/** A request of `donation.import`. */
export type ImportRequest = z.infer<typeof importRequest>;

/** Reads the file of a request as the import would, and changes nothing: the report before the deed. */
export function checkImport(
  request: Pick<ImportRequest, "csv" | "holder">,
  { book, atMs }: Pick<CommandContext, "book" | "atMs">,
): DonationFile {
  return readDonationFile([request.csv], { book, atMs, holder: request.holder });
}

const importFile: Command<ImportRequest> = commandOf({
  name: "donation.import",
  summary: "Takes in a file of donated terminals, all of it or nothing.",
  permission: "terminals.change",
  decide(request, context) {
    const { book, atMs } = context;
    const found = named(book, "programme", request.programmeId, "programmeId");
    if (!found.ok) return found;
    const programme = found.value;
    const file = checkImport(request, context);
    const [first] = file.faults;
    if (file.broken !== null || (first !== undefined && !request.skipBad)) {
      const where = first === undefined ? "" : ` Line ${first.line}, ${first.column}: ${first.message}`;
      const broken = file.broken === null ? "" : ` ${file.broken}`;
      return fail("rowsBad", "csv", `${file.faults.length} faults in ${file.rows} rows.${broken}${where}`);
    }
    if (file.terminals.length === 0) return fail("nothingToImport", "csv", "No row is left to import.");
    const asked = { name: importFile.name, request };
    const importId = contentId("imp", { programme: programme.id, file: contentHash(request.csv), atMs });
    const decisions: Decision[] = [
      decisionOf(
        decided(context, asked, {
          subject: programme.id,
          action: "import donations",
          outcome: "imported",
          reasons: [],
          text:
            `${file.terminals.length} terminals of programme ${programme.id} are imported` +
            `${file.faults.length === 0 ? "" : `; ${file.rows - file.terminals.length} bad rows are left out`}.`,
          inputs: { import: importId, file: contentHash(request.csv), faults: contentHash(file.faults) },
        }),
      ),
    ];
    const changes: Change[] = [];
    const origin = { programmeId: programme.id, donor: programme.donor, importId, source: request.source };
    for (const row of file.terminals) given(context, asked, row, origin, decisions, changes);
    return succeed({ decisions, changes });
  },
});

/** One terminal of the file: its record, its donation, its link of custody and the decision about it. */
function given(
  context: CommandContext,
  asked: Asked,
  row: DonatedTerminal,
  origin: {
    readonly programmeId: string;
    readonly donor: string;
    readonly importId: string;
    readonly source: string;
  },
  decisions: Decision[],
  changes: Change[],
): void {
  const { atMs, actor } = context;
  const { kitNumber, serial, model, holder, user, country, donatedMs } = row;
  const { programmeId, donor, importId, source } = origin;
  const terminalId = contentId("ut", { kit: kitNumber, serial });
  const sold = applyTerminalEvent(
    manufactureTerminal(terminalId, kitNumber, atMs),
    { type: "sell", holder },
    atMs,
  );
  if (!sold.ok) throw new RangeError(sold.error.message);
  const terminal = { ...sold.value.terminal, kitNumber, serial, model, donor, user };
  const donation = donationOf({ programmeId, terminalId, donor, holder, user, atMs: donatedMs });
  changes.push(
    put("terminal", terminal),
    put("donation", donation),
    custodyChange({
      terminalId,
      step: "donation",
      atMs: donatedMs,
      fromParty: donor,
      toParty: holder,
      country,
      asserter: actor.id,
      source,
    }),
  );
  decisions.push(
    decisionOf(
      decided(context, asked, {
        subject: terminalId,
        action: "donate",
        outcome: terminal.state,
        reasons: [],
        text: `Terminal ${terminalId} is given by ${donor} to ${holder}.`,
        inputs: { import: importId, programme: programmeId, donation: donation.id },
      }),
    ),
  );
}

/** Commands that take in files. */
export const importCommands: readonly CommandEntry[] = [entryOf(importFile, importRequest)];
