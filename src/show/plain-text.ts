// Escape sequences (CSI, OSC, two-byte ones) and all other control characters but the tab.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const controls = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/** One line that somebody else wrote (an app, a tool, a commit), without what could move the cursor or set colours. */
export function plainText(line: string): string {
  return line.replaceAll(controls, '');
}
