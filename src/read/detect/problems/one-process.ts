import { gunicornLine } from '../../gunicorn-line.ts';
import { constantText } from '../../python/literal.ts';
import { gunicornSetting } from '../gunicorn-setting.ts';
import { singleProcess } from '../needs.ts';
import type { ProblemSource } from '../problem.ts';
import { webLine } from '../processes.ts';

/** Several processes that somebody asked for, of an app that has to be one. */
const source: ProblemSource = {
  name: 'one process',
  problems(app) {
    const cause = singleProcess(app);
    if (cause === undefined) return [];

    const web = webLine(app);
    const option = gunicornLine(web?.command).tuning.find(({ name }) => /^(-w|--workers)$/.test(name));
    const setting = gunicornSetting(app, 'workers');
    const why = `is left out: what is at ${cause} works in one process only`;
    const said = [
      ...(option === undefined || web === undefined ? [] : [{ words: option.words.join(' '), place: web.place }]),
      ...(setting === undefined
        ? []
        : [{ words: `workers = ${constantText(setting.value) ?? '…'}`, place: setting.place }]),
    ].filter(({ words }) => !/[ =]1$/.test(words));
    return said.map(({ words, place }) => ({ id: 'gunicorn-setting', message: `${words} ${why}`, place }));
  },
};

export default source;
