import type { Option } from './command.ts';

/** Of every command that changes an app: one of them works at a time. */
export const waitOption: Option = {
  flags: '--wait',
  summary: 'wait while somebody else changes the app',
  kind: 'flag',
};
