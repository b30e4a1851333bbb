// SPDX-License-Identifier: MIT
import type { Status, TerminalRow } from "../contract.ts";
import type { Figure, Words } from "./gauges.ts";

/** Of the operator itself. */
export const operatorFigures: readonly Figure<Status>[] = [
  { name: "perigee_terminals", help: "Terminals on record", of: s => s.terminals.total },
  { name: "perigee_terminals_served", help: "Of them in service in this slot", of: s => s.terminals.served },
  { name: "perigee_terminals_refused", help: "Of them restricted or denied", of: s => s.terminals.refused },
  {
    name: "perigee_satellites",
    help: "Satellites whose elements are in force",
    of: s => s.elements.satellites,
  },
  {
    name: "perigee_elements_age_days",
    help: "Age of the elements at their median epoch",
    of: s => s.elements.ageDays,
  },
  { name: "perigee_slot", help: "Number of the slot that is running", of: s => s.plan.slot },
  { name: "perigee_plan_seconds", help: "Computing time of its plan", of: s => s.plan.computeMs / 1000 },
  {
    name: "perigee_plan_handovers",
    help: "Terminals that it moved to another satellite",
    of: s => s.plan.changedSatellites,
  },
  {
    name: "perigee_link_lateness_p50_seconds",
    help: "How late the data plane releases bytes, median",
    of: s => s.link.latenessP50Ms / 1000,
  },
  {
    name: "perigee_link_lateness_p99_seconds",
    help: "How late the data plane releases bytes, 99th percentile",
    of: s => s.link.latenessP99Ms / 1000,
  },
  {
    name: "perigee_authority_reachable",
    help: "Whether the data plane hears the authority",
    of: s => s.link.authorityReachable,
  },
  { name: "perigee_ledger_entries", help: "Entries of the ledger", of: s => s.ledger.size },
];

/** Of each terminal as the operator sees it; where it is, is not among them. */
export const terminalFigures: readonly Figure<TerminalRow>[] = [
  {
    name: "perigee_terminal_linked",
    help: "Whether the network carries it in this slot",
    of: ({ link }) => link !== null,
  },
  {
    name: "perigee_terminal_rtt_seconds",
    help: "Planned median round trip of its link",
    of: ({ link }) => (link === null ? undefined : link.rttMs / 1000),
  },
  {
    name: "perigee_terminal_down_bps",
    help: "Rate of its link, down",
    of: ({ link }) => rate(link?.downMbps),
  },
  { name: "perigee_terminal_up_bps", help: "Rate of its link, up", of: ({ link }) => rate(link?.upMbps) },
];

export const terminalWords: readonly Words<TerminalRow>[] = [
  {
    name: "perigee_terminal_admission",
    help: "Whether it may be online, and why",
    labels: ["outcome", "reason", "reach"],
    of: ({ admission }) =>
      admission === null
        ? undefined
        : { outcome: admission.outcome, reason: admission.reason, reach: admission.reach },
  },
  {
    name: "perigee_terminal_path",
    help: "What its link leads over",
    labels: ["satellite", "gateway", "pop"],
    of: ({ link }) =>
      link === null ? undefined : { satellite: link.satellite, gateway: link.gateway, pop: link.pop },
  },
];

const rate = (mbps: number | undefined): number | undefined => (mbps === undefined ? undefined : mbps * 1e6);
