// SPDX-License-Identifier: MIT
// From the JSON schema of a request to the fields of a form.

/** The part of JSON Schema (2020-12) that the operator's descriptions use. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What a field asks for. */
export type FieldKind =
  | { readonly kind: "text"; readonly least: number; readonly most: number; readonly pattern: string | null }
  | {
      readonly kind: "number";
      readonly whole: boolean;
      readonly least: number | null;
      readonly above: number | null;
      readonly most: number | null;
    }
  /** UTC ms. */
  | { readonly kind: "instant" }
  | { readonly kind: "date" }
  | { readonly kind: "yesNo" }
  | { readonly kind: "choice"; readonly options: readonly string[] }
  | { readonly kind: "choices"; readonly options: readonly string[]; readonly least: number }
  /** Texts, one on each line. */
  | {
      readonly kind: "list";
      readonly least: number;
      readonly most: number;
      readonly pattern: string | null;
      readonly leastLength: number;
    }
  | { readonly kind: "group"; readonly fields: readonly Field[] }
  | {
      readonly kind: "rows";
      readonly fields: readonly Field[];
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: "variants"; readonly variants: readonly Variant[] }
  /** Random hexadecimal digits that nobody chooses. */
  | { readonly kind: "salt" }
  /** One value and no other. */
  | { readonly kind: "fixed"; readonly value: string | number | boolean | null }
  /** Anything: typed as JSON. */
  | { readonly kind: "json" };

/** One of several shapes that a member may have. */
export interface Variant {
  /** The value of the member that tells it from the others. */
  readonly title: string;
  readonly fields: readonly Field[];
}

export type Field = FieldKind & {
  readonly name: string;
  readonly required: boolean;
  /** Whether it may be `null`: nothing, said outright. */
  readonly nullable: boolean;
  readonly initial: unknown;
};

/** The operator's own records replace what a caller says here, so nobody is asked. */
const OPERATORS_OWN: ReadonlySet<string> = new Set(["lastCells"]);
/** Year 2200: the end of time in requests, by which instants are known. */
const LAST_MS = 7_258_118_400_000;

/** The fields of a request, in the schema's order. */
export function fieldsOf(schema: JsonSchema): readonly Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !OPERATORS_OWN.has(name))
    .map(([name, member]) => fieldOf(name, member, required.has(name)));
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const shapes = schema.anyOf ?? schema.oneOf;
  const alternatives = (shapes ?? []).filter(shape => shape.type !== "null" && !isSealed(shape));
  const types = [schema.type ?? []].flat();
  const nullable = types.includes("null") || shapes?.some(shape => shape.type === "null") === true;
  const plain = alternatives.length === 1 ? (alternatives[0] as JsonSchema) : schema;
  const kind =
    alternatives.length > 1
      ? { kind: "variants" as const, variants: alternatives.map(variantOf) }
      : kindOf(name, plain);
  return { ...kind, name, required, nullable, initial: schema.default ?? plain.default };
}

function kindOf(name: string, schema: JsonSchema): FieldKind {
  const type = [schema.type ?? []].flat().find(found => found !== "null");
  if (schema.const !== undefined) return { kind: "fixed", value: schema.const as string };
  if (schema.enum !== undefined) {
    const options = schema.enum.filter(value => value !== null);
    return options.length === 1
      ? { kind: "fixed", value: options[0] as string }
      : { kind: "choice", options: options.map(String) };
  }
  switch (type) {
    case "string":
      if (name === "salt") return { kind: "salt" };
      if (schema.format === "date") return { kind: "date" };
      return {
        kind: "text",
        least: schema.minLength ?? 0,
        most: schema.maxLength ?? 10_000,
        pattern: schema.pattern ?? null,
      };
    case "integer":
    case "number":
      if (name.endsWith("Ms") && schema.maximum === LAST_MS) return { kind: "instant" };
      return {
        kind: "number",
        whole: type === "integer",
        least: schema.minimum ?? null,
        above: schema.exclusiveMinimum ?? null,
        most:
          schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER ? null : schema.maximum,
      };
    case "boolean":
      return { kind: "yesNo" };
    case "object":
      return schema.properties ? { kind: "group", fields: fieldsOf(schema) } : { kind: "json" };
    case "array":
      return listOf(schema);
    default:
      return { kind: "json" };
  }
}

function listOf({ items = {}, minItems: least = 0, maxItems: most = 1_000 }: JsonSchema): FieldKind {
  if (items.enum) return { kind: "choices", options: items.enum.map(String), least };
  if (items.type === "string")
    return { kind: "list", least, most, pattern: items.pattern ?? null, leastLength: items.minLength ?? 0 };
  if (items.type === "object" && items.properties)
    return { kind: "rows", fields: fieldsOf(items), least, most };
  return { kind: "json" };
}

function variantOf(schema: JsonSchema): Variant {
  const fields = fieldsOf(schema);
  const fixed = fields.find(field => field.kind === "fixed");
  return { title: fixed?.kind === "fixed" ? String(fixed.value) : "value", fields };
}

/** The form in which a ledger entry holds personal data: only a replay has that. */
function isSealed({ properties }: JsonSchema): boolean {
  return properties !== undefined && Object.keys(properties).join() === "sealed";
}
