import * as z from 'zod';

/** The keys that a mapping at this path may have. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  return [
    ...new Set(below([schema], path).flatMap(each => (each instanceof z.ZodObject ? Object.keys(each.shape) : []))),
  ];
}

/** The places in the schema where a key of this name stands: "targets.NAME.port". */
export function placesOfKey(schema: z.ZodType, name: string): string[] {
  return allKeys(schema, []).filter(path => path.split('.').at(-1) === name);
}

function below(schemas: readonly z.ZodType[], path: readonly PropertyKey[]): z.ZodType[] {
  const [head, ...rest] = path;
  const open = schemas.flatMap(unwrapped);
  return head === undefined
    ? open
    : below(
        open.flatMap(schema => child(schema, head)),
        rest,
      );
}

function child(schema: z.ZodType, name: PropertyKey): z.ZodType[] {
  if (schema instanceof z.ZodObject) return schema.shape[String(name)] ?? [];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  return schema instanceof z.ZodArray ? [schema.element as z.ZodType] : [];
}

/** The schemas behind `optional`, `nullable` and a union. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return unwrapped(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(option => unwrapped(option as z.ZodType));
  return [schema];
}

function allKeys(schema: z.ZodType, path: readonly string[]): string[] {
  return unwrapped(schema).flatMap(each => {
    if (each instanceof z.ZodObject)
      return Object.entries(each.shape).flatMap(([name, inner]) => [
        [...path, name].join('.'),
        ...allKeys(inner as z.ZodType, [...path, name]),
      ]);
    if (each instanceof z.ZodRecord) return allKeys(each.valueType as z.ZodType, [...path, 'NAME']);
    return [];
  });
}
