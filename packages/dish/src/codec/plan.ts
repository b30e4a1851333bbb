// SPDX-License-Identifier: MIT
import { type FieldShape, fieldShapes } from "../schema/directory.ts";
import { type ReadField, readerOf } from "./read.ts";
import { wireTypeOf } from "./wire-type.ts";
import { type WriteField, writerOf } from "./write.ts";

/** A field as the codec handles it. */
export interface FieldPlan {
  /** `Message.field` with the message's full name, for errors. */
  readonly place: string;
  /** The member of a value. */
  readonly key: string;
  readonly number: number;
  /** Head of the field as it is written: number and wire type. */
  readonly tag: number;
  /** Index of its oneof within the message, or -1. */
  readonly oneof: number;
  readonly write: WriteField;
  readonly read: ReadField;
}

/** A message as the codec handles it; compiled once, and shared by all that contain it. */
export interface MessagePlan {
  readonly name: string;
  /** Ascending by number. */
  readonly fields: readonly FieldPlan[];
  /** Index into `fields` by number. */
  readonly byNumber: ReadonlyMap<number, number>;
  /** Index into `fields` by member. */
  readonly byKey: ReadonlyMap<string, number>;
  readonly oneofs: number;
}

const plans = new Map<string, MessagePlan>();

/**
 * The plan of a message type.
 *
 * @throws RangeError if the table has no such message.
 */
export function planOf(name: string): MessagePlan {
  const known = plans.get(name);
  if (known !== undefined) return known;
  const shapes = fieldShapes(name).sort((a, b) => a.number - b.number);
  const fields: FieldPlan[] = [];
  const plan: MessagePlan = {
    name,
    fields,
    byNumber: new Map(shapes.map(({ number }, k) => [number, k])),
    byKey: new Map(shapes.map(({ jsonName }, k) => [jsonName, k])),
    oneofs: new Set(shapes.flatMap(shape => shape.oneof ?? [])).size,
  };
  // Registered before its fields are compiled: a message may contain itself.
  plans.set(name, plan);
  const oneofs: string[] = [];
  for (const shape of shapes) {
    if (shape.oneof !== null && !oneofs.includes(shape.oneof)) oneofs.push(shape.oneof);
    fields.push(fieldPlan(name, shape, shape.oneof === null ? -1 : oneofs.indexOf(shape.oneof)));
  }
  return plan;
}

function fieldPlan(message: string, shape: FieldShape, oneof: number): FieldPlan {
  const { element } = shape;
  const nested = element.kind === "message" ? planOf(element.name) : null;
  const place = `${message}.${shape.name}`;
  return {
    place,
    key: shape.jsonName,
    number: shape.number,
    tag: ((shape.number << 3) | (shape.form === "single" ? wireTypeOf(element) : 2)) >>> 0,
    oneof,
    write: writerOf(shape, nested, place),
    read: readerOf(shape, nested),
  };
}
