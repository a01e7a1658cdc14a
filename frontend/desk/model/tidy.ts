/** Content as it is sent: without what is empty, and without white space around names. */
import type { Content } from "../shapes.ts";

export function tidy(content: Content): Content {
  const { headline, byline, sources, topics, occurred_at, ...rest } = content;
  return {
    ...rest,
    headline: headline?.replace(/\s+/g, " ").trim() || null,
    byline: byline.map(trimmed).filter((one) => one.name),
    sources: (sources ?? []).map(trimmed).filter((one) => one.name),
    topics: [...new Set((topics ?? []).map((one) => one.trim()).filter(Boolean))],
    occurred_at: occurred_at || null,
  };
}

function trimmed<T extends { name: string }>(one: T): T {
  const parts = Object.entries(one)
    .map(([name, value]) => [name, typeof value === "string" ? value.trim() : (value as unknown)])
    .filter(([name, value]) => name === "name" || Boolean(value));
  return Object.fromEntries(parts) as T;
}
