/** The styles that decant uses; each wraps a text. */
export interface Colours {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

type Paint = (text: string) => string;

/** The styles, or the same functions doing nothing. */
export function colours(on: boolean): Colours {
  const paint = (open: number, close: number): Paint =>
    on ? text => (text === '' ? '' : `\x1b[${open}m${text}\x1b[${close}m`) : text => text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

/**
 * Whether a stream gets colour: the flag, then NO_COLOR (https://no-color.org: any non-empty value), then
 * FORCE_COLOR (0 is off), then whether it is a terminal that can.
 */
export function wantsColour(
  flag: 'auto' | 'always' | 'never',
  environment: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return !['0', 'false'].includes(environment.FORCE_COLOR);
  return isTTY && environment.TERM !== 'dumb';
}
