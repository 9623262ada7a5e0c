import { expect, it } from 'vitest';
import { createOpenWebSockets } from './upgrades.ts';

it('bids farewell to the WebSockets that are still open', () => {
  const told: string[] = [];
  const open = createOpenWebSockets();
  open.add(() => told.push('one'));
  const forget = open.add(() => told.push('two'));
  open.add(() => told.push('three'));
  forget();
  open.bidFarewell();
  expect(told).toEqual(['one', 'three']);
});
