import { printAnswer } from '../answer.ts';
import { assignments } from '../assignments.ts';
import { defineCommand, type Option } from '../command.ts';
import { runConfigChange, runConfigList } from '../config-command.ts';
import { waitOption } from '../wait-option.ts';

const reveal: Option = { flags: '--reveal', summary: 'print secrets too', kind: 'flag' };

export default defineCommand({
  name: 'config',
  group: 'Settings',
  summary: "Set and list the app's variables",
  description:
    "The app's environment. A change makes one release of the code that is live; before a first release it is only stored.",
  examples: [
    ['decant config set A=1 B=2', 'one change, one release'],
    ['decant config unset A', 'take one away'],
    ['decant config import .env', 'all of a file'],
    ['decant config show --origin', "decant's own settings, and where each comes from"],
  ],
  options: [reveal],
  run: runConfigList,
  subcommands: [
    {
      name: 'set',
      summary: 'Set variables',
      arguments: [{ name: 'assignments', summary: 'NAME=value', required: true, variadic: true }],
      options: [waitOption],
      streams: true,
      interrupt: 'cancel',
      run: (context, input) => {
        const request = { values: assignments(input.list('assignments')), wait: input.flag('wait') };
        return runConfigChange(context, ({ setConfig }) => setConfig(context, request));
      },
    },
    {
      name: 'unset',
      summary: 'Take variables away',
      arguments: [{ name: 'names', summary: 'NAME', required: true, variadic: true }],
      options: [waitOption],
      streams: true,
      interrupt: 'cancel',
      run: (context, input) =>
        runConfigChange(context, ({ unsetConfig }) =>
          unsetConfig(context, { names: input.list('names'), wait: input.flag('wait') }),
        ),
    },
    {
      name: 'import',
      summary: 'Set all variables of an env file',
      arguments: [{ name: 'file', summary: 'the file; - is standard input', required: true }],
      options: [waitOption],
      streams: true,
      interrupt: 'cancel',
      run: (context, input) =>
        runConfigChange(context, ({ importConfig }) =>
          importConfig(context, { file: input.text('file') ?? '-', wait: input.flag('wait') }),
        ),
    },
    { name: 'list', summary: 'List the variables', options: [reveal], run: runConfigList },
    {
      name: 'show',
      summary: "Show decant's own settings",
      options: [{ flags: '--origin', summary: 'where each value comes from', kind: 'flag' }],
      async run(context, input) {
        const [{ showConfig }, { settingsTable }] = await Promise.all([
          import('../../act/flows/config.ts'),
          import('../../show/config-table.ts'),
        ]);
        const answer = await showConfig(context);
        printAnswer(context, answer, view => settingsTable(answer, input.flag('origin'), view));
        return 0;
      },
    },
  ],
});
