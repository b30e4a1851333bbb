// SPDX-License-Identifier: MIT
// The table against the facts about real terminals that it was written from, entry by entry.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fieldShapes, messageEntries, qualified } from "./directory.ts";
import { terminalFiles } from "./files.ts";
import type { ProtoFile } from "./table.ts";

/** The facts: firmware of 2026-06, as data. A field is [name, number, type, oneof, JSON name, deprecated]. */
interface Facts {
  readonly files: Record<string, { package: string; deps: string[]; opts: string; syntax: string }>;
  readonly messages: Record<
    string,
    Reservations & { fields: [string, number, string, string, string, boolean][] }
  >;
  readonly enums: Record<string, Reservations & { values: [string, number][]; alias: boolean }>;
  readonly services: Record<string, { file: string; methods: [string, string, boolean, string, boolean][] }>;
}

interface Reservations {
  readonly file: string;
  readonly reserved: [number, number][];
  readonly reserved_names: string[];
}

const factsFile = new URL("../../../../../shared/reference/terminal-api-fields.json", import.meta.url);
const given = {
  skip: existsSync(factsFile) ? false : "absent: ../shared/reference/terminal-api-fields.json",
};
const facts = given.skip === false ? (JSON.parse(readFileSync(factsFile, "utf8")) as Facts) : null;

/** What firmware 2026.07 added to the facts' dump; the values of its new enum WifiClient.PhyMode are not known. */
const younger = {
  messages: ["SpaceX.API.Device.ToggleModeRequest", "SpaceX.API.Device.ToggleModeResponse"],
  fields: ["SpaceX.API.Device.Request.toggle_mode", "SpaceX.API.Device.Response.toggle_mode"],
};

const inFiles = <T>(
  pick: (file: ProtoFile) => Readonly<Record<string, T>>,
): Map<string, [ProtoFile, string, T]> =>
  new Map(
    terminalFiles.flatMap(file =>
      Object.entries(pick(file)).map(
        ([local, entry]) => [`${file.package}.${local}`, [file, local, entry]] as const,
      ),
    ),
  );

/** Type of a field as the facts write it. */
function typeText(packageName: string, type: string): string {
  const full = (name: string) => (/^[a-z0-9]+$/.test(name) ? name : qualified(packageName, name));
  const map = /^map<(\w+),(.+)>$/.exec(type);
  if (map !== null) return `map<${map[1]!}, ${full(map[2]!)}>`;
  if (type.endsWith("[]")) return `repeated ${full(type.slice(0, -2))}`;
  return type.endsWith("?") ? `optional ${full(type.slice(0, -1))}` : full(type);
}

const reservedOf = (file: ProtoFile, local: string) => {
  const all = file.reserved?.[local] ?? [];
  return {
    reserved: all.flatMap(entry =>
      typeof entry === "string" ? [] : [typeof entry === "number" ? [entry, entry] : [...entry]],
    ),
    reserved_names: all.filter(entry => typeof entry === "string"),
  };
};

test("every file has the facts' package, imports and options", given, () => {
  assert.deepEqual(
    Object.fromEntries(
      terminalFiles.map(({ path, package: name, imports, options }) => [
        path,
        {
          package: name,
          deps: imports,
          opts: Object.entries(options ?? {})
            .map(
              ([key, value]) =>
                `${key.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`)}: ${JSON.stringify(value)}`,
            )
            .join("\n"),
          syntax: "proto3",
        },
      ]),
    ),
    facts!.files,
  );
});

test(
  "every message has the facts' fields, in their order, with number, type, oneof, JSON name",
  given,
  () => {
    const messages = inFiles(file => file.messages);
    assert.deepEqual(
      [...messages.keys()].filter(name => !younger.messages.includes(name)).sort(),
      Object.keys(facts!.messages).sort(),
    );
    for (const [name, fact] of Object.entries(facts!.messages)) {
      const [file, local, fields] = messages.get(name)!;
      const shapes = fieldShapes(name);
      const ours = Object.entries(fields)
        .map(([field, [number, type, oneof]], k) => [
          field,
          number,
          typeText(file.package, type),
          oneof ?? "",
          shapes[k]!.jsonName,
          file.deprecated?.includes(`${local}.${field}`) === true,
        ])
        .filter(([field]) => !younger.fields.includes(`${name}.${String(field)}`));
      assert.deepEqual(
        { file: file.path, fields: ours, ...reservedOf(file, local) },
        {
          file: fact.file,
          fields: fact.fields,
          reserved: fact.reserved,
          reserved_names: fact.reserved_names,
        },
        name,
      );
    }
  },
);

test("every enum has the facts' values, in their order", given, () => {
  const enums = inFiles(file => file.enums);
  assert.deepEqual([...enums.keys()].sort(), Object.keys(facts!.enums).sort());
  for (const [name, fact] of Object.entries(facts!.enums)) {
    const [file, local, values] = enums.get(name)!;
    assert.deepEqual(
      { file: file.path, values: Object.entries(values), alias: false, ...reservedOf(file, local) },
      fact,
      name,
    );
  }
});

test("every rpc has the facts' messages and streams the same way", given, () => {
  const services = inFiles(file => file.services ?? {});
  const ours = [...services].map(([name, [file, , methods]]) => [
    name,
    {
      file: file.path,
      methods: Object.entries(methods).map(([method, { takes, gives, streams }]) => [
        method,
        qualified(file.package, takes),
        streams,
        qualified(file.package, gives),
        streams,
      ]),
    },
  ]);
  assert.deepEqual(Object.fromEntries(ours), facts!.services);
});

test("the toggle of modes of firmware 2026.07 is there", () => {
  const field = (message: string, name: string) =>
    fieldShapes(message).find(shape => shape.name === name && shape.oneof !== null);
  for (const side of ["Request", "Response"]) {
    const shape = field(`SpaceX.API.Device.${side}`, "toggle_mode")!;
    assert.equal(shape.number, 7001);
    assert.deepEqual(shape.element, { kind: "message", name: `SpaceX.API.Device.ToggleMode${side}` });
  }
});

test("no number is used twice or reserved in any message, every named entry exists", () => {
  for (const { name, file, fields } of messageEntries.values()) {
    const local = name.slice(file.package.length + 1);
    const numbers = Object.values(fields).map(([number]) => number);
    assert.equal(new Set(numbers).size, numbers.length, name);
    const { reserved, reserved_names } = reservedOf(file, local);
    for (const number of numbers) {
      assert.ok(!reserved.some(([first, last]) => number >= first! && number <= last!), `${name} ${number}`);
    }
    for (const field of Object.keys(fields)) assert.ok(!reserved_names.includes(field), `${name}.${field}`);
  }
  for (const file of terminalFiles) {
    for (const path of [...(file.deprecated ?? []), ...Object.keys(file.since ?? {})]) {
      const [local, member] = [path.slice(0, path.lastIndexOf(".")), path.slice(path.lastIndexOf(".") + 1)];
      assert.ok(member in (file.messages[local] ?? file.enums[local] ?? {}), `${file.path}: ${path}`);
    }
    for (const local of Object.keys(file.reserved ?? {}))
      assert.ok(local in { ...file.messages, ...file.enums });
  }
});
