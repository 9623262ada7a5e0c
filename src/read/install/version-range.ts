import { compare } from '@renovatebot/pep440';

/** A version constraint as Poetry writes it, in PEP 440: "^1.2" is ">=1.2,<2.0"; empty where any version will do. */
export function pep440Range(written: string): string {
  const alternatives = written.split(/\|\|?/).map(alternative);
  return alternatives.length === 1 ? (alternatives[0] ?? '') : spanned(alternatives);
}

/** The same as a marker on the interpreter. */
export function pythonMarker(written: string): string {
  return pep440Range(written)
    .split(',')
    .filter(part => part !== '')
    .map(part => {
      const [, operator = '', version = ''] = /^([<>=!~]+)(.*)$/.exec(part) ?? [];
      const plain = version.replace(/\.\*$/, '');
      const isMinor = plain.split('.').length < 3;
      return `${isMinor ? 'python_version' : 'python_full_version'} ${operator} "${isMinor ? plain : version}"`;
    })
    .join(' and ');
}

function alternative(written: string): string {
  const parts = written
    .replace(/(?<![<>=!~^])([<>=!~^]+)\s+/g, '$1')
    .split(/[,\s]+/)
    .filter(part => part !== '' && part !== '*');
  return parts.map(single).join(',');
}

function single(part: string): string {
  const [, operator = '', version = ''] = /^([<>=!~^]*)v?(.*)$/.exec(part) ?? [];
  if (operator === '^') return `>=${version},<${caretEnd(version)}`;
  if (operator === '~') return `>=${version},<${raised(numbers(version), version.includes('.') ? 1 : 0)}`;
  return operator === '' || operator === '=' ? `==${version}` : part;
}

/** The caret keeps the first number that is not zero. */
function caretEnd(version: string): string {
  const parts = numbers(version);
  const first = parts.findIndex(part => part > 0);
  return raised(parts, first === -1 ? parts.length - 1 : first);
}

function raised(parts: readonly number[], at: number): string {
  const kept = parts.slice(0, at + 1);
  return [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1, ...(at === 0 ? [0] : [])].join('.');
}

function numbers(version: string): readonly number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}

/** PEP 440 has no "or": alternatives become the range from the lowest to the highest. */
function spanned(alternatives: readonly string[]): string {
  const ranges = alternatives.map(bounds);
  const lows = ranges.map(({ low }) => low);
  const highs = ranges.map(({ high }) => high);
  const low = lows.includes(undefined) ? undefined : lows.toSorted((a, b) => compare(a ?? '', b ?? ''))[0];
  const high = highs.includes(undefined) ? undefined : highs.toSorted((a, b) => compare(b ?? '', a ?? ''))[0];
  return [...(low === undefined ? [] : [`>=${low}`]), ...(high === undefined ? [] : [`<${high}`])].join(',');
}

function bounds(range: string): { readonly low: string | undefined; readonly high: string | undefined } {
  const low = /(?:>=?|==|~=)([\w.]+)/.exec(range)?.[1]?.replace(/\.$/, '');
  const exact = /==([\d.]+)/.exec(range)?.[1]?.replace(/\.$/, '');
  const limit = /<=?([\w.]+)/.exec(range)?.[1];
  const parts = numbers(exact ?? '');
  return { low, high: exact === undefined ? limit : raised(parts, parts.length - 1) };
}
