import type { Address } from './headers.ts';
import type { Hold } from './hold.ts';
import type { Statistics } from './statistics.ts';
import type { OpenWebSockets } from './upgrades.ts';

/** What the parts of one front share. */
export interface Front {
  readonly address: Address;
  readonly statistics: Statistics;
  readonly hold: Hold;
  readonly webSockets: OpenWebSockets;
  /** After SIGTERM: each further answer closes its connection. */
  isDraining: boolean;
}
