import { usageError } from './usage-error.ts';

/** A command's own arguments and options, as given. */
export interface Input {
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  flag(name: string): boolean;
  number(name: string): number | undefined;
}

/** Reads from what commander parsed: argument names and camel-case option names. */
export function input(values: Readonly<Record<string, unknown>>): Input {
  return {
    text(name) {
      const value = values[name];
      return typeof value === 'string' ? value : undefined;
    },
    list(name) {
      const value = values[name];
      return Array.isArray(value) ? value.map(String) : [];
    },
    flag(name) {
      return values[name] === true;
    },
    number(name) {
      const value = values[name];
      return typeof value === 'number' ? value : undefined;
    },
  };
}

const seconds = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds from "90s", "5m", "1h30m" or a bare number of seconds. */
export function durationValue(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== text)
    throw usageError(`"${text}" is not a duration`, ['write it as 90s, 5m or 1h30m']);
  return parts.reduce((sum, part) => sum + Number(part[1]) * seconds[part[2] as keyof typeof seconds], 0);
}

/** A whole number from its digits. */
export function numberValue(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw usageError(`"${text}" is not a whole number`, []);
  return Number(text);
}

/** "v12", also from "12". */
export function releaseValue(text: string): string {
  const digits = /^v?([1-9]\d{0,8})$/.exec(text)?.[1];
  if (digits === undefined)
    throw usageError(`"${text}" is not a release`, ['releases are called v1, v2, …: decant releases']);
  return `v${digits}`;
}
