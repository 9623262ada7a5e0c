/** What an error says to people: always these four parts, and a code for machines. */
export interface Trouble {
  /** Stable: "missing-variable". */
  readonly code: string;
  readonly what: string;
  /** file:line, or the host's own words; one entry a line. */
  readonly evidence: readonly string[];
  /** The state of the world: what serves now, what was taken back. */
  readonly state: string;
  /** Commands to paste, or edits to make; one entry a line. */
  readonly next: readonly string[];
}

/** design.md §5: by the state of the world first. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  person: 3,
  findings: 4,
  failedOldServes: 5,
  failedNothingServes: 6,
  locked: 7,
  unreachable: 8,
  pending: 10,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The only error class that decant throws on purpose. Only `cli/main.ts` prints it and exits. */
export class DecantError extends Error {
  readonly exit: ExitCode;
  readonly trouble: Trouble;

  constructor(exit: ExitCode, trouble: Trouble) {
    super(trouble.what);
    this.name = 'DecantError';
    this.exit = exit;
    this.trouble = trouble;
  }
}
