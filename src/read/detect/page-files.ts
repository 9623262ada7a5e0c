import type { Profile } from '../../model/profile.ts';
import type { App } from './app.ts';
import type { Served } from './served-paths.ts';

/** Static files that the pages ask for by name, each once, with the folder that its URL stands for. */
export function pageFiles({ scope }: App, served: Profile['static']): readonly Served[] {
  const found = scope.files
    .filter(path => /\.(html?|jinja2?|j2)$/.test(path) && /(^|\/)templates\//.test(path))
    .flatMap(path => {
      const lines = (scope.text(path) ?? '').split(/\r?\n/);
      return lines.flatMap((line, at) => {
        const evidence = scope.place(path, at + 1);
        return namesIn(line, served).map(name => ({ path: name, evidence }));
      });
    });
  return found.filter((each, at) => found.findIndex(({ path }) => path === each.path) === at);
}

/** `url_for('static', filename='x.js')` and `href="/static/x.js"`; what a template puts together can't be told. */
function namesIn(line: string, served: Profile['static']): readonly string[] {
  const own = served.find(({ url }) => /^\/static$/.test(url)) ?? served[0];
  const called = [
    ...line.matchAll(/url_for\(\s*['"]static['"]\s*,\s*(?:filename|path)\s*=\s*['"]([^'"{}%]+)['"]\s*[,)]/g),
  ];
  const byName = own === undefined ? [] : called.map(([, name = '']) => `${own.path}/${name.replace(/^\//, '')}`);
  const written = [...line.matchAll(/(?:href|src)\s*=\s*["'](\/[^"'{}?#]+\.\w+)/g)].flatMap(([, url = '']) => {
    const pair = served.find(each => url.startsWith(`${each.url}/`));
    return pair === undefined ? [] : [`${pair.path}${url.slice(pair.url.length)}`];
  });
  return [...byName, ...written].filter(name => !/~|\s\+/.test(name));
}
