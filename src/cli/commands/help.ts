import { nearest } from '../../base/nearest.ts';
import { defineCommand } from '../command.ts';
import { usageError } from '../usage-error.ts';

export default defineCommand({
  name: 'help',
  group: 'Other',
  summary: 'Print help on a topic: exit-codes, environment, files',
  examples: [['decant help exit-codes', 'what each exit status means']],
  arguments: [{ name: 'topic', summary: 'a topic; without one they are listed' }],
  async run(context, input) {
    const { topics } = await import('../topics.ts');
    const name = input.text('topic');
    if (name === undefined) {
      context.stdout(
        Object.entries(topics)
          .map(([key, topic]) => `decant help ${key.padEnd(12)}  ${topic.summary}\n`)
          .join(''),
      );
      return 0;
    }
    const topic = topics[name];
    if (topic === undefined) {
      const meant = nearest(name, Object.keys(topics));
      throw usageError(`There is no topic "${name}"`, [meant === undefined ? 'decant help' : `decant help ${meant}`]);
    }
    context.stdout(topic.text);
    return 0;
  },
});
