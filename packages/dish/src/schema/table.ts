// SPDX-License-Identifier: MIT

/** Scalars of protobuf that the table uses (protobuf.dev, "Scalar Value Types"), and what each is in TypeScript. */
export interface Scalars {
  readonly double: number;
  readonly float: number;
  readonly int32: number;
  readonly uint32: number;
  readonly int64: bigint;
  readonly uint64: bigint;
  readonly bool: boolean;
  readonly string: string;
  readonly bytes: Uint8Array;
}

/** Name of a protobuf scalar. */
export type ScalarName = keyof Scalars;

/**
 * One field: number, type and, where it belongs to one, its oneof.
 *
 * The type is a scalar or the name of a message or enum: relative to the file's package, or from the root with a dot
 * in front (`.google.protobuf.Timestamp`). Around it: `T[]` repeated, `map<K,V>` a map, `T?` a scalar whose presence
 * counts (`optional`).
 */
export type Field = readonly [number: number, type: string, oneof?: string];

/** Fields of a message by their protobuf names, in the order of declaration. */
export type MessageFields = Readonly<Record<string, Field>>;

/** Numbers of an enum by name, in the order of declaration; the first is zero. */
export type EnumValues = Readonly<Record<string, number>>;

/** One rpc: message types, and whether both sides stream. */
export interface Method {
  readonly takes: string;
  readonly gives: string;
  readonly streams: boolean;
}

/** Options of a file that its descriptor carries (descriptor.proto, `FileOptions`). */
export interface FileOptions {
  readonly javaPackage?: string;
  readonly javaOuterClassname?: string;
  readonly javaMultipleFiles?: boolean;
  readonly goPackage?: string;
  readonly ccEnableArenas?: boolean;
  readonly objcClassPrefix?: string;
  readonly csharpNamespace?: string;
}

/** A number, an inclusive range of numbers, or a name that must not be used again. */
export type Reserved = number | readonly [first: number, last: number] | string;

/** One file of the schema. Names inside it are relative to its package; a nested type has its parent's name in front. */
export interface ProtoFile {
  /** Name by which descriptors and reflection know the file. */
  readonly path: string;
  readonly package: string;
  /** Paths of the files it needs. */
  readonly imports: readonly string[];
  readonly options?: FileOptions;
  readonly messages: Readonly<Record<string, MessageFields>>;
  readonly enums: Readonly<Record<string, EnumValues>>;
  readonly services?: Readonly<Record<string, Readonly<Record<string, Method>>>>;
  /** By message or enum. */
  readonly reserved?: Readonly<Record<string, readonly Reserved[]>>;
  /** Fields as `Message.field`. */
  readonly deprecated?: readonly string[];
  /** First firmware by `Message.field` or `Enum.VALUE`, where it is known and younger than 2024-10. */
  readonly since?: Readonly<Record<string, string>>;
}
