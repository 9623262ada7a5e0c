// 20 updates and a rollback under constant mixed load: failed requests, worst latency, and the memory of what serves.
import { join } from 'node:path';
import { edit, freePort, openHouse } from '../test/support/decant.ts';
import { runLoad } from './load.ts';

const updates = 20;
const house = openHouse();
const folder = house.copy('test/apps/load');
const port = await freePort();
const paths = { slow: '/slow', download: '/large' };
const downloadBytes = 2 * 1024 * 1024;

await house.decant(['up', folder, '--port', String(port)]);
const quiet = await runLoad({ port, seconds: 10, paths, downloadBytes });

const stop = new AbortController();
const load = runLoad({ port, seconds: 600, paths, downloadBytes, signal: stop.signal });
const live: number[] = [];
for (let version = 2; version <= updates + 1; version += 1) {
  edit(join(folder, 'app.py'), `VERSION = "${version - 1}"`, `VERSION = "${version}"`);
  const { code, result } = await house.decant(['up', folder]);
  if (code !== 0) throw new Error(`update ${version} ended with ${code}`);
  live.push(Number(result.live_seconds));
}
const rollback = await house.decant(['rollback']);
stop.abort();
const report = await load;
const ps = await house.decant(['ps']);
const memory = (name: string) =>
  Math.round(Number((ps.result[name] as { memory_bytes?: number } | null)?.memory_bytes ?? 0) / 1024 / 1024);

console.log(
  `requests ${report.requests}, failed ${JSON.stringify(report.failures)}, updates ${updates}, rollback exit ${rollback.code}`,
);
for (const [kind, now] of Object.entries(report.kinds)) {
  const before = quiet.kinds[kind as keyof typeof quiet.kinds];
  console.log(
    `${kind.padEnd(9)} worst ${now.worst} ms (without updates ${before?.worst}), p99 ${now.p99} ms (${before?.p99}), p50 ${now.p50} ms (${before?.p50})`,
  );
}
console.log(
  `live_seconds under load: median ${live.toSorted((a, b) => a - b)[Math.floor(live.length / 2)]?.toFixed(2)} s`,
);
console.log(`memory: keeper ${memory('keeper')} MB, front ${memory('front')} MB`);
await house.close();
