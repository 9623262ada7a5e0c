import type { Problem } from '../../model/profile.ts';
import type { Repository } from './scope.ts';

/** A repository whose files are still to be filled in by cookiecutter, copier or jinja: what a person would deploy doesn't exist yet. */
export function templateProblem({ paths }: Repository): Problem | undefined {
  const found =
    paths.find(path => /\{\{.*\}\}|\{%.*%\}/.test(path)) ??
    paths.find(path => /\.py\.(jinja2?|j2|tmpl|tpl)$/.test(path));
  if (found === undefined) return undefined;

  const tool = paths.includes('cookiecutter.json')
    ? 'cookiecutter'
    : paths.some(path => /^copier\.ya?ml$/.test(path))
      ? 'copier'
      : 'its tool';
  const message = `This repository is a template, not an app: ${found} has places to fill in.`;
  return {
    id: 'template',
    fatal: true,
    message,
    place: `${found}:1`,
    next: [`make a project from it with ${tool}, and deploy that`],
  };
}
