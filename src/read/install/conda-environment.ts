import { parse } from 'yaml';
import { tooDeepAt } from '../yaml-nesting.ts';
import { distributionOfConda, isCondaOnly } from './conda-names.ts';
import { normalName } from './requirements.ts';

export interface CondaEnvironment {
  /** The lines of its `pip:` parts, as in a requirements file. */
  readonly pip: readonly string[];
  /** conda packages that an index has too, as written and in PEP 508. */
  readonly taken: readonly { readonly written: string; readonly requirement: string }[];
  readonly left: readonly string[];
  /** What it says about Python itself, in PEP 440; empty where it says nothing. */
  readonly python: string;
}

/** conda's environment.yml; undefined when it is none. */
export function condaEnvironment(text: string | undefined): CondaEnvironment | undefined {
  const written: unknown = text === undefined ? undefined : document(text);
  if (!Array.isArray(written)) return undefined;

  const specs = written
    .filter((each): each is string => typeof each === 'string')
    .map(each => ({ written: each, ...specOf(each) }))
    .filter(each => each.name !== '');
  const packages = specs.filter(({ name }) => name !== 'python');
  return {
    pip: written.flatMap(pipLines),
    taken: packages
      .filter(({ name }) => !isCondaOnly(name))
      .map(each => ({ written: each.written, requirement: requirement(each) })),
    left: packages.filter(({ name }) => isCondaOnly(name)).map(({ name }) => name),
    python: specs.find(({ name }) => name === 'python')?.specifier ?? '',
  };
}

function document(text: string): unknown {
  if (tooDeepAt(text) !== undefined) return undefined;
  try {
    const value: unknown = parse(text);
    return value !== null && typeof value === 'object' ? (value as { dependencies?: unknown }).dependencies : undefined;
  } catch {
    return undefined;
  }
}

function pipLines(entry: unknown): readonly string[] {
  const lines: unknown = entry !== null && typeof entry === 'object' ? (entry as { pip?: unknown }).pip : undefined;
  return Array.isArray(lines) ? lines.filter(line => typeof line === 'string') : [];
}

interface Spec {
  readonly name: string;
  readonly specifier: string;
}

/** `channel::name[version='>=1']`, `name=1.2=build`, `name >=1,<2`. */
function specOf(written: string): Spec {
  const plain = written
    .replace(/\s#.*$/, '')
    .replace(/^.*::/, '')
    .trim();
  const [, name = '', rest = ''] = /^([A-Za-z0-9_][\w.-]*)\s*(.*)$/.exec(plain) ?? [];
  const bracketed = /^[^[]*\[.*version\s*=\s*["']?([^"'\]]+)/.exec(rest)?.[1];
  return { name: normalName(name).replace(/^-/, '_'), specifier: specifierOf((bracketed ?? rest).trim()) };
}

/** conda's `=1.2` means 1.2 and all below it, with a build string exactly 1.2. Alternatives are not in PEP 440. */
function specifierOf(written: string): string {
  if (written === '' || written.includes('|')) return '';
  const exported = /^=([\w.!+]+)=[\w.*]+$/.exec(written)?.[1];
  if (exported !== undefined) return `==${exported}`;
  const version = /^=?\s*(\d[\w.!+]*?)(\.?\*)?$/.exec(written)?.[1];
  if (version !== undefined) return /^\s*[\d.]+$/.test(version) ? `==${version}.*` : `==${version}`;
  const parts = written
    .replace(/(?<=[\w*])\s+(?![<>=!~,])\S+$/, '')
    .replace(/\s+/g, '')
    .split(',');
  return parts.every(part => /^(==|!=|<=|>=|<|>|~=)[\w.*!+]+$/.test(part)) ? parts.join(',') : '';
}

function requirement({ name, specifier }: Spec): string {
  const distribution = distributionOfConda(name);
  // The versions of the renamed ones are conda's own.
  const isSame = distribution === name || distribution === 'torch' || distribution === 'psycopg2-binary';
  return `${distribution}${isSame ? specifier : ''}`;
}
