import { defineFailure } from '../failure.ts';

const signs = /No space left on device|\bENOSPC\b|database or disk is full|Disk quota exceeded|could not extend file/;

export default defineFailure({
  code: 'disk-full',
  means: 'The disk has no room left, or no inodes',
  rank: 12,
  person: false,
  match: ({ step, message, output, disk }) => {
    const said = [message, ...output].filter(line => signs.test(line));
    if (said.length === 0 && !step.startsWith('preflight.disk')) return null;

    return {
      what: 'The disk is full.',
      evidence: [...(said.length === 0 ? [message] : said.slice(-1).map(shortened)), ...freeSpace(disk)],
      next: ['df -h && df -i    # which file system is full: space, or inodes', 'decant up    # when there is room'],
    };
  },
});

function freeSpace(disk: { bytes: number; inodes: number } | undefined): string[] {
  return disk === undefined ? [] : [`free before: ${Math.floor(disk.bytes / 2 ** 20)} MiB, ${disk.inodes} inodes`];
}

function shortened(line: string): string {
  const text = line.trim();
  return text.length <= 200 ? text : `…${text.slice(-199)}`;
}
