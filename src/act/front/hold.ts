/** Keeps new requests waiting while the app's only database is changed. */
export interface Hold {
  /** Runs `go` now, or when the hold ends. */
  pass(go: () => void): void;
  readonly waiting: () => number;
  /** Holds for at most `seconds`; a hold that lasts already gets the new limit. */
  begin(seconds: number): void;
  /** Lets everything go. Whether the hold lasted until now. */
  end(): boolean;
  readonly isHolding: () => boolean;
}

export function createHold(): Hold {
  let timer: NodeJS.Timeout | null = null;
  let queue: (() => void)[] = [];

  const letGo = (): boolean => {
    if (timer === null) return false;

    clearTimeout(timer);
    timer = null;
    const released = queue;
    queue = [];
    for (const go of released) go();
    return true;
  };

  return {
    pass(go) {
      if (timer === null) go();
      else queue.push(go);
    },
    waiting: () => queue.length,
    begin(seconds) {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(letGo, seconds * 1000);
    },
    end: letGo,
    isHolding: () => timer !== null,
  };
}
