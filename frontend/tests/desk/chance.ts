/** Random posts from a seed, so that a failure can be looked at again. */
import type { Block } from "../../desk/shapes.ts";
import { add, writeInline, type Inline, type Mark } from "../../desk/model/inline.ts";

export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function one<T>(chance: Chance, of: readonly T[]): T {
  return of[Math.floor(chance() * of.length)]!;
}

const WORDS = ["Geneva", "said", "2021.", "a * b", "[sic]", "> 5 %", "# one", "café", "`x`", "1. May",
  "- no", "A&B", "<b>", "é\\n", "~~", "**", "U2*", "https://a.example/x", "end^", "“quoted”", "(yes)"];
const MARKS: Mark[][] = [[], [], [], [{ type: "bold" }], [{ type: "italic" }],
  [{ type: "bold" }, { type: "italic" }], [{ type: "strike" }], [{ type: "code" }],
  [{ type: "link", attrs: { href: "https://a.example/?q=(1)&r=2" } }],
  [{ type: "link", attrs: { href: "https://b.example/" } }, { type: "bold" }]];

export function words(chance: Chance, most = 5): string {
  return Array.from({ length: 1 + Math.floor(chance() * most) }, () => one(chance, WORDS)).join(" ");
}

export function inline(chance: Chance, breaks = true): string {
  const nodes: Inline[] = [];
  for (let n = 1 + Math.floor(chance() * 4); n > 0; n--) {
    add(nodes, words(chance, 3), one(chance, MARKS));
    if (n > 1) breaks && chance() < 0.2 ? nodes.push({ type: "hardBreak" }) : add(nodes, " ", []);
  }
  return writeInline(nodes);
}

export function block(chance: Chance): Block {
  const picture = { media: "a.webp", caption: words(chance), credit: words(chance), alt: words(chance) };
  return one<() => Block>(chance, [
    () => ({ type: "paragraph", html: inline(chance) }),
    () => ({ type: "paragraph", html: inline(chance) }),
    () => ({ type: "heading", text: words(chance) }),
    () => ({
      type: "list",
      items: [inline(chance, false), inline(chance, false)],
      ...(chance() < 0.5 ? { ordered: true } : {}),
    }),
    () => ({
      type: "quote",
      text: `${words(chance)}\n${words(chance)}`,
      speaker: one(chance, ["Jens Stoltenberg", "King, Jr.", "A senior official"]),
      ...(chance() < 0.5 ? { role: "Secretary general, by acclamation" } : {}),
      ...(chance() < 0.5 ? { source: { name: "Communiqué", url: "https://nato.example/c" } } : {}),
    }),
    () => ({ type: "image", ...picture, width: 1520, height: 950 }),
    () => ({ type: "gallery", images: [picture, picture] }),
    () => ({ type: "embed", url: "https://video.example/1", title: "A video", provider: "Video" }),
    () => ({ type: "link", url: "https://a.example/", title: "A page" }),
    () => ({ type: "file", media: "a.pdf", title: "The paper", format: "pdf", size: 1200, pages: 3 }),
  ])();
}

export function blocks(chance: Chance): Block[] {
  return Array.from({ length: 1 + Math.floor(chance() * 6) }, () => block(chance));
}
