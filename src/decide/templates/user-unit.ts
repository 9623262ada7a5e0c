export interface UserUnit {
  readonly app: string;
  readonly home: string;
  readonly node: string;
  /** decant's own program file. */
  readonly program: string;
  /** What the app's processes get from the machine: at boot there is no shell that could give it. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The user's unit that brings an app back at boot. KillMode=process and OOMPolicy=continue: the keeper's children
 * outlive a restart of the unit, and one of them that ends is the keeper's affair. A usage error (2) never gets better. ExecStop=-: while the app is still
 * being started `stop` is refused, and the signal that comes next undoes the start.
 * https://www.freedesktop.org/software/systemd/man/systemd.service.html
 */
export function userUnit({ app, home, node, program, environment }: UserUnit): string {
  const variables = Object.entries({ ...environment, DECANT_HOME: home });
  const command = `${quoted(node)} ${quoted(program).replaceAll('$', '$$$$')}`;

  return `# Written by decant autostart. Remove it with: decant autostart off
[Unit]
Description=${app}, kept by decant

[Service]
Type=simple
Restart=always
RestartSec=2
RestartPreventExitStatus=2
${variables.map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}\n`).join('')}\
ExecStart=${command} start --foreground --app ${app} --no-input
ExecStop=-${command} stop --app ${app} --no-input
KillMode=process
OOMPolicy=continue

[Install]
WantedBy=default.target
`;
}

/** The same unit, which now ends without ending the app. */
export function unitThatLeaves(unit: string): string {
  return unit.replace(/^ExecStop=.*\n/m, '');
}

/** A word of a unit file. A dollar sign is special only in the words after a command's program, and not in here. */
function quoted(word: string): string {
  return `"${word.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('%', '%%')}"`;
}
