import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../model/progress.ts';
import { colours } from '../colour.ts';
import { glyphs } from '../glyphs.ts';
import type { ReporterOptions } from '../reporter.ts';
import { jsonReporter } from './json.ts';
import { plainReporter } from './plain.ts';
import { ttyReporter } from './tty.ts';

const started = (id: string): ProgressEvent => ({
  at: 0,
  type: 'step',
  id,
  phase: 'build',
  title: `do ${id}`,
  state: 'started',
});
const done = (id: string, seconds: number): ProgressEvent => ({
  at: 0,
  type: 'step',
  id,
  phase: 'build',
  title: `do ${id}`,
  state: 'done',
  seconds,
});
const output = (id: string, line: string): ProgressEvent => ({ at: 0, type: 'output', id, stream: 'stdout', line });

/** A reporter with a clock that stands still, and all that it wrote. */
function stage(
  make: (options: ReporterOptions) => ReturnType<typeof ttyReporter>,
  changes: Partial<ReporterOptions> = {},
) {
  const clock = { now: 100 };
  const written: string[] = [];
  const reporter = make({
    write: text => void written.push(text),
    now: () => clock.now,
    columns: () => 60,
    view: { colours: colours(false), glyphs: glyphs({ LANG: 'C.UTF-8' }) },
    verbose: false,
    quiet: false,
    ...changes,
  });
  return { clock, written, reporter };
}

/** What a terminal shows after these writes: new lines, cursor up, erase to the end. */
function screen(written: readonly string[]): string[] {
  const lines = [''];
  let row = 0;
  for (const [part] of written
    .join('')
    .replaceAll('\x1b', '␛')
    .matchAll(/␛\[(\d+)A|␛\[J|\r|\n|[^␛\r\n]+/g)) {
    const up = /^␛\[(\d+)A$/.exec(part)?.[1];
    if (up !== undefined) row -= Number(up);
    else if (part === '␛[J') lines.splice(row, lines.length, '');
    else if (part === '\n') {
      row += 1;
      lines[row] ??= '';
    } else if (part !== '\r') lines[row] += part;
  }
  return lines;
}

describe('ttyReporter', () => {
  it('draws what runs at ticks only, and leaves the done lines', () => {
    const { clock, written, reporter } = stage(ttyReporter);
    reporter.report(started('venv'));
    for (let line = 0; line < 1000; line++) reporter.report(output('venv', `Collecting ${line}`));
    expect(written).toEqual([]);
    clock.now += 2;
    reporter.tick();
    expect(screen(written)).toEqual(['  … build      do venv  2.0s  Collecting 999', '']);
    reporter.report(done('venv', 2.1));
    expect(screen(written)).toEqual(['  ✓ build      do venv  2.1s', '']);
  });

  it('leaves a clean screen when it ends in the middle, and is silent afterwards', () => {
    const { written, reporter } = stage(ttyReporter);
    reporter.report({ type: 'note', level: 'info', text: 'port 8001' });
    reporter.report(started('a'));
    reporter.tick();
    reporter.end();
    reporter.end();
    reporter.report(done('a', 5));
    reporter.tick();
    expect(screen(written)).toEqual(['  · port 8001', '']);
    expect(written.join('')).not.toContain('\x1b[?');
  });

  it('keeps a live line on one line of the terminal', () => {
    const { written, reporter } = stage(ttyReporter);
    reporter.report(started('a'));
    reporter.report(output('a', '漢'.repeat(200)));
    reporter.tick();
    const line = screen(written)[0] ?? '';
    expect(line.endsWith('…')).toBe(true);
    expect(line.length + (line.match(/漢/g) ?? []).length).toBeLessThan(60);
  });

  it.each([
    [false, ['  ✗ build      do a  3.0s', '      exited with status 1', '']],
    [true, ['  ✗ build      do a  3.0s', '      exited with status 1', '      18']],
  ])('shows the last lines of output under a step that failed only with -v (%s)', (verbose, expected) => {
    const { written, reporter } = stage(ttyReporter, { quiet: true, verbose });
    const failure = {
      reason: 'exit',
      message: 'exited with status 1',
      output: [...Array(30).keys()].map(String),
    } as const;
    reporter.report(started('a'));
    reporter.report({
      at: 0,
      type: 'step',
      id: 'a',
      phase: 'build',
      title: 'do a',
      state: 'failed',
      seconds: 3,
      failure,
    });
    const lines = screen(written);
    expect(lines.slice(0, 3)).toEqual(expected);
    expect(lines.at(-2)).toBe(verbose ? '      29' : '      exited with status 1');
  });
});

describe('plainReporter', () => {
  it('announces what takes long, and beats after 15 seconds of silence', () => {
    const { clock, written, reporter } = stage(plainReporter);
    reporter.report(started('venv'));
    reporter.tick();
    expect(written).toEqual([]);
    clock.now += 1;
    reporter.tick();
    reporter.tick();
    expect(written).toEqual(['  … build      do venv  1.0s\n']);
    clock.now += 14.9;
    reporter.tick();
    expect(written).toHaveLength(1);
    clock.now += 0.1;
    reporter.tick();
    reporter.tick();
    expect(written.slice(1)).toEqual(['  … build      do venv  16s\n']);
    reporter.report(done('venv', 16.5));
    expect(written.at(-1)).toBe('  ✓ build      do venv  17s\n');
  });

  it('leaves out what took no time, but never the switch', () => {
    const { written, reporter } = stage(plainReporter);
    reporter.report(done('mkdir', 0.001));
    reporter.report({
      at: 0,
      type: 'step',
      id: 'live',
      phase: 'switch',
      title: 'point live at v13',
      state: 'done',
      seconds: 0.001,
    });
    expect(written).toEqual(['  ✓ switch     point live at v13  0.0s\n']);
  });

  it('does not let a tool write to the terminal', () => {
    const { written, reporter } = stage(plainReporter, { verbose: true });
    reporter.report(output('a', '\x1b[2Jhello\x07'));
    expect(written).toEqual(['      hello\n']);
  });
});

describe('jsonReporter', () => {
  it('prints events as they come and the result last', () => {
    const written: string[] = [];
    const reporter = jsonReporter(text => void written.push(text));
    reporter.report(started('a'));
    reporter.report({ type: 'result', answer: { ok: true, app: 'shop' } });
    reporter.report(done('a', 1));
    reporter.end();
    expect(written.map(line => JSON.parse(line))).toEqual([
      { schema: 1, at: 0, type: 'step', id: 'a', phase: 'build', title: 'do a', state: 'started' },
      { schema: 1, type: 'result', ok: true, app: 'shop' },
    ]);
    expect(written.every(line => line.endsWith('\n'))).toBe(true);
  });
});
