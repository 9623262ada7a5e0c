/** Ctrl-C for tests: `press` calls whoever listens. */
export function interrupts() {
  const listeners = new Set<() => void>();
  return {
    onInterrupt(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    press(): void {
      for (const listener of listeners) listener();
    },
    count: () => listeners.size,
  };
}
