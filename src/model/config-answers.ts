import type { AppAnswer } from './answers.ts';

export type ConfigOrigin = 'config' | 'decant.yaml' | '.env' | '.flaskenv' | 'generated';

/** The variables of the next release. Values of secrets are null unless they were asked for. */
export interface ConfigListAnswer extends AppAnswer {
  readonly variables: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly secret: boolean;
    readonly origin: ConfigOrigin;
    /** "file:line", where there is one. */
    readonly place: string | null;
  }[];
}

/** `config show --origin`: decant's own settings, each with the source of its value. */
export interface ConfigShowAnswer extends AppAnswer {
  readonly settings: readonly {
    readonly key: string;
    readonly value: string | number | boolean | null;
    readonly origin: 'flag' | 'environment' | 'file' | 'detected' | 'default';
    /** "--port", "DECANT_PORT", "decant.yaml:4", "Procfile:1". */
    readonly place: string | null;
  }[];
}
