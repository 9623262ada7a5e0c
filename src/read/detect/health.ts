import type { Claim } from './claim.ts';
import type { Route } from './routes.ts';

/** The route that the app gives its watchers, the most usual name first. */
export function healthClaim(routes: readonly Route[]): Claim<string | null> {
  const found = routes
    .map(route => ({ route, rank: names.findIndex(name => name.test(route.path)) }))
    .filter(({ rank }) => rank !== -1)
    .toSorted((a, b) => a.rank - b.rank)[0];
  return { value: found?.route.path ?? null, evidence: found?.route.evidence };
}

const names = [
  /^\/(healthz|health)\/?$/,
  /^\/(health[-_]?check|_health|__health__|up|livez?|alive|readyz?|heartbeat|__heartbeat__|__lbheartbeat__)\/?$/,
  /\/(healthz?|health[-_]?check)(\/live|\/ready)?\/?$/,
  /^\/(ping|status|_status)\/?$/,
  /\/(livez?|readyz?|heartbeat)\/?$/,
  /^\/(api|v1|api\/v1)\/(ping|status|up)\/?$/,
];
