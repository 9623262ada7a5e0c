/** A line of a requirements file, continuations joined, comments and hashes taken off. */
export type RequirementLine =
  | { readonly kind: 'package'; readonly line: number; readonly requirement: Requirement; readonly hashes: boolean }
  | {
      readonly kind: 'project';
      readonly line: number;
      readonly path: string;
      readonly editable: boolean;
      readonly extras: readonly string[];
    }
  | { readonly kind: 'include' | 'constraint'; readonly line: number; readonly path: string }
  | { readonly kind: 'option'; readonly line: number; readonly text: string }
  | { readonly kind: 'unknown'; readonly line: number; readonly text: string };

export interface Requirement {
  /** Normalised (PEP 503); empty for a URL without a name. */
  readonly name: string;
  /** "==1.2", ">=3"; empty when any version will do or a URL is given. */
  readonly specifier: string;
  readonly marker: string;
  readonly url: string;
  /** What an installer takes as one argument. */
  readonly text: string;
}

/** The lines of a requirements file in pip's format (pip.pypa.io, "Requirements File Format"). */
export function requirementLines(source: string): readonly RequirementLine[] {
  return logicalLines(source.replace(/^\uFEFF/, '')).map(({ text, line }) => requirementLine(text, line));
}

/** A PEP 508 requirement, or a URL or VCS address. Undefined when it is neither. */
export function requirementOf(written: string): Requirement | undefined {
  const text = written.trim();
  const match =
    /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*(?:@\s*([^\s;]+)|\(?([^;@()]*)\)?)\s*(?:;\s*(.+))?$/.exec(
      text,
    );
  if (match !== null && !/^[a-z+]+:\/\//i.test(text)) {
    const [, name = '', extras = '', url = '', versions = '', marker = ''] = match;
    const specifier = versions.replace(/\s+/g, '');
    if (specifier !== '' && !/^(===?|~=|!=|<=|>=|<|>)/.test(specifier)) return undefined;

    const tail = url === '' ? specifier : ` @ ${url}`;
    return {
      name: normalName(name),
      specifier,
      marker,
      url,
      text: `${name}${extras.replace(/\s+/g, '')}${tail}${marker === '' ? '' : ` ; ${marker}`}`,
    };
  }

  if (!/^(git|hg|svn|bzr)?\+?(https?|ssh|git|file):\/\/|^git\+/i.test(text)) return undefined;
  const egg = /[#&]egg=([\w.-]+)/.exec(text)?.[1] ?? '';
  const url = egg === '' ? text : text.replace(/#.*$/, '');
  return { name: normalName(egg), specifier: '', marker: '', url, text: egg === '' ? url : `${egg} @ ${url}` };
}

/** PEP 503: lower case, runs of `-_.` are one dash. */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

function requirementLine(text: string, line: number): RequirementLine {
  const option = /^(-r|--requirement|-c|--constraint|-e|--editable)(?:\s*=\s*|\s+|(?=[^\s-]))(.+)$/.exec(text);
  if (option !== null) return pointer(option[1] ?? '', unquoted(option[2] ?? ''), line);
  if (text.startsWith('-')) return { kind: 'option', line, text };
  if (isLocalPath(text))
    return { kind: 'project', line, path: localPath(text), editable: false, extras: localExtras(text) };

  const hashes = /\s--hash[= ]/.test(text);
  const requirement = requirementOf(
    text.replace(/\s+--(hash|config-settings?|global-option|install-option)[= ]\S+/g, ''),
  );
  return requirement === undefined ? { kind: 'unknown', line, text } : { kind: 'package', line, requirement, hashes };
}

function pointer(option: string, value: string, line: number): RequirementLine {
  if (option === '-r' || option === '--requirement') return { kind: 'include', line, path: value };
  if (option === '-c' || option === '--constraint') return { kind: 'constraint', line, path: value };

  const requirement = isLocalPath(value) ? undefined : requirementOf(value);
  if (requirement !== undefined && requirement.url !== '') return { kind: 'package', line, requirement, hashes: false };
  return { kind: 'project', line, path: localPath(value), editable: true, extras: localExtras(value) };
}

function isLocalPath(text: string): boolean {
  return /^(\.{1,2}(\/|\[|\s|$)|file:\.)/.test(text) || /^[\w./-]+\/[\w.-]*(\[[^\]]*\])?$/.test(text);
}

function localExtras(text: string): readonly string[] {
  const written = /\[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return written.split(',').flatMap(each => (each.trim() === '' ? [] : [each.trim()]));
}

/** Extras and fragments are not part of the path. */
function localPath(text: string): string {
  return text
    .replace(/^file:/, '')
    .replace(/[[;#\s].*$/, '')
    .replace(/(?<=[^/]|^\/)\/+$/, '');
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function logicalLines(source: string): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  let current = '';
  let start = 0;

  for (const [at, raw] of source.split(/\r\n|\r|\n/).entries()) {
    if (current === '') start = at + 1;
    if (raw.endsWith('\\') && !/^\s*#/.test(raw)) {
      current += `${raw.slice(0, -1)} `;
      continue;
    }
    const text = (current + raw).replace(/(^|\s)#.*$/, '').trim();
    if (text !== '') found.push({ text, line: start });
    current = '';
  }
  return found;
}
