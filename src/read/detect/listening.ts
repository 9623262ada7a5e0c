import type { Listening, Place, Problem } from '../../model/profile.ts';
import { loadedFrom } from './loaded.ts';
import type { OwnServer } from './own-server.ts';
import type { Scope } from './scope.ts';
import type { ListeningCall } from './server-kinds.ts';
import { portSource } from './told-port.ts';

/** How an app's own server is started, and where it listens then; null where that can't be told. */
export interface Served {
  readonly command: string;
  readonly listens: Listening | null;
  readonly evidence: Place;
  readonly problems: readonly Problem[];
}

/** The command of an app's own server, with the port that it is told or insists on. */
export function servedBy(scope: Scope, own: OwnServer): Served {
  const { command, evidence } = own;
  const found = asWritten(own) ?? (own.isLikely ? told(scope, own) : undefined);
  return found === undefined
    ? { command, listens: null, evidence, problems: [tcpOnly(own)] }
    : { evidence, ...found, problems: [] };
}

/** Such an app is named and refused until somebody says how it is told its port. */
function tcpOnly({ command, evidence, told: way }: OwnServer): Problem {
  const next =
    way === null
      ? ['processes: {web: "COMMAND --port $PORT"}   # in decant.yaml: the command that takes its port from PORT']
      : ['listens: PORT   # in decant.yaml: the variable that names its port, or the port itself (listens: 8080)'];
  const message = `This app brings its own server and can't be loaded by another one: ${command}. On which port it listens can't be read.`;
  return { id: 'tcp-only', fatal: true, message, place: evidence, next };
}

type Found = Pick<Served, 'command' | 'listens'> & Partial<Pick<Served, 'evidence'>>;

/** A line that somebody wrote for a host that gives the port. */
function asWritten({ line }: OwnServer): Found | undefined {
  const isWhole = line !== undefined && /\$\{?PORT\b/.test(line) && !/(^|\s)\/app\//.test(line);
  return isWhole ? { command: line, listens: { variable: 'PORT' } } : undefined;
}

function told(scope: Scope, own: OwnServer): Found | undefined {
  const { command, told: way, path } = own;
  if (way === null) return undefined;
  if ('words' in way) return { command: [command, ...way.words].join(' '), listens: { variable: 'PORT' } };
  return path === undefined ? undefined : called(scope, own, path, way);
}

/** What the call says that begins to listen; the program's own file before those that it imports. */
function called(scope: Scope, { command, words }: OwnServer, path: string, way: ListeningCall): Found | undefined {
  const paths = [path, ...loadedFrom(scope, [path]).filter(each => each !== path)];

  for (const module of paths.flatMap(each => scope.module(each) ?? [])) {
    const call = module.calls.findLast(({ name }) => way.call.test(name));
    if (call === undefined) continue;

    const evidence = scope.place(module.path, call.line);
    const node = way.port(call);
    const source = node === undefined ? usual(way) : portSource(scope, module, call, node);
    if (source === undefined) continue;
    if (!('word' in source)) return { command: `${command}${words}`, listens: source, evidence };
    // A first word of theirs would be a port.
    const others = source.word === '$PORT' ? '' : words;
    return { command: `${command}${others} ${source.word}`, listens: { variable: 'PORT' }, evidence };
  }
  return undefined;
}

function usual({ otherwise }: ListeningCall): Listening | undefined {
  if (otherwise === null) return undefined;
  return typeof otherwise === 'number' ? { port: otherwise } : { variable: otherwise };
}
