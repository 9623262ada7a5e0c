/** A resolver's explanation as one line of prose: uv draws a tree, wraps it, and says `cause:` in newer versions. */
export function prose(output: readonly string[]): string {
  return output.map(line => line.replace(/^[\s×╰─▶│├]*(?:cause:|error:)?\s*/, '').trim()).join(' ');
}

/** The sentences of a resolver's explanation, each with its own "Because …". */
export function becauses(output: readonly string[]): readonly string[] {
  return prose(output).match(/(?:And )?[Bb]ecause .+?(?:\.(?= |$))/g) ?? [];
}
