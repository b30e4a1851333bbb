// SPDX-License-Identifier: MIT
import { z } from "zod";
import type { Book, Change } from "../book.ts";
import { type BoundCommand, type CommandEntry, entryOf } from "../command-entry.ts";
import { contentId } from "../content-hash.ts";
import { type Decision, decisionOf } from "../decision.ts";
import { type AuthorityError, fail, type Result, succeed } from "../result.ts";
import { type Command, type CommandContext, commandOf, observed, type Ruling } from "../ruling.ts";
import { type Asked, decided } from "./decided.ts";
import type { Approval, BlastRadius, Proposal, ProposalState } from "./proposal.ts";
import { id, words } from "./request-parts.ts";
import { type StateTable, stepOf } from "./state-table.ts";

const hourMs = 3_600_000;

/** How long a proposal waits: long enough to look, short enough that what was looked at still holds. */
export const proposalTermMs = { ordinary: 4 * hourMs, emergency: hourMs } as const;

type ProposalEvent = "approve" | "approveLast" | "refuse" | "withdraw" | "expire";

/** State × event of a proposal. */
export const proposalTransitions: StateTable<ProposalState, ProposalEvent> = {
  open: {
    approve: { to: "open", decision: "approve", sentence: "The first of two persons approves." },
    approveLast: {
      to: "carriedOut",
      decision: "carry out",
      sentence: "The second person approves, and the command is carried out.",
    },
    refuse: { to: "refused", decision: "refuse", sentence: "One person refuses, which is enough." },
    withdraw: { to: "withdrawn", decision: "withdraw", sentence: "Whoever asked takes it back." },
    expire: { to: "expired", decision: "expire", sentence: "The time to approve is over." },
  },
  carriedOut: {},
  refused: {},
  expired: {},
  withdrawn: {},
};

const proposeRequest = z.strictObject({
  command: z.strictObject({ name: words(3, 64), request: z.unknown() }),
  reason: words(10, 1_000),
  lane: z.enum(["ordinary", "emergency"]).default("ordinary"),
});
const verdictRequest = z.strictObject({ proposalId: id, reason: words(3, 1_000) });
const expireRequest = z.strictObject({ proposalId: id });

type CommandRuling = Result<Ruling, AuthorityError<string>>;

/**
 * The commands of proposals.
 *
 * A proposal's command is read again and decided again when the second person approves, with the book as it is then: what
 * was proposed may no longer be possible. Its decisions and the end of the proposal are one ruling.
 *
 * @param entries all commands that can be proposed, by which the stored request is read again
 */
export function proposalCommands(entries: readonly CommandEntry[]): readonly CommandEntry[] {
  const byName = new Map(entries.map(entry => [entry.name, entry]));

  const read = ({ name, request }: Asked): Result<BoundCommand, AuthorityError<string>> => {
    const entry = byName.get(name);
    if (entry === undefined) return fail("commandUnknown", "command.name", `There is no command "${name}".`);
    const bound = entry.read(request);
    if (bound.ok) return bound;
    const { code, place, message } = bound.error;
    return fail(code, place === "" ? "command.request" : `command.request.${place}`, message);
  };

  const propose: Command<z.infer<typeof proposeRequest>> = commandOf({
    name: "proposal.propose",
    summary: "Asks two other persons to approve a command.",
    permission: "orders.request",
    decide(request, context) {
      const { book, actor, atMs } = context;
      const inner = read(request.command);
      if (!inner.ok) return inner;
      const command = { name: inner.value.name, request: inner.value.request };
      if (inner.value.approvalsNeeded(context) === 0) {
        return fail("noApprovalNeeded", "command.name", `${command.name} needs nobody's approval here.`);
      }
      const same = contentId("cmd", command);
      for (const other of openProposals(book)) {
        if (other.command.name !== command.name || other.expiresMs <= atMs) continue;
        if (contentId("cmd", other.command) === same) {
          return fail("alreadyProposed", "command", `Proposal ${other.id} asks for the same.`);
        }
      }
      const content: Omit<Proposal, "id"> = {
        command,
        requestedBy: { id: actor.id, name: actor.name },
        reason: request.reason,
        lane: request.lane,
        atMs,
        expiresMs: atMs + proposalTermMs[request.lane],
        blastRadius: observed(context, "blastRadius", () => inner.value.blastRadius(context)),
        approvals: [],
        state: "open",
      };
      const proposal = { id: contentId("prp", content), ...content };
      return succeed({
        decisions: [
          decisionOf(
            decided(
              context,
              { name: propose.name, request: { ...request, command } },
              {
                subject: proposal.id,
                action: "propose",
                outcome: "open",
                reasons: [request.reason],
                text: `${actor.name} asks two persons to approve ${command.name}: ${request.reason} ${blastText(proposal.blastRadius)}`,
                expiresAtMs: proposal.expiresMs,
              },
            ),
          ),
        ],
        changes: [changed(proposal)],
      });
    },
  });

  const approve: Command<z.infer<typeof verdictRequest>> = commandOf({
    name: "proposal.approve",
    summary: "Approves what somebody else asked for; the second approval carries it out.",
    permission: "approvals.decide",
    decide(request, context) {
      const asked = { name: approve.name, request };
      const opened = openFor(context, request.proposalId);
      if (!opened.ok) return opened;
      const proposal = opened.value;
      const judged = judgement(context, proposal, "approved", request.reason);
      if (!judged.ok) return judged;
      const approvals = [...proposal.approvals, judged.value];
      if (approvals.length < 2)
        return end(context, asked, { ...proposal, approvals }, "approve", request.reason);
      const ended = end(context, asked, { ...proposal, approvals }, "approveLast", request.reason);
      if (!ended.ok) return ended;
      const { requestedBy, command, blastRadius } = proposal;
      const inner = read(command);
      if (!inner.ok) return inner;
      const innerContext = { ...context, actor: { ...requestedBy, roles: [] }, approvals };
      const grown = growth(
        blastRadius,
        observed(context, "blastRadius", () => inner.value.blastRadius(innerContext)),
      );
      if (grown !== null) return grown;
      const carried = inner.value.decide(innerContext);
      if (!carried.ok) return carried;
      return succeed({
        decisions: [...ended.value.decisions, ...carried.value.decisions],
        changes: [...ended.value.changes, ...carried.value.changes],
      });
    },
  });

  const refuse: Command<z.infer<typeof verdictRequest>> = commandOf({
    name: "proposal.refuse",
    summary: "Refuses what somebody else asked for.",
    permission: "approvals.decide",
    decide(request, context) {
      const opened = openFor(context, request.proposalId);
      if (!opened.ok) return opened;
      const judged = judgement(context, opened.value, "refused", request.reason);
      if (!judged.ok) return judged;
      const after = { ...opened.value, approvals: [...opened.value.approvals, judged.value] };
      return end(context, { name: refuse.name, request }, after, "refuse", request.reason);
    },
  });

  const withdraw: Command<z.infer<typeof verdictRequest>> = commandOf({
    name: "proposal.withdraw",
    summary: "Takes back what one asked for.",
    permission: "orders.request",
    decide(request, context) {
      const opened = openFor(context, request.proposalId);
      if (!opened.ok) return opened;
      if (opened.value.requestedBy.id !== context.actor.id) {
        return fail("notTheRequester", "proposalId", "Only whoever asked for it takes a proposal back.");
      }
      return end(context, { name: withdraw.name, request }, opened.value, "withdraw", request.reason);
    },
  });

  const expire: Command<z.infer<typeof expireRequest>> = commandOf({
    name: "proposal.expire",
    summary: "Records that the time to approve is over.",
    permission: "approvals.decide",
    decide(request, context) {
      const { book, atMs } = context;
      const proposal = book.get("proposal", request.proposalId);
      if (proposal === undefined) return unknownProposal(request.proposalId);
      if (atMs < proposal.expiresMs) {
        const until = new Date(proposal.expiresMs).toISOString();
        return fail("termNotOver", "proposalId", `It can be approved until ${until}.`);
      }
      return end(context, { name: expire.name, request }, proposal, "expire", "The time to approve is over.");
    },
  });

  // Whoever proposes must be allowed to ask for the command itself: its permission is the proposal's.
  const proposeEntry = entryOf(propose, proposeRequest);
  const entry: CommandEntry = {
    ...proposeEntry,
    read: value => {
      const outer = proposeEntry.read(value);
      if (!outer.ok) return outer;
      const { command } = outer.value.request as z.infer<typeof proposeRequest>;
      const permission = byName.get(command.name)?.permission ?? propose.permission;
      return succeed({ ...outer.value, permission });
    },
  };
  return [
    entry,
    entryOf(approve, verdictRequest),
    entryOf(refuse, verdictRequest),
    entryOf(withdraw, verdictRequest),
    entryOf(expire, expireRequest),
  ];
}

/** Proposals that nobody has ended yet; some of them may be past their time. */
export function openProposals(book: Book): readonly Proposal[] {
  return [...book.all("proposal")].filter(({ state }) => state === "open");
}

/** An open proposal whose time is not over. */
function openFor(
  { book, atMs }: CommandContext,
  proposalId: string,
): Result<Proposal, AuthorityError<string>> {
  const proposal = book.get("proposal", proposalId);
  if (proposal === undefined) return unknownProposal(proposalId);
  if (proposal.state === "open" && atMs >= proposal.expiresMs) {
    return fail("proposalExpired", "proposalId", "The time to decide about this proposal is over.");
  }
  return succeed(proposal);
}

function judgement(
  { actor, atMs }: CommandContext,
  { requestedBy, approvals }: Proposal,
  verdict: Approval["verdict"],
  reason: string,
): Result<Approval, AuthorityError<"approverNotIndependent">> {
  if (actor.id === requestedBy.id) {
    return fail("approverNotIndependent", "proposalId", "Nobody approves or refuses what they asked for.");
  }
  if (approvals.some(({ approverId }) => approverId === actor.id)) {
    return fail("approverNotIndependent", "proposalId", "The second approval is another person's.");
  }
  return succeed({ approverId: actor.id, approver: actor.name, verdict, reason, atMs });
}

/** Approvers approve what they were shown. More terminals, or another protected site, is another proposal. */
function growth(
  shown: BlastRadius | null,
  now: BlastRadius | null,
): { readonly ok: false; readonly error: AuthorityError<"blastRadiusGrew"> } | null {
  if (now === null) return null;
  const sites = now.protectedSites.filter(site => shown?.protectedSites.includes(site) !== true);
  if (now.terminals <= (shown?.terminals ?? 1) && sites.length === 0) return null;
  return fail(
    "blastRadiusGrew",
    "proposalId",
    `It touches more than the approvers were shown. ${blastText(now)} Propose it again.`,
  );
}

function end(
  context: CommandContext,
  asked: Asked,
  proposal: Proposal,
  event: ProposalEvent,
  reason: string,
): CommandRuling {
  const step = stepOf(proposalTransitions, proposal.state, event, `Proposal ${proposal.id}`);
  if (!step.ok) return step;
  const { to, decision: action, sentence } = step.value;
  const content: Omit<Decision, "id"> = decided(context, asked, {
    subject: proposal.id,
    action,
    outcome: to,
    reasons: [reason],
    text: `${context.actor.name}: ${sentence} (${proposal.command.name}) ${reason}`,
  });
  return succeed({ decisions: [decisionOf(content)], changes: [changed({ ...proposal, state: to })] });
}

/** Whom a command touches, in a sentence. */
export function blastText(radius: BlastRadius | null): string {
  if (radius === null) return "It touches one subject.";
  const { terminals, accounts, share, protectedSites } = radius;
  const sites = protectedSites.length === 0 ? "no protected site" : protectedSites.join(", ");
  return (
    `It touches ${terminals} terminals of ${accounts} accounts, ${(share * 100).toFixed(2)} % of those in service, ` +
    `and ${sites}.`
  );
}

function changed(proposal: Proposal): Change {
  return { kind: "proposal", id: proposal.id, document: proposal };
}

function unknownProposal(proposalId: string): { readonly ok: false; readonly error: AuthorityError<string> } {
  return fail("proposalUnknown", "proposalId", `There is no proposal ${proposalId}.`);
}
