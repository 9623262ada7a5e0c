import { expect, test } from 'vitest';
import { createFrameTracker } from './websocket-frames.ts';

const short = [0x81, 2, 1, 2];
const masked = [0x81, 0x82, 9, 9, 9, 9, 1, 2];
const medium = [0x82, 126, 1, 0, ...new Array<number>(256).fill(7)];
const long = [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, ...new Array<number>(65_536).fill(7)];
const close = [0x88, 2, 3, 0xe8];

test.each([1, 2, 3, 7, 1000, 100_000])('finds the borders of frames in chunks of %i bytes', size => {
  const tracker = createFrameTracker();
  const bytes = Uint8Array.from([...short, ...masked, ...medium, ...long, ...short]);
  for (let at = 0; at < bytes.length; at += size) tracker.follow(bytes.subarray(at, at + size));
  expect(tracker.isBetweenFrames()).toBe(true);
  expect(tracker.hasClosed()).toBe(false);

  tracker.follow(Uint8Array.from(close));
  expect(tracker.hasClosed()).toBe(true);
});

test('knows when it is inside of a head or of a payload', () => {
  for (let length = 1; length < medium.length; length += 1) {
    const tracker = createFrameTracker();
    tracker.follow(Uint8Array.from(medium.slice(0, length)));
    expect(tracker.isBetweenFrames()).toBe(false);
  }
});
