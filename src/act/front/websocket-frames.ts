/** Follows the borders of WebSocket frames (RFC 6455 §5.2) in a stream of bytes, without looking at what they carry. */
export interface FrameTracker {
  follow(chunk: Uint8Array): void;
  /** Whether a frame of ours may be put in here. */
  readonly isBetweenFrames: () => boolean;
  readonly hasClosed: () => boolean;
}

const closeOpcode = 8;

export function createFrameTracker(): FrameTracker {
  const head: number[] = [];
  let left = 0;
  let closed = false;

  return {
    follow(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (left > 0) {
          const step = Math.min(left, chunk.length - at);
          left -= step;
          at += step;
          continue;
        }

        head.push(chunk[at] as number);
        at += 1;
        if (head.length < headLength(head)) continue;
        if (((head[0] as number) & 15) === closeOpcode) closed = true;
        left = payloadLength(head);
        head.length = 0;
      }
    },
    isBetweenFrames: () => left === 0 && head.length === 0,
    hasClosed: () => closed,
  };
}

/** A server's close frame with status 1001, "going away". */
export const goingAway: Uint8Array = Uint8Array.of(0x88, 2, 0x03, 0xe9);

function headLength(head: readonly number[]): number {
  const second = head[1];
  if (second === undefined) return 2;

  const size = second & 127;
  return 2 + (size === 126 ? 2 : size === 127 ? 8 : 0) + (second & 128 ? 4 : 0);
}

function payloadLength(head: readonly number[]): number {
  const size = (head[1] as number) & 127;
  if (size < 126) return size;

  return head.slice(2, size === 126 ? 4 : 10).reduce((sum, byte) => sum * 256 + byte, 0);
}
