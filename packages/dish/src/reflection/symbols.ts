// SPDX-License-Identifier: MIT
import { servedFiles } from "../schema/files.ts";

/** Path of the file by every full name that it declares. */
const paths = new Map<string, string>();
const types = new Set<string>();

for (const { path, package: packageName, messages, enums, services } of servedFiles) {
  for (const [local, fields] of Object.entries(messages)) {
    const message = `${packageName}.${local}`;
    types.add(message);
    paths.set(message, path);
    for (const [field, [, , oneof]] of Object.entries(fields)) {
      paths.set(`${message}.${field}`, path);
      if (oneof !== undefined) paths.set(`${message}.${oneof}`, path);
    }
  }
  for (const [local, values] of Object.entries(enums)) {
    const name = `${packageName}.${local}`;
    paths.set(name, path);
    // A value's scope is that of its enum, not the enum (protobuf.dev, "Enum Value Scoping").
    const scope = name.slice(0, name.lastIndexOf("."));
    for (const value of Object.keys(values)) paths.set(`${scope}.${value}`, path);
  }
  for (const [local, methods] of Object.entries(services ?? {})) {
    paths.set(`${packageName}.${local}`, path);
    for (const method of Object.keys(methods)) paths.set(`${packageName}.${local}.${method}`, path);
  }
}

/** Full names of all served messages. */
export const extendableTypes: ReadonlySet<string> = types;

/**
 * Paths of the files that declare a symbol: a message, enum, service, method, field, oneof or enum value under its full
 * name without a leading dot. One path, or none.
 */
export function filesContaining(symbol: string): string[] {
  const path = paths.get(symbol);
  return path === undefined ? [] : [path];
}
