import { execFileSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { runCommand } from './command.ts';

function groupOf(pid: number | '$$'): string[] {
  return ['sh', '-c', `ps -o pgid= -p ${pid}`];
}

test.each([
  ['with a signal leads its own group', false],
  ['that may ask stays in the group of the terminal', true],
])('a program %s', async (_, asks) => {
  const [first = '', ...rest] = groupOf(process.pid);
  const ours = execFileSync(first, rest).toString().trim();
  const { stdout } = await runCommand(groupOf('$$'), { signal: new AbortController().signal, asks });

  expect(stdout.toString().trim() === ours).toBe(asks);
});

test('one that does not want to end is killed, with what it started', async () => {
  const controller = new AbortController();
  const nap = `31.${process.pid}`;
  const naps = () => execFileSync('ps', ['-eo', 'args']).toString().split('\n').includes(`sleep ${nap}`);
  const ended = runCommand(['sh', '-c', `trap '' TERM; sleep ${nap} & wait; sleep ${nap}; :`], {
    signal: controller.signal,
  });
  await vi.waitFor(() => expect(naps()).toBe(true));

  controller.abort();
  expect(await ended).toMatchObject({ status: 128 });
  await vi.waitFor(() => expect(naps()).toBe(false));
}, 10_000);

test('one that is cancelled is over although what it left behind holds its pipes', async () => {
  const controller = new AbortController();
  const begun = Date.now();
  const ended = runCommand(['sh', '-c', 'sleep 6 & wait'], { signal: controller.signal, asks: true });
  setTimeout(() => controller.abort(), 300);

  expect(await ended).toMatchObject({ status: 128 });
  expect(Date.now() - begun).toBeLessThan(4000);
});

test('nothing is begun after a cancellation', async () => {
  expect(await runCommand(['sh', '-c', 'echo begun'], { signal: AbortSignal.abort() })).toMatchObject({ status: 128 });
});
