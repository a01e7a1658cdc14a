/** Owns how long to wait: jitter keeps ten thousand readers from asking in the same moment. */

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** `base`, give or take a fifth. */
export function jitter(base: number, random: () => number = Math.random): number {
  return Math.round(base * (0.8 + 0.4 * random()));
}

/** `base` doubled with every failure, at most `most`; with jitter. */
export function backoff(
  failures: number,
  base: number,
  most: number,
  random: () => number = Math.random,
): number {
  return jitter(Math.min(base * 2 ** failures, most), random);
}

/** Lets something happen at most once in a while; remembers it where `store` does. */
export function atMostOnce(
  store: Pick<Storage, "getItem" | "setItem">,
  key: string,
  gap: number,
  now: number,
): boolean {
  const before = Number(store.getItem(key));
  if (before && now - before < gap) return false;
  store.setItem(key, String(now));
  return true;
}
