import { defineFailure, type Explanation } from '../failure.ts';

const signs =
  /dns error|error sending request for url|tcp connect error|client error \(Connect\)|operation timed out|Retrying \(Retry\(|NewConnectionError|ConnectTimeoutError|NameResolutionError|Could not resolve host|HTTP status (?:client|server) error|Temporary failure in name resolution/;
const causes =
  /Connection refused|Network is unreachable|timed out|Name or service not known|Could not resolve host: \S+|Temporary failure in name resolution|HTTP status (?:client|server) error \(\d+ [^)]+\)/;

export default defineFailure({
  code: 'index-unreachable',
  means: "The package index, or a repository that a requirement names, can't be reached",
  rank: 18,
  person: false,
  match: ({ output, phase }) => {
    const said = output.filter(line => signs.test(line));
    if (said.length === 0 || phase !== 'build') return null;

    const all = output.join('\n');
    const repository = /unable to access '(https?:\/\/([^/']+)\/[^']*)'/.exec(all);
    if (repository !== null) return unreachableRepository(repository[1] ?? '', repository[2] ?? '', said);

    const host = /https?:\/\/(?:[^@/\s]*@)?([^/\s)`']+)/.exec(all)?.[1] ?? /host='([^']+)'/.exec(all)?.[1];
    const cause = causes.exec(all)?.[0];
    return {
      what: `The package index ${host === undefined ? '' : `${host} `}can't be reached${cause === undefined ? '' : `: ${cause}`}.`,
      evidence: [...output.filter(line => /Failed to fetch: |Looking in indexes: /.test(line)), ...said.slice(-1)].map(
        line => line.trim(),
      ),
      next: [
        'decant up    # when the network is back',
        'or set the index or proxy that this machine can reach: PIP_INDEX_URL, UV_INDEX_URL, HTTPS_PROXY',
      ],
    };
  },
});

/** A requirement can be a git repository: then no index is at fault. */
function unreachableRepository(url: string, host: string, said: readonly string[]): Explanation {
  return {
    what: `${host} can't be reached, and a requirement is installed from ${url}.`,
    evidence: said.slice(-1).map(line => line.trim()),
    next: [
      'decant up    # when the network is back',
      `or name a version of the package index instead of ${url} in the requirements`,
    ],
  };
}
