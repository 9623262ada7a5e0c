import { printAnswer } from '../answer.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  name: 'autostart',
  group: 'This machine',
  summary: 'Bring the app back after a reboot, or no longer',
  description: "Writes or removes a unit of your user's systemd, and lets your services run while you are logged out.",
  examples: [
    ['decant autostart on', 'it comes back by itself'],
    ['decant autostart off', 'it stays down'],
  ],
  arguments: [{ name: 'switch', summary: 'on or off', required: true, choices: ['on', 'off'] }],
  async run(context, input) {
    const { autostart } = await import('../../act/flows/autostart.ts');
    const answer = await autostart(context, { enable: input.text('switch') === 'on' });
    const when = answer.linger ? 'after a reboot' : 'when you log in';
    const words = answer.enabled
      ? `${answer.app} comes back ${when} (${answer.unit ?? ''}).\n`
      : `${answer.app} stays down after a reboot.\n`;
    printAnswer(
      context,
      answer,
      view => words + answer.warnings.map(text => `${view.colours.yellow('!')} ${text}\n`).join(''),
    );
    return 0;
  },
});
