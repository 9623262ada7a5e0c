import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { LogLine, LogsAnswer } from '../../model/answers.ts';
import type { LogsRequest } from '../../model/requests.ts';
import { logTime } from '../../read/log-time.ts';
import type { Context } from '../context.ts';
import type { Gathered } from '../gather/gathered.ts';
import { knownApp } from '../gather/known-app.ts';
import { noLogs } from '../no-logs.ts';

/** Prints what the processes of a release write, merged by time where lines have one; also of a release that failed. */
export async function logs(
  context: Context,
  request: LogsRequest,
  print: (line: LogLine) => void,
): Promise<LogsAnswer> {
  const gathered = await knownApp(context);
  const files = logFiles(gathered, request);
  const lines = merged(linesOf(files)).filter(line => request.since === undefined || (line.at ?? 0) >= request.since);
  const shown = request.count === 0 ? [] : lines.slice(-request.count);
  for (const line of shown) print(line);

  const followed = request.follow
    ? await follow(context, files, { print, now: () => filesNow(gathered, request, files) })
    : 0;
  return { ok: true, app: gathered.record.name, lines: shown.length + followed };
}

interface LogFile {
  readonly path: string;
  readonly release: string;
  readonly process: string;
}

function logFiles(gathered: Gathered, request: LogsRequest): LogFile[] {
  const { state, layout, record } = gathered;
  const release = request.release ?? state.live ?? state.runs.at(-1)?.version ?? undefined;
  const folder = release === undefined ? undefined : layout.release(release).logs;
  if (release === undefined || folder === undefined || !existsSync(folder)) throw noLogs(record.name, release);

  const all = readdirSync(folder)
    .filter(name => /\.log(?:\.\d+)?$/.test(name))
    .map(name => ({ path: `${folder}/${name}`, release, process: name.replace(/\.log(?:\.\d+)?$/, '') }))
    .sort((a, b) => rotation(b.path) - rotation(a.path));
  const wanted = all.filter(file => request.process === undefined || file.process === request.process);
  if (wanted.length === 0)
    throw noLogs(`${record.name} ${release}${request.process === undefined ? '' : `:${request.process}`}`, release, [
      ...new Set(all.map(file => file.process)),
    ]);

  return wanted;
}

/** 0 for the current file, higher for older ones. */
function rotation(path: string): number {
  return Number(/\.log\.(\d+)$/.exec(path)?.[1] ?? 0);
}

/** All lines of the files, which stand oldest first. A line without a time of its own belongs to the one before it. */
function linesOf(files: readonly LogFile[]): LogLine[] {
  const times = new Map<string, number>();

  return files.flatMap(({ path, release, process }) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((text, index, all) => text !== '' || index < all.length - 1)
      .map(text => {
        const at = logTime(text) ?? times.get(process) ?? null;
        if (at !== null) times.set(process, at);
        return { release, process, at, text };
      }),
  );
}

/** In order of time; lines of one file keep their order. */
function merged(lines: readonly LogLine[]): LogLine[] {
  return lines
    .map((line, index) => ({ line, index }))
    .sort((a, b) => (a.line.at ?? 0) - (b.line.at ?? 0) || a.index - b.index)
    .map(({ line }) => line);
}

/** Without a wish for one release, the logs of whichever is live now: an update must not end what is followed. */
function filesNow(
  { layout, ...gathered }: Gathered,
  request: LogsRequest,
  before: readonly LogFile[],
): readonly LogFile[] {
  if (request.release !== undefined || !existsSync(layout.live)) return before;

  try {
    return logFiles({ layout, ...gathered }, { ...request, release: basename(readlinkSync(layout.live)) });
  } catch {
    return before;
  }
}

/** Polls, because files are rotated by copying and truncating: a smaller file is read from its start. */
async function follow(
  context: Context,
  files: readonly LogFile[],
  { print, now }: { readonly print: (line: LogLine) => void; readonly now: () => readonly LogFile[] },
): Promise<number> {
  const places = new Map(files.map(file => [file.path, { offset: statSync(file.path).size, rest: '' }]));
  let printed = 0;

  while (!context.signal.aborted) {
    for (const file of now().filter(each => rotation(each.path) === 0)) {
      const place = places.get(file.path) ?? { offset: 0, rest: '' };
      const { text, offset } = appended(file.path, place.offset);
      const lines = (place.rest + text).split('\n');
      const rest = lines.pop() ?? '';
      places.set(file.path, { offset, rest });
      for (const line of lines) print({ release: file.release, process: file.process, at: logTime(line), text: line });
      printed += lines.length;
    }
    await wait(200, undefined, { signal: context.signal }).catch(() => {});
  }

  return printed;
}

function appended(path: string, from: number): { text: string; offset: number } {
  const size = sizeOf(path);
  if (size >= from) return { text: textBetween(path, from, size), offset: size };

  // Rotated meanwhile: the end of what it held then is in the copy.
  const copy = `${path}.1`;
  return { text: textBetween(copy, from, sizeOf(copy)) + textBetween(path, 0, size), offset: size };
}

/** 0 for a log that was pruned with its release. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function textBetween(path: string, from: number, to: number): string {
  if (to <= from) return '';
  const buffer = Buffer.alloc(to - from);
  const descriptor = openSync(path, 'r');
  try {
    const read = readSync(descriptor, buffer, 0, buffer.length, from);
    return buffer.subarray(0, read).toString();
  } finally {
    closeSync(descriptor);
  }
}
