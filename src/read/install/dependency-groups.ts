import { isProductionGroup } from './production-group.ts';
import { normalName } from './requirements.ts';
import { type Table, tableAt } from './toml.ts';

/** What the groups of PEP 735 that are for production hold, groups they include followed; the others are for development. */
export function productionGroups(pyproject: Table): readonly string[] {
  const groups = tableAt(pyproject, 'dependency-groups') ?? {};
  const names = Object.keys(groups).filter(isProductionGroup);
  return [...new Set(names.flatMap(name => groupMembers(groups, name, [])))];
}

function groupMembers(groups: Table, name: string, within: readonly string[]): readonly string[] {
  const key = Object.keys(groups).find(each => normalName(each) === normalName(name));
  const members = key === undefined ? undefined : groups[key];
  if (key === undefined || !Array.isArray(members) || within.includes(key)) return [];

  return members.flatMap(member => {
    if (typeof member === 'string') return [member];
    const included: unknown = member?.['include-group'];
    return typeof included === 'string' ? groupMembers(groups, included, [...within, key]) : [];
  });
}
