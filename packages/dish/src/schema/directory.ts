// SPDX-License-Identifier: MIT
import { googleDescriptorFile } from "./files/google-descriptor.ts";
import { servedFiles } from "./files.ts";
import type { EnumName, EnumOf } from "./message.ts";
import type { EnumValues, MessageFields, ProtoFile, ScalarName } from "./table.ts";

/** What one value of a field is. */
export type Element =
  | { readonly kind: "scalar"; readonly scalar: ScalarName }
  | { readonly kind: "enum"; readonly name: string }
  | { readonly kind: "message"; readonly name: string };

/** A field with its type resolved. */
export interface FieldShape {
  /** As the schema writes it, e.g. `pop_ping_drop_rate`. */
  readonly name: string;
  /** As values and JSON write it, e.g. `popPingDropRate`. */
  readonly jsonName: string;
  readonly number: number;
  /** Of a map, `element` is its values' type. */
  readonly form: "single" | "repeated" | "map";
  readonly element: Element;
  readonly key: ScalarName | null;
  readonly oneof: string | null;
  /** Whether a default counts as set (`optional`). */
  readonly presence: boolean;
}

/** A message of the table under its full name. */
export interface MessageEntry {
  readonly name: string;
  readonly file: ProtoFile;
  readonly fields: MessageFields;
}

/** An enum of the table under its full name. */
export interface EnumEntry {
  readonly name: string;
  readonly file: ProtoFile;
  readonly values: EnumValues;
}

const scalarNames: ReadonlySet<string> = new Set<ScalarName>([
  "double",
  "float",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "bool",
  "string",
  "bytes",
]);

const isScalar = (type: string): type is ScalarName => scalarNames.has(type);

const allFiles: readonly ProtoFile[] = [...servedFiles, googleDescriptorFile];

/** Every message by full name; descriptor.proto's included, which no server lists. */
export const messageEntries: ReadonlyMap<string, MessageEntry> = new Map(
  allFiles.flatMap(file =>
    Object.entries(file.messages).map(([local, fields]) => {
      const name = `${file.package}.${local}`;
      return [name, { name, file, fields }] as const;
    }),
  ),
);

/** Every enum by full name. */
export const enumEntries: ReadonlyMap<string, EnumEntry> = new Map(
  allFiles.flatMap(file =>
    Object.entries(file.enums).map(([local, values]) => {
      const name = `${file.package}.${local}`;
      return [name, { name, file, values }] as const;
    }),
  ),
);

/**
 * Numbers of an enum by name, typed: `enumOf("SpaceX.API.Device.DishOutage.Cause").OBSTRUCTED` is 6.
 *
 * @throws RangeError if the table has no such enum: a caller's bug.
 */
export function enumOf<N extends EnumName>(name: N): EnumOf<N> {
  const entry = enumEntries.get(name);
  if (entry === undefined) throw new RangeError(`no enum ${name} in the schema`);
  return entry.values as EnumOf<N>;
}

/** Name of a number of an enum, or null if the table does not know the number. */
export function enumValueName(name: EnumName, value: number): string | null {
  return Object.entries(enumOf(name)).find(([, number]) => number === value)?.[0] ?? null;
}

/** JSON name of a field by protobuf's rule: underscores go, the letter behind one becomes a capital. */
export function jsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** Full name of a type as a field of a package writes it. */
export function qualified(packageName: string, type: string): string {
  return type.startsWith(".") ? type.slice(1) : `${packageName}.${type}`;
}

/**
 * A message's fields with their types resolved, in the order of declaration.
 *
 * @throws RangeError if the table has no such message or a type that it names: a bug of the table.
 */
export function fieldShapes(message: string): FieldShape[] {
  const entry = messageEntries.get(message);
  if (entry === undefined) throw new RangeError(`no message ${message} in the schema`);
  return Object.entries(entry.fields).map(([name, [number, type, oneof]]) => {
    const map = /^map<(\w+),(.+)>$/.exec(type);
    const repeated = type.endsWith("[]");
    const presence = type.endsWith("?");
    const bare = map?.[2] ?? (repeated ? type.slice(0, -2) : presence ? type.slice(0, -1) : type);
    const key = map?.[1] ?? null;
    if (key !== null && !isScalar(key)) throw new RangeError(`${message}.${name}: ${key} is no key`);
    return {
      name,
      jsonName: jsonName(name),
      number,
      form: map !== null ? "map" : repeated ? "repeated" : "single",
      element: elementOf(entry.file.package, bare, `${message}.${name}`),
      key,
      oneof: oneof ?? null,
      presence,
    };
  });
}

function elementOf(packageName: string, type: string, place: string): Element {
  if (isScalar(type)) return { kind: "scalar", scalar: type };
  const name = qualified(packageName, type);
  if (messageEntries.has(name)) return { kind: "message", name };
  if (enumEntries.has(name)) return { kind: "enum", name };
  throw new RangeError(`${place}: no type ${name} in the schema`);
}
