// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import { MapBook, manufactureTerminal } from "@perigee/authority";
import fc from "fast-check";
import {
  accountNumberOf,
  accountsUnder,
  lineNumberOf,
  routerIdIn,
  routerIdOf,
  routerNameOf,
  WireIds,
  wireIdentityOf,
} from "./wire-ids.ts";

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,40}$/);

test("names have the forms of the wire, and always the same", () => {
  fc.assert(
    fc.property(id, text => {
      const identity = wireIdentityOf({ id: text, kitNumber: null, serial: null });
      assert.match(identity.userTerminalId, /^00020900-[0-9a-f]{8}-[0-9a-f]{8}$/);
      assert.match(identity.kitNumber, /^KIT[1-9]\d{7}$/);
      assert.match(identity.dishSerial, /^2DHT[1-9]\d{7}$/);
      assert.match(identity.routerId, /^[0-9a-f]{24}$/);
      assert.match(accountNumberOf(text), /^ACC-[1-9]\d{5}-\d{5}-\d{2}$/);
      assert.match(lineNumberOf(text), /^AST-[1-9]\d{5}-\d{5}-\d{2}$/);
      assert.equal(routerIdIn(routerNameOf(identity.routerId)), identity.routerId);
      assert.deepEqual(wireIdentityOf({ id: text, kitNumber: null, serial: null }), identity);
    }),
  );
  // What customers have written down must not change with a release. Computed by hand, with another language's SHA-256.
  assert.equal(accountNumberOf("acc-marta-wolska"), "ACC-577590-17423-26");
});

test("what is printed on the box is the name", () => {
  const identity = wireIdentityOf({ id: "kyiv", kitNumber: "KIT00142069", serial: "2DHT00542069" });
  assert.deepEqual([identity.kitNumber, identity.dishSerial], ["KIT00142069", "2DHT00542069"]);
});

test("every name leads back to its terminal, also to one that came later", () => {
  const book = new MapBook();
  const ids = new WireIds(book);
  for (let n = 0; n < 200; n++) {
    const terminal = {
      ...manufactureTerminal(`t-${n}`, "", 0),
      ...(n % 2 ? { kitNumber: `KIT7777${1000 + n}` } : {}),
    };
    book.apply([{ kind: "terminal", id: terminal.id, document: terminal }]);
    const { userTerminalId, kitNumber, dishSerial } = wireIdentityOf(terminal);
    for (const name of [
      userTerminalId,
      `ut${userTerminalId}`,
      userTerminalId.toUpperCase(),
      kitNumber,
      dishSerial,
    ]) {
      assert.equal(ids.terminalOf(name), terminal.id, name);
    }
  }
  for (const name of ["", "KIT", "00020900-00000000-00000000", "KIT00000000", "t-1", "x".repeat(10_000)]) {
    assert.equal(ids.terminalOf(name), null);
  }
});

test("an account is found from itself and from those above it, a line from its own account only", () => {
  const book = new MapBook();
  const account = (accountId: string, managedBy: string | null) => {
    const document = { id: accountId, holder: "p", country: "AA", state: "open", managedBy } as const;
    book.apply([{ kind: "account", id: accountId, document }]);
  };
  account("top", null);
  account("middle", "top");
  account("low", "middle");
  account("other", null);
  const line = { id: "line-1", accountId: "low", planId: "p", nickname: "", serviceAddress: null } as const;
  const rest = {
    hasAddress: false,
    terminalId: null,
    state: "active",
    sponsorshipId: null,
    sinceMs: 0,
  } as const;
  book.apply([{ kind: "serviceLine", id: "line-1", document: { ...line, ...rest } }]);
  const ids = new WireIds(book);
  assert.deepEqual(accountsUnder(book, "top"), ["top", "middle", "low"]);
  assert.equal(ids.accountOf("top", accountNumberOf("low")), "low");
  assert.equal(ids.accountOf("low", accountNumberOf("top")), null);
  assert.equal(ids.accountOf("top", accountNumberOf("other")), null);
  assert.equal(ids.lineOf("low", lineNumberOf("line-1")), "line-1");
  assert.equal(ids.lineOf("top", lineNumberOf("line-1")), null);
});

test("routers of one terminal have names of their own", () => {
  assert.notEqual(routerIdOf("kyiv", 0), routerIdOf("kyiv", 1));
  assert.equal(routerIdIn("Router-xyz"), null);
});
