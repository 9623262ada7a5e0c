/** The values of an INI file as setuptools reads it: section → key → lines of the value, comments left out. */
export function iniSections(text: string): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
  const sections: Record<string, Record<string, string[]>> = Object.create(null);
  let section: Record<string, string[]> = {};
  let value: string[] = [];

  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const [, key, first = ''] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (/^\s*[#;]/.test(line)) continue;
    if (header !== undefined) {
      section = sections[header.trim()] ?? Object.create(null);
      sections[header.trim()] = section;
    } else if (key !== undefined) {
      value = [];
      section[key.toLowerCase().replaceAll('-', '_')] = value;
      if (first.trim() !== '') value.push(first.trim());
    } else if (/^\s+\S/.test(line)) value.push(line.replace(/\s#.*$/, '').trim());
  }
  return sections;
}
