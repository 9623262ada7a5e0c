import { defineCommand } from '../command.ts';

/** Only the words for the help: `main.ts` hands these command lines to the library. */
export default defineCommand({
  name: 'completion',
  group: 'Other',
  summary: 'Print the completion script of a shell',
  examples: [
    ['source <(decant completion bash)', 'for this bash (needs the package bash-completion)'],
    ['decant completion fish > ~/.config/fish/completions/decant.fish', 'for every fish'],
  ],
  arguments: [{ name: 'shell', summary: 'the shell', required: true, choices: ['bash', 'zsh', 'fish', 'powershell'] }],
  run: async () => 0,
});
