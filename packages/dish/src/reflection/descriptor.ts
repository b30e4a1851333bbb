// SPDX-License-Identifier: MIT
import { encode } from "../codec/codec.ts";
import { enumOf, type FieldShape, fieldShapes, jsonName, qualified } from "../schema/directory.ts";
import { servedFiles } from "../schema/files.ts";
import type { MessageOf } from "../schema/message.ts";
import type { ProtoFile, Reserved, ScalarName } from "../schema/table.ts";

type FieldDescriptor = MessageOf<"google.protobuf.FieldDescriptorProto">;
type MessageDescriptor = MessageOf<"google.protobuf.DescriptorProto">;
type EnumDescriptor = MessageOf<"google.protobuf.EnumDescriptorProto">;

const label = enumOf("google.protobuf.FieldDescriptorProto.Label");
const type = enumOf("google.protobuf.FieldDescriptorProto.Type");

const scalarTypes: Readonly<Record<ScalarName, number>> = {
  double: type.TYPE_DOUBLE,
  float: type.TYPE_FLOAT,
  int32: type.TYPE_INT32,
  uint32: type.TYPE_UINT32,
  int64: type.TYPE_INT64,
  uint64: type.TYPE_UINT64,
  bool: type.TYPE_BOOL,
  string: type.TYPE_STRING,
  bytes: type.TYPE_BYTES,
};

const byPath: ReadonlyMap<string, ProtoFile> = new Map(servedFiles.map(file => [file.path, file]));
const encoded = new Map<string, Uint8Array>();

/**
 * A served file's `FileDescriptorProto`, encoded; null if no file has that path. The bytes are kept: do not change
 * them.
 */
export function fileDescriptor(path: string): Uint8Array | null {
  const known = encoded.get(path);
  if (known !== undefined) return known;
  const file = byPath.get(path);
  if (file === undefined) return null;
  const bytes = encode("google.protobuf.FileDescriptorProto", describeFile(file));
  encoded.set(path, bytes);
  return bytes;
}

/**
 * Paths of a file and of all files that it needs, each once and before the files that it imports: the file itself is
 * first, and read backwards the list can be loaded one by one. Empty if no file has that path.
 */
export function importClosure(path: string): string[] {
  const done = new Set<string>();
  const visit = (next: string): void => {
    const file = byPath.get(next);
    if (file === undefined || done.has(next)) return;
    for (const needed of file.imports) visit(needed);
    done.add(next);
  };
  visit(path);
  return [...done].reverse();
}

/** A file as descriptor.proto has it. */
export function describeFile(file: ProtoFile): MessageOf<"google.protobuf.FileDescriptorProto"> {
  return {
    name: file.path,
    package: file.package,
    dependency: file.imports,
    messageType: childrenOf(file.messages, "").map(local => describeMessage(file, local)),
    enumType: childrenOf(file.enums, "").map(local => describeEnum(file, local)),
    service: Object.entries(file.services ?? {}).map(([name, methods]) => ({
      name,
      method: Object.entries(methods).map(([method, { takes, gives, streams }]) => ({
        name: method,
        inputType: `.${qualified(file.package, takes)}`,
        outputType: `.${qualified(file.package, gives)}`,
        clientStreaming: streams,
        serverStreaming: streams,
      })),
    })),
    options: file.options,
    syntax: "proto3",
  };
}

/** Names directly inside a parent ("" for the file's own), in the order of declaration. */
function childrenOf(names: Readonly<Record<string, unknown>>, parent: string): string[] {
  const prefix = parent === "" ? "" : `${parent}.`;
  return Object.keys(names).filter(
    name => name.startsWith(prefix) && !name.slice(prefix.length).includes("."),
  );
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function describeMessage(file: ProtoFile, local: string): MessageDescriptor {
  const shapes = fieldShapes(`${file.package}.${local}`);
  const oneofs = [...new Set(shapes.flatMap(shape => shape.oneof ?? []))];
  // A field whose presence counts has a oneof of its own, behind all others (protobuf, docs/implementing_proto3_presence).
  const alone = shapes.filter(shape => shape.presence).map(shape => `_${shape.name}`);
  const maps = shapes.filter(shape => shape.form === "map");
  const { ranges, names } = reservedOf(file, local, 1);
  return {
    name: lastPart(local),
    field: shapes.map(shape => {
      const oneof = shape.presence ? `_${shape.name}` : shape.oneof;
      const index = oneof === null ? -1 : [...oneofs, ...alone].indexOf(oneof);
      const deprecated = file.deprecated?.includes(`${local}.${shape.name}`) === true;
      return {
        ...describeField(shape, `.${file.package}.${local}`),
        oneofIndex: index < 0 ? undefined : index,
        proto3Optional: shape.presence,
        options: deprecated ? { deprecated } : undefined,
      };
    }),
    nestedType: [
      ...maps.map(shape => describeEntry(shape)),
      ...childrenOf(file.messages, local).map(child => describeMessage(file, child)),
    ],
    enumType: childrenOf(file.enums, local).map(child => describeEnum(file, child)),
    oneofDecl: [...oneofs, ...alone].map(name => ({ name })),
    reservedRange: ranges,
    reservedName: names,
  };
}

function describeField(shape: FieldShape, message: string): FieldDescriptor {
  const { name, number, form, element } = shape;
  const common = {
    name,
    number,
    label: form === "single" ? label.LABEL_OPTIONAL : label.LABEL_REPEATED,
    jsonName: shape.jsonName,
  };
  if (form === "map")
    return { ...common, type: type.TYPE_MESSAGE, typeName: `${message}.${entryName(name)}` };
  if (element.kind === "scalar") return { ...common, type: scalarTypes[element.scalar] };
  return {
    ...common,
    type: element.kind === "enum" ? type.TYPE_ENUM : type.TYPE_MESSAGE,
    typeName: `.${element.name}`,
  };
}

/** The message type that protoc makes for a map's entries. */
function describeEntry(shape: FieldShape): MessageDescriptor {
  const single = { form: "single", oneof: null, presence: false } as const;
  const key: FieldShape = {
    ...single,
    name: "key",
    jsonName: "key",
    number: 1,
    element: { kind: "scalar", scalar: shape.key! },
    key: null,
  };
  const value: FieldShape = {
    ...single,
    name: "value",
    jsonName: "value",
    number: 2,
    element: shape.element,
    key: null,
  };
  return {
    name: entryName(shape.name),
    field: [describeField(key, ""), describeField(value, "")],
    options: { mapEntry: true },
  };
}

/** `count_by_reason` gives `CountByReasonEntry` (descriptor.proto, `MessageOptions.map_entry`). */
function entryName(field: string): string {
  const camel = jsonName(field);
  return `${camel.charAt(0).toUpperCase()}${camel.slice(1)}Entry`;
}

function describeEnum(file: ProtoFile, local: string): EnumDescriptor {
  const { ranges, names } = reservedOf(file, local, 0);
  return {
    name: lastPart(local),
    value: Object.entries(file.enums[local]!).map(([name, number]) => ({ name, number })),
    reservedRange: ranges,
    reservedName: names,
  };
}

/** @param beyond 1 for messages, whose ranges end behind their last number; 0 for enums, whose end with it. */
function reservedOf(
  file: ProtoFile,
  local: string,
  beyond: 0 | 1,
): { ranges: { start: number; end: number }[]; names: string[] } {
  const ranges: { start: number; end: number }[] = [];
  const names: string[] = [];
  for (const reserved of file.reserved?.[local] ?? ([] as readonly Reserved[])) {
    if (typeof reserved === "string") names.push(reserved);
    else {
      const [start, last] = typeof reserved === "number" ? [reserved, reserved] : reserved;
      ranges.push({ start, end: last + beyond });
    }
  }
  return { ranges, names };
}
