/** What an object itself holds under a key that somebody else wrote; what every object inherits ("constructor") is not it. */
export function own<Value>(object: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
