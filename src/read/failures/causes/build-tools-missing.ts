import { defineFailure } from '../failure.ts';

interface Tool {
  readonly sign: RegExp;
  readonly name: string;
  /** Debian's names. */
  readonly packages: (python: string) => readonly string[];
}

const tools: readonly Tool[] = [
  {
    sign: /fatal error: Python\.h: No such file/,
    name: "Python's headers (Python.h)",
    packages: python => [`python${python.split('.').slice(0, 2).join('.')}-dev`, 'build-essential'],
  },
  { sign: /pg_config executable not found/, name: 'pg_config', packages: () => ['libpq-dev', 'build-essential'] },
  {
    sign: /mysql_config: not found|Can not find valid pkg-config name|Trying pkg-config --exists mysqlclient/,
    name: "MySQL's client library",
    packages: () => ['default-libmysqlclient-dev', 'pkg-config', 'build-essential'],
  },
  {
    sign: /No such file or directory: '(?:gcc|cc|g\+\+|x86_64-linux-gnu-gcc|aarch64-linux-gnu-gcc)'|command '[^']*(?:gcc|cc|g\+\+)' failed: No such file|(?:gcc|cc|g\+\+): (?:command )?not found/,
    name: 'a C compiler',
    packages: () => ['build-essential'],
  },
  { sign: /fatal error: ffi\.h: No such file/, name: 'libffi', packages: () => ['libffi-dev', 'build-essential'] },
  {
    sign: /fatal error: openssl\/[\w/]+\.h: No such file/,
    name: 'OpenSSL',
    packages: () => ['libssl-dev', 'build-essential'],
  },
  {
    sign: /fatal error: libxml\/[\w/]+\.h: No such file|Please make sure the libxml2 and libxslt development packages/,
    name: 'libxml2 and libxslt',
    packages: () => ['libxml2-dev', 'libxslt1-dev', 'build-essential'],
  },
  {
    sign: /can't find Rust compiler|cargo: (?:command )?not found|Rust not found/,
    name: 'Rust',
    packages: () => ['cargo'],
  },
];

export default defineFailure({
  code: 'build-tools-missing',
  means: 'A package has no wheel here, and what would build it is not installed',
  rank: 20,
  person: true,
  match: ({ output, phase, python }) => {
    const tool = tools.find(({ sign }) => output.some(line => sign.test(line)));
    if (tool === undefined || phase !== 'build') return null;

    const said = output.find(line => tool.sign.test(line))?.trim() ?? '';
    const dependency = failedBuild(output);
    return {
      what: `${dependency ?? 'A dependency'} has no wheel for Python ${python} here, and building it needs ${tool.name}.`,
      evidence: [said],
      next: [`sudo apt-get install ${tool.packages(python).join(' ')}`, ...binaryInstead(dependency)],
    };
  },
});

/** The package that could not be built, as the installer names it. */
export function failedBuild(output: readonly string[]): string | undefined {
  const all = output.join('\n');
  return (
    /Failed to (?:build|download and build) `([^`]+)`/.exec(all)?.[1] ??
    /Failed building wheel for (\S+)/.exec(all)?.[1] ??
    /Failed to build '([^']+)'/.exec(all)?.[1]
  );
}

function binaryInstead(dependency: string | undefined): string[] {
  return dependency?.startsWith('psycopg2')
    ? ['or name psycopg2-binary in the requirements: it needs no compiler']
    : [];
}
