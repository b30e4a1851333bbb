// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Charge } from "./charges.ts";
import { dayMs } from "./cycle.ts";
import { invoicesOf, type Payment, settle } from "./invoices.ts";
import { inMajor, inMinor, partOf } from "./money.ts";

const start = Date.UTC(2026, 0, 10);

const charge = (day: number, subTotalMinor: number, currency = "EUR", lineId = "a"): Charge => ({
  atMs: start + day * dayMs,
  lineId,
  productId: "slow",
  description: "Slow: service",
  quantity: 1,
  unitMinor: subTotalMinor,
  subTotalMinor,
  currency,
  period: { fromMs: start + day * dayMs, untilMs: start + (day + 30) * dayMs },
});

const payment = (day: number, amountMinor: number, currency = "EUR"): Payment => ({
  atMs: start + day * dayMs,
  amountMinor,
  currency,
});

test("equal charges of several lines stand in one invoice line", () => {
  const [invoice] = invoicesOf("511274-31364-54", [charge(0, 500, "EUR", "a"), charge(0, 500, "EUR", "b")]);
  assert.equal(invoice!.id, "INV-511274-31364-54-20260110-1");
  assert.equal(invoice!.totalMinor, 1_000);
  assert.deepEqual(
    invoice!.lines.map(({ lineIds, quantity, subTotalMinor }) => [lineIds, quantity, subTotalMinor]),
    [[["a", "b"], 2, 1_000]],
  );
});

test("an invoice is outstanding, due soon from three days before its date, then overdue, until it is paid", () => {
  const invoices = invoicesOf("x", [charge(0, 500)]);
  const on = (day: number, payments: Payment[] = []) =>
    settle(invoices, payments, start + day * dayMs).invoices[0]!;
  assert.equal(on(0).status, "Outstanding");
  assert.equal(on(11).status, "Outstanding");
  assert.equal(on(12).status, "DueSoon");
  assert.equal(on(14).status, "DueSoon");
  assert.equal(on(15).status, "Overdue");
  assert.equal(on(15, [payment(14, 499)]).status, "Overdue");
  assert.equal(on(15, [payment(14, 500)]).status, "Paid");
  assert.equal(on(13, [payment(14, 500)]).status, "DueSoon", "money of tomorrow pays nothing today");
});

test("money pays the oldest invoices first, each currency its own; a credit pays too", () => {
  const charges = [charge(0, 500), charge(1, 300, "USD"), charge(2, -200), charge(3, 400)];
  const { invoices, balances } = settle(invoicesOf("x", charges), [payment(4, 500)], start + 5 * dayMs);
  assert.deepEqual(
    invoices.map(({ openMinor }) => openMinor),
    [0, 300, 0, 200],
  );
  assert.deepEqual(
    [...balances],
    [
      ["EUR", 200],
      ["USD", 300],
    ],
  );
});

test("what is open is what was charged less what was paid; ids stay as later charges come", () => {
  const charges = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 90 }), minor: fc.integer({ min: -5_000, max: 9_000 }) }),
    { maxLength: 30 },
  );
  const payments = fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 90 }), minor: fc.integer({ min: 1, max: 9_000 }) }),
    { maxLength: 10 },
  );
  fc.assert(
    fc.property(charges, payments, (charged, paid) => {
      const all = charged.map(({ day, minor }) => charge(day, minor));
      const money = paid.map(({ day, minor }) => payment(day, minor));
      const invoices = invoicesOf("x", all);
      const settled = settle(invoices, money, start + 100 * dayMs);
      const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
      const balance = sum(charged.map(c => c.minor)) - sum(paid.map(p => p.minor));
      if (charged.length + paid.length > 0) assert.equal(settled.balances.get("EUR"), balance);
      for (const invoice of settled.invoices) {
        assert.ok(invoice.openMinor >= 0 && invoice.paidMinor <= Math.max(0, invoice.totalMinor));
        assert.equal(invoice.openMinor === 0, invoice.status === "Paid");
      }
      // No money is left over while something is open.
      const open = sum(settled.invoices.map(invoice => invoice.openMinor));
      assert.equal(open, Math.max(open === 0 ? 0 : balance, 0));
      const before = invoicesOf(
        "x",
        all.filter(({ atMs }) => atMs <= start + 40 * dayMs),
      );
      assert.deepEqual(invoices.slice(0, before.length), before);
    }),
  );
});

test("money is counted in the currency's smallest unit (ISO 4217), and a credit is the opposite of its charge", () => {
  assert.equal(inMinor(19.99, "EUR"), 1_999);
  assert.equal(inMinor(120, "JPY"), 120);
  assert.equal(inMinor(1.234, "KWD"), 1_234);
  assert.equal(inMajor(1_999, "EUR"), 19.99);
  assert.equal(partOf(5, 1, 2), 3);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 31 }), (minor, days) => {
      assert.equal(partOf(minor, days, 31) + partOf(-minor, days, 31), 0);
      assert.ok(Math.abs(partOf(minor, days, 31) - (minor * days) / 31) <= 0.5);
    }),
  );
});
