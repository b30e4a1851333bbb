// SPDX-License-Identifier: MIT
import { codeWords } from "../../format/words.ts";

/** What a field asks for, where its name alone does not say it well: label and hint. */
const WORDS: Readonly<Record<string, readonly [label: string, hint?: string]>> = {
  ground: ["Ground", "Why; it is written into the ledger."],
  reason: ["Reason", "Why; it is written into the ledger."],
  terminalId: ["Terminal", "Its id."],
  terminalIds: ["Terminals", "Their ids, one on each line."],
  accountId: ["Account", "Its id."],
  accountIds: ["Accounts", "Their ids, one on each line."],
  partyId: ["Party", "Its id."],
  party: ["Party", "The id of a person or an organisation."],
  holder: ["Holder", "The party that answers for it, by id."],
  user: ["User", "The party that uses it, by id, where that is somebody else."],
  donor: ["Donor", "The party that gives, by id."],
  seller: ["Seller", "The party that sells, by id."],
  serviceLineId: ["Service line", "Its id."],
  programmeId: ["Programme", "Its id."],
  sponsorshipId: ["Sponsorship", "Its id."],
  managedBy: ["Managed by", "The account that manages it, by id; empty for none."],
  planId: ["Plan", "Its id in the policy in force."],
  evidence: ["Evidence", "Ids of findings, requests, documents and measurements, one on each line."],
  evidenceClasses: ["Kinds of evidence", "What the holder is told it rests on; never who reported."],
  exemption: [
    "Why the holder is not told yet",
    "Empty: the holder is told at once. An order that forbids it is a reason.",
  ],
  protectedSitesSeen: [
    "Protected sites that you looked at",
    "Their ids, one on each line. Without them nothing is done near a protected site.",
  ],
  sitesSeen: ["Protected sites that you looked at", "Their ids, one on each line; the order goes on there."],
  exclude: ["Taken out", "Terminals that are taken out of the order, one on each line."],
  hours: ["Hours", "Then it ends by itself."],
  reviewDays: ["Days until somebody looks again", "It does not end by itself."],
  noticeDays: ["Days of notice", "Warning before the end; at least 14."],
  continuityDays: ["Days of continuity", "Service goes on so long after the end, unpaid."],
  basis: ["What it rests on"],
  observations: ["What was seen", "One for each terminal of the canary that somebody looked at."],
  asExpected: ["It is the terminal that was meant, and what happened is what was meant"],
  identityBinding: [
    "What ties it to this very terminal",
    "A kit number in a photograph, a seized device, a network trace.",
  ],
  harmNote: ["Harm to civilians", "As far as known; it is counted and published. Empty for none known."],
  lifeCritical: ["A life may depend on the answer", "Then it is decided within four hours."],
  verdict: ["Verdict"],
  judgement: ["Judgement"],
  entryId: ["Entry of the list", "The one that the party is; needed to confirm."],
  identifiers: [
    "Identifiers",
    "What tells one bearer of a name from another; needed to confirm a screening.",
  ],
  listVersion: ["Version of the list"],
  lifts: ["What it lifts", "Reasons that no longer count for these terminals at this site."],
  licenceExceptionId: ["Licence", "Needed exactly where a law is lifted."],
  radiusKm: ["Radius, km"],
  latDeg: ["Latitude, degrees north"],
  lonDeg: ["Longitude, degrees east"],
  fromMs: ["From"],
  toMs: ["To"],
  endsMs: ["Ends"],
  asOfMs: ["Date of the count"],
  happenedMs: ["When it happened", "It may lie long before today."],
  asserter: ["Who says so"],
  source: ["Where that is written down"],
  personal: ["Personal data", "Kept beside the ledger, which holds only a commitment to them."],
  kitNumber: ["Kit number", "As printed on the box."],
  birthDate: ["Date of birth"],
  hasAddress: ["It has a service address"],
  nameChanges: ["The name becomes another one"],
  country: ["Country", "Two capital letters, ISO 3166-1."],
  territory: ["Territory", "Its id, or a country's two letters."],
  locality: ["Town or district", "Where it speaks of a part only."],
  fromParty: ["From", "The party that gave it, by id; empty where nobody knows."],
  toParty: ["To", "The party that received it, by id; empty where nobody knows."],
  command: ["What is to be done"],
  emergency: ["Emergency", "What cannot wait for two persons."],
  deviceShown: ["The device itself was shown"],
  payer: ["Who pays", "Where that is somebody else."],
};

/** Units that names end in. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/Km$/, ", km"],
  [/Mbps$/, ", Mbit/s"],
  [/Deg$/, ", degrees"],
  [/(Ms|At)$/, ""],
  [/Ids?$/, ""],
];

/** What a member of a request is called, and what helps to fill it in. */
export function fieldWords(name: string): { readonly label: string; readonly hint: string | null } {
  const known = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (known !== undefined) return { label: known[0], hint: known[1] ?? null };
  const unit = UNITS.find(([ending]) => ending.test(name));
  const stem = unit === undefined ? name : name.replace(unit[0], "");
  return { label: `${codeWords(stem === "" ? name : stem)}${unit?.[1] ?? ""}`, hint: null };
}
