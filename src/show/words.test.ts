import { describe, expect, it } from 'vitest';
import { bytes } from './bytes.ts';
import { wantsColour } from './colour.ts';
import { ago, duration } from './durations.ts';
import { glyphs } from './glyphs.ts';
import { plainText } from './plain-text.ts';
import { clipped, padded, width } from './width.ts';

describe('duration', () => {
  it.each([
    [0, '0.0s'],
    [-3, '0.0s'],
    [0.34, '0.3s'],
    [9.949, '9.9s'],
    [9.96, '10s'],
    [59.7, '1m'],
    [192, '3m 12s'],
    [11_520, '3h 12m'],
    [86_400, '1d'],
    [439_200, '5d 2h'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('ago', () => {
  it.each([
    [0, 'just now'],
    [-50, 'just now'],
    [50, '1 min ago'],
    [600, '10 min ago'],
    [3600, '1 hour ago'],
    [80_000, '1 day ago'],
    [300_000, '3 days ago'],
    [7_776_000, '3 months ago'],
  ])('%d seconds before is %s', (seconds, words) => {
    expect(ago(1_000_000_000 - seconds, 1_000_000_000)).toBe(words);
  });
});

describe('bytes', () => {
  it.each([
    [0, '0B'],
    [999, '999B'],
    [1000, '1.0K'],
    [1_048_576, '1.0M'],
    [222_298_112, '212M'],
    [1_503_238_554, '1.4G'],
  ])('%d are %s', (count, words) => {
    expect(bytes(count)).toBe(words);
  });
});

describe('width', () => {
  it('counts columns, not characters', () => {
    expect(width('\x1b[31m漢字\x1b[39m')).toBe(4);
    expect(padded('漢', 4)).toBe('漢  ');
  });

  it('cuts at the column, keeps what fits, closes colours', () => {
    expect(clipped('abcdef', 6, '…')).toBe('abcdef');
    expect(clipped('abcdefg', 6, '…')).toBe('abcde…');
    expect(width(clipped('漢字漢字', 5, '…'))).toBeLessThanOrEqual(5);
    expect(clipped('\x1b[31mabcdefg\x1b[39m', 4, '…').endsWith('\x1b[0m')).toBe(true);
    expect(clipped('abcdefg', undefined, '…')).toBe('abcdefg');
  });
});

describe('plainText', () => {
  it('lets nothing through that moves the cursor, colours, or talks to the terminal', () => {
    expect(plainText('a\x1b[2Jb\x1b]0;title\x07c\x1b]8;;x\x1b\\d\x1bMe\rf\bg\u009bh')).toBe('abcdefgh');
    expect(plainText('tab\tand ünï 漢')).toBe('tab\tand ünï 漢');
  });
});

describe('wantsColour', () => {
  it.each([
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { FORCE_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
    ['auto', { TERM: 'dumb' }, true, false],
    ['auto', {}, false, false],
  ] as const)('%s %j on a terminal: %s → %s', (flag, environment, isTTY, wanted) => {
    expect(wantsColour(flag, environment, isTTY)).toBe(wanted);
  });
});

describe('glyphs', () => {
  it('falls back to ASCII where the locale or the terminal has no UTF-8', () => {
    expect(glyphs({ LANG: 'de_DE.utf8' }).done).toBe('✓');
    expect(glyphs({ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }).done).toBe('+');
    expect(glyphs({ LANG: 'C.UTF-8', TERM: 'linux' }).done).toBe('+');
    expect(Object.values(glyphs({})).join('')).toMatch(/^[ -~]+$/);
  });
});
