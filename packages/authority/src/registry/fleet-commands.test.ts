// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { samplePolicy } from "../fixture.ts";
import { MapBook } from "../map-book.ts";
import { fleetDue } from "./fleet-line-commands.ts";
import { clerk, Office, salt, written } from "./office.ts";
import { registryCommands } from "./registry-commands.ts";

const dayMs = 86_400_000;
const place = {
  salt,
  lines: ["Invented Street 5"],
  formatted: "Invented Street 5, Somewhere",
  position: { latDeg: 1, lonDeg: 2 },
};

/** An office with a verified party, its account, an address and a line of the plan `home`. */
function fleet(party = "p") {
  const office = new Office();
  office.party(party);
  const { accountId } = office.account(party);
  const address = written(office.do("fleet.addAddress", { party, accountId, personal: place }), "address");
  const opened = office.do("fleet.openLine", {
    ...{ party, accountId, addressId: address.id, planId: "home", productId: "home-100" },
  });
  return { office, party, accountId, addressId: address.id, lineId: written(opened, "serviceLine").id };
}

test("a terminal comes into service in order only, and leaves in order only", () => {
  const { office, party, accountId, lineId: serviceLineId } = fleet();
  const terminalId = office.enrolled(1);
  const onLine = { party, serviceLineId, terminalId };
  assert.equal(office.refused("fleet.addTerminalToLine", onLine), "terminalUnknown");
  office.do("fleet.addTerminal", { party, accountId, terminalId });
  const added = office.terminal(terminalId);
  assert.deepEqual(
    [added.state, added.accountId, added.planId, added.holder],
    ["registered", accountId, null, party],
  );
  assert.equal(office.refused("fleet.addTerminal", { party, accountId, terminalId }), "terminalTaken");
  const ruling = office.do("fleet.addTerminalToLine", onLine);
  assert.deepEqual(
    ruling.decisions.map(({ action }) => action),
    ["assign to line", "verify", "activate"],
  );
  const inService = office.terminal(terminalId);
  assert.deepEqual(
    [inService.state, inService.planId, inService.serviceAddress],
    ["active", "home", place.position],
  );
  assert.equal(office.refused("fleet.removeTerminal", { party, terminalId }), "terminalOnLine");
  office.do("fleet.takeTerminalOffLine", onLine);
  assert.equal(office.refused("fleet.takeTerminalOffLine", onLine), "terminalUnknown");
  office.do("fleet.removeTerminal", { party, terminalId });
  const left = office.terminal(terminalId);
  assert.deepEqual([left.state, left.accountId, left.holder], ["sold", null, party], "it stays its holder's");
});

test("nobody's program adds what is somebody else's, marked, or under an order", () => {
  const { office, party, accountId, lineId: serviceLineId } = fleet();
  const theirs = office.inService(2);
  const own = { party, accountId };
  assert.equal(
    office.refused("fleet.addTerminal", { ...own, terminalId: theirs.terminalId }),
    "terminalTaken",
  );
  const sold = office.enrolled(3);
  office.do("terminal.sell", { terminalId: sold, seller: null, holder: theirs.party, source: "receipt" });
  assert.equal(office.refused("fleet.addTerminal", { ...own, terminalId: sold }), "holderOther");
  const stranger = office.party("stranger");
  for (const [name, request] of [
    ["fleet.addTerminal", { party: stranger, accountId, terminalId: sold }],
    ["fleet.endLine", { party: stranger, serviceLineId, atMs: null, reason: "a prank" }],
    ["fleet.removeTerminal", { party, terminalId: theirs.terminalId }],
    ["fleet.setPublicIp", { party: stranger, serviceLineId, publicIp: true }],
  ] as const) {
    assert.match(office.refused(name, request), /Unknown$/, name);
  }
  const lost = office.enrolled(4);
  office.do("fleet.addTerminal", { ...own, terminalId: lost });
  office.do("portal.reportLost", { party, terminalId: lost });
  assert.equal(
    office.refused("fleet.addTerminalToLine", { party, serviceLineId, terminalId: lost }),
    "terminalMarked",
  );
});

test("a terminal of one of a holder's accounts is on no line of another", () => {
  const { office, party, accountId } = fleet();
  const other = office.account(party);
  const terminalId = office.enrolled(5);
  office.do("fleet.addTerminal", { party, accountId, terminalId });
  const onLine = { party, serviceLineId: other.lineId, terminalId };
  assert.equal(office.refused("fleet.addTerminalToLine", onLine), "terminalOther");
  assert.equal(office.book.get("serviceLine", other.lineId)?.terminalId, null);
});

test("an unverified holder's terminal is with the account and gets no service", () => {
  const office = new Office();
  const party = office.party("new", "New", false);
  const { accountId, lineId: serviceLineId } = office.account(party);
  const terminalId = office.enrolled(1);
  office.do("fleet.addTerminal", { party, accountId, terminalId });
  assert.equal(
    office.refused("fleet.addTerminalToLine", { party, serviceLineId, terminalId }),
    "holderUnverified",
  );
  assert.equal(office.terminal(terminalId).serviceLineId, null);
});

test("a terminal that an order or its holder's pause keeps out of service stays so on another line", () => {
  const { office, party, accountId } = fleet();
  const terminalId = office.enrolled(1);
  const lineOf = () => office.line(accountId);
  const first = lineOf();
  office.do("fleet.addTerminal", { party, accountId, terminalId });
  office.do("fleet.addTerminalToLine", { party, serviceLineId: first, terminalId });
  office.do("portal.pause", { party, serviceLineId: first, reason: "on holiday" });
  office.do("fleet.takeTerminalOffLine", { party, serviceLineId: first, terminalId });
  office.do("fleet.addTerminalToLine", { party, serviceLineId: lineOf(), terminalId });
  assert.equal(office.terminal(terminalId).state, "paused");
});

test("an address moves every line and terminal at it, and no other", () => {
  const { office, party, accountId, addressId, lineId } = fleet();
  const other = office.line(accountId);
  const terminalId = office.enrolled(1);
  office.do("fleet.addTerminal", { party, accountId, terminalId });
  office.do("fleet.addTerminalToLine", { party, serviceLineId: lineId, terminalId });
  const position = { latDeg: 5, lonDeg: 6 };
  office.do("fleet.changeAddress", { party, addressId, personal: { ...place, position } });
  assert.deepEqual(office.book.get("serviceLine", lineId)?.serviceAddress, position);
  assert.deepEqual(office.terminal(terminalId).serviceAddress, position);
  assert.deepEqual(office.book.get("serviceLine", other)?.serviceAddress, { latDeg: 1, lonDeg: 2 });
});

test("what is put off happens on its day, once, and not before", () => {
  const { office, party, lineId: serviceLineId } = fleet();
  const line = () => office.book.get("serviceLine", serviceLineId)!;
  const fromMs = office.atMs + 20 * dayMs;
  const wish = { party, serviceLineId, planId: "roam", productId: "roam-50", fromMs };
  for (const unfit of [office.atMs, office.atMs + 63 * dayMs]) {
    assert.equal(office.refused("fleet.changeProduct", { ...wish, fromMs: unfit }), "instantUnfit");
  }
  office.do("fleet.changeProduct", wish);
  assert.deepEqual([line().planId, fleetDue(office.book, fromMs - 1)], ["home", []]);
  assert.equal(office.refused("serviceLine.settle", { serviceLineId }), "termNotOver");
  office.atMs = fromMs;
  const [due] = fleetDue(office.book, office.atMs);
  office.do(due!.name, due!.request as object);
  assert.deepEqual([line().planId, line().productId, line().pending], ["roam", "roam-50", undefined]);
  assert.deepEqual(fleetDue(office.book, office.atMs + dayMs), []);
  assert.equal(office.refused("serviceLine.settle", { serviceLineId }), "nothingChanges");

  office.do("fleet.endLine", { party, serviceLineId, atMs: office.atMs + dayMs, reason: "moving away" });
  assert.equal(line().state, "active");
  office.atMs += dayMs;
  office.do("serviceLine.settle", { serviceLineId });
  assert.deepEqual([line().state, line().endedMs], ["ended", office.atMs]);
  office.do("fleet.changeProduct", { ...wish, fromMs: null });
  assert.deepEqual([line().state, line().endedMs], ["active", undefined], "bought anew");
});

test("an officer's change of plan forgets what was bought", () => {
  const { office, lineId: serviceLineId } = fleet();
  office.do("serviceLine.changePlan", { serviceLineId, planId: "roam" });
  assert.equal(office.book.get("serviceLine", serviceLineId)?.productId, undefined);
});

test("a managed account is of the manager's country, and of nobody verified", () => {
  const { office, party, accountId } = fleet();
  const personal = {
    salt,
    firstName: "Bo",
    lastName: "Lind",
    email: "bo@lind.example",
    phone: "+1 2",
    locale: "en-US",
  };
  const made = office.do("fleet.openManagedAccount", { party, accountId, kind: "person", personal });
  const child = written(made, "account");
  assert.deepEqual([child.managedBy, child.country, child.state], [accountId, "AA", "open"]);
  const holder = written(made, "party");
  assert.deepEqual([holder.name, holder.verification.state], ["Bo Lind", "unverified"]);
  // Four accounts stand above one at most.
  let below = child.id;
  for (let depth = 2; depth <= 4; depth++) {
    office.atMs++;
    const request = { party, accountId: below, kind: "person", personal };
    below = written(office.do("fleet.openManagedAccount", request), "account").id;
  }
  const request = { party, accountId: below, kind: "person", personal };
  assert.equal(office.refused("fleet.openManagedAccount", request), "managersTooMany");
});

test("an erasure takes what addresses and contacts say, and every command decides the same without it", () => {
  const { office, party, accountId, addressId, lineId: serviceLineId } = fleet();
  const personal = {
    salt,
    firstName: "Ines",
    lastName: "Falk",
    email: "i@falk.example",
    phone: "+1 2",
    locale: "en",
  };
  const contact = written(
    office.do("fleet.addContact", { party, accountId, roles: ["Admin"], personal }),
    "contact",
  );
  office.do("fleet.renameLine", { party, serviceLineId, personal: { salt, nickname: "The barge" } });
  office.do("fleet.changeAddress", {
    party,
    addressId,
    personal: { ...place, position: { latDeg: 3, lonDeg: 3 } },
  });
  for (const line of office.book.about("serviceLine", accountId)) {
    office.do("fleet.endLine", { party, serviceLineId: line.id, atMs: null, reason: "it is over" });
  }

  // Decide all of it again from what a replay has: the requests without their personal data.
  const entries = new Map(registryCommands({ find: () => undefined }).map(entry => [entry.name, entry]));
  const book = new MapBook();
  for (const decision of office.decisions) {
    const { command, atMs } = decision;
    const request = office.requests.get(command!.requestHash);
    const read = entries.get(command!.name)!.read(request);
    assert.ok(read.ok, command!.name);
    const again = read.value.decide({ book, policy: samplePolicy, actor: clerk, atMs, approvals: [] });
    assert.ok(again.ok, command!.name);
    assert.deepEqual(again.value.decisions, [decision], command!.name);
    book.apply(again.value.changes);
  }

  office.do("account.close", { accountId, reason: "it is over" });
  office.do("party.erase", { partyId: party });
  const text = JSON.stringify([
    office.book.get("address", addressId),
    office.book.get("contact", contact.id),
  ]);
  for (const word of ["Invented", "Ines", "Falk", "+1", salt, "latDeg"])
    assert.ok(!text.includes(word), word);
  assert.deepEqual(office.book.get("contact", contact.id)?.roles, ["Admin"]);
});
