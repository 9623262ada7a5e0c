import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLoad } from '../../bench/load.ts';
import { edit, freePort, openHouse } from '../support/decant.ts';

const house = openHouse();
afterAll(() => house.close());

const updates = 20;

describe(`${updates} updates under mixed load`, () => {
  it('fail no request, and end with the newest version', async () => {
    const folder = house.copy('test/apps/load');
    const port = await freePort();
    expect(await house.decant(['up', folder, '--port', String(port)])).toMatchObject({ code: 0 });

    const stop = new AbortController();
    const seen = new Set<string>();
    const load = runLoad({
      port,
      seconds: 600,
      paths: { slow: '/slow', download: '/large' },
      downloadBytes: 2 * 1024 * 1024,
      signal: stop.signal,
      see: body => seen.add(body),
    });
    for (let version = 2; version <= updates + 1; version += 1) {
      edit(join(folder, 'app.py'), `VERSION = "${version - 1}"`, `VERSION = "${version}"`);
      const { code, result, stderr } = await house.decant(['up', folder, '--watch', '1s']);
      expect({ code, stderr, result }).toMatchObject({ code: 0, result: { release: `v${version}`, changed: true } });
    }
    const back = await house.decant(['rollback']);
    expect(back).toMatchObject({ code: 0, result: { release: `v${updates}` } });
    stop.abort();
    const report = await load;

    expect(report.failures).toEqual({});
    expect(report.requests).toBeGreaterThan(updates * 100);
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: updates + 1 }, (_, index) => String(index + 1)),
    );
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe(String(updates));
  });
});
