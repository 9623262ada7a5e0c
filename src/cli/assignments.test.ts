import { describe, expect, it } from 'vitest';
import { DecantError } from '../base/errors.ts';
import { assignments } from './assignments.ts';

function refusal(...words: string[]) {
  try {
    return assignments(words);
  } catch (error) {
    return error instanceof DecantError ? error.trouble : error;
  }
}

describe('assignments', () => {
  it('are split at the first =', () => {
    expect(assignments(['A=b=c\n', '_x1='])).toEqual([
      { name: 'A', value: 'b=c\n' },
      { name: '_x1', value: '' },
    ]);
  });

  it.each([
    ['A B=hidden', "A variable's name can't hold a space"],
    ['A-B=hidden', 'A variable\'s name can\'t hold "-"'],
    ['1A=hidden', "A variable's name can't begin with a digit"],
    ['=hidden', 'There is no name before the ='],
    ['hidden', 'A variable must be written as NAME=value, and this has no ='],
  ])('of %s says what is wrong with it, and repeats no value', (word, what) => {
    expect(refusal('GOOD=1', word)).toMatchObject({
      what,
      evidence: ['variable 2 of 2', 'a name has letters, digits and _'],
      next: ["decant config set MY_NAME='the value'"],
    });
    expect(JSON.stringify(refusal(word))).not.toContain('hidden');
  });

  it('refuses a name that is given twice', () => {
    expect(refusal('A=hidden', 'B=2', 'A=3')).toMatchObject({ what: 'A is given twice' });
  });
});
