import { describe, expect, it } from 'vitest';
import { settings } from '../../src/cli/global-options.ts';
import { openSession, stateHome } from '../../src/cli/make-context.ts';
import type { World } from '../../src/cli/world.ts';
import { fakeWorld } from '../support/fake-world.ts';
import { interrupts } from '../support/interrupts.ts';

const terminal = { isTTY: { stdin: true, stdout: true, stderr: true }, columns: 80 };

function open(changes: Partial<World>, values: Record<string, unknown>, command: Parameters<typeof openSession>[2]) {
  const keys = interrupts();
  const seen = { stdout: [] as string[], stderr: [] as string[], exits: [] as number[] };
  const world = fakeWorld({
    stdout: text => void seen.stdout.push(text),
    stderr: text => void seen.stderr.push(text),
    exit: code => void seen.exits.push(code),
    onInterrupt: keys.onInterrupt,
    ...changes,
  });
  return openSession(world, settings(values, world), command).then(session => ({ session, keys, seen }));
}

describe('Ctrl-C', () => {
  it('cancels first and detaches at the second', async () => {
    const { session, keys, seen } = await open({}, {}, { interrupt: 'cancel', streams: true });
    const calls: string[] = [];
    session.context.onSecondInterrupt(() => void calls.push('detach'));
    keys.press();
    expect({ aborted: session.context.signal.aborted, calls, exits: seen.exits }).toEqual({
      aborted: true,
      calls: [],
      exits: [],
    });
    keys.press();
    expect({ calls, exits: seen.exits }).toEqual({ calls: ['detach'], exits: [] });
    session.end();
    expect(keys.count()).toBe(0);
  });

  it('ends at the second where nobody detaches', async () => {
    const { session, keys, seen } = await open({}, {}, { interrupt: 'cancel' });
    keys.press();
    keys.press();
    expect(seen.exits).toEqual([130]);
    session.end();
  });

  it('ends a query at once, with a clean terminal', async () => {
    const { session, keys, seen } = await open(terminal, {}, {});
    session.context.report({ type: 'task', id: 'a', title: 'reading', state: 'started' });
    keys.press();
    expect(seen.exits).toEqual([130]);
    const before = seen.stderr.join('');
    session.context.report({ type: 'note', level: 'warning', text: 'too late' });
    expect(seen.stderr.join('')).toBe(before);
    session.end();
  });

  it('belongs to the command that runs', async () => {
    const { session, keys, seen } = await open({}, {}, { interrupt: 'child' });
    keys.press();
    keys.press();
    expect({ exits: seen.exits, aborted: session.context.signal.aborted }).toEqual({ exits: [], aborted: false });
    session.end();
  });
});

describe('questions', () => {
  it('are asked on a terminal only', async () => {
    const asked = await open({ ...terminal, confirm: async () => true }, {}, {});
    expect(await asked.session.context.ask('Remove shop?')).toBe(true);
    asked.session.end();
    const refusals = [
      open({}, {}, {}),
      open({ ...terminal, environment: { CI: 'true' } }, {}, {}),
      open(terminal, { input: false }, {}),
    ];
    for (const { session } of await Promise.all(refusals)) {
      await expect(session.context.ask('Remove shop?')).rejects.toMatchObject({
        exit: 2,
        trouble: { next: ['give it with --yes'] },
      });
      session.end();
    }
  });

  it('are answered by --yes', async () => {
    const { session } = await open({}, { yes: true }, {});
    expect(await session.context.ask('Remove shop?')).toBe(true);
    session.end();
  });
});

describe('progress', () => {
  it('is NDJSON on stdout for long actions with --json, and silent for queries', async () => {
    for (const [streams, lines] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { session, seen } = await open({}, { json: true }, { streams });
      session.context.report({ type: 'note', level: 'info', text: 'port 8001' });
      session.end();
      expect({ lines: seen.stdout.length, stderr: seen.stderr }).toEqual({ lines, stderr: [] });
    }
  });
});

describe('settings', () => {
  it('take the flag before the variable before the default', () => {
    const world = fakeWorld({ environment: { DECANT_TARGET: 'prod', DECANT_APP: 'shop', DECANT_CONFIG: 'a.yaml' } });
    expect(settings({ target: 'local' }, world)).toMatchObject({
      target: 'local',
      appName: 'shop',
      configFile: '/home/ana/shop/a.yaml',
    });
    expect(settings({}, world).target).toBe('prod');
    expect(settings({}, fakeWorld()).target).toBe('local');
  });

  it('find the state folder', () => {
    const home = (environment: Record<string, string>) => stateHome({ environment, cwd: '/w' });
    expect(home({ HOME: '/h' })).toBe('/h/.local/state/decant');
    expect(home({ HOME: '/h', XDG_STATE_HOME: '/x' })).toBe('/x/decant');
    expect(home({ HOME: '/h', XDG_STATE_HOME: 'relative' })).toBe('/h/.local/state/decant');
    expect(home({ HOME: '/h', XDG_STATE_HOME: '/x', DECANT_HOME: 'd' })).toBe('/w/d');
  });
});
