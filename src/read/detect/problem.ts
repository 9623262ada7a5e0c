import type { Problem } from '../../model/profile.ts';
import type { App } from './app.ts';

/** One thing that stops a deploy or that people should know. A file in `problems/` with such a default export is all it takes. */
export interface ProblemSource {
  readonly name: string;
  problems(app: App): readonly Problem[];
}
