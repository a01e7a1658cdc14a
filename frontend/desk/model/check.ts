/** What a desk should see before it publishes: limits, what readers would miss, doubtful names. */
import type { Block, Content, Picture, Warning } from "../shapes.ts";
import { plain } from "./inline.ts";
import { uploadsIn, type Pending, type PendingFile } from "./pictures.ts";

export const LIMITS = {
  blocks: 64,
  images: 40,
  people: 20,
  line: 300,
  caption: 2000,
  quote: 20_000,
  bytes: 256 * 1024,
};

/** `must`: the server would refuse it. Else a doubt that an editor may wave through. */
export interface Remark {
  what:
    | "nothing" | "byline" | "key-headline" | "too-long-headline" | "too-many-blocks"
    | "too-many-images" | "too-many-people" | "too-large" | "credit" | "alt" | "caption" | "speaker"
    | "quote-source" | "words" | "media" | "file" | "title" | "refused" | "address" | "unconfirmed" | "no-source" | "name" | "long";
  must: boolean;
  /** The number of the block meant, from 0. */
  block?: number;
  found?: string;
  known?: string;
}

const encoder = new TextEncoder();

/** `refused` are the uploads that the server has not taken. */
export function check(content: Content, names: readonly string[] = [], refused: ReadonlySet<string> = new Set()): Remark[] {
  return [
    ...whole(content),
    ...(uploadsIn(content).some((one) => refused.has(one)) ? [{ what: "refused" as const, must: true }] : []),
    ...content.blocks.flatMap((block, n) => ofBlock(block, n)),
    ...doubtful(textOf(content), names),
  ];
}

/** What the server has to add: it knows the names of earlier posts. All else of its warnings is seen
 * here, and sooner; and what was rewritten since is no matter any more. */
export function added(remarks: readonly Remark[], warnings: readonly Warning[], content: Content): Remark[] {
  const text = textOf(content);
  const known = new Set(remarks.map((one) => one.found));
  return warnings.flatMap(({ kind, found, known: before }) =>
    kind === "spelling" && found && before && !known.has(found) && text.includes(found)
      ? [{ what: "name" as const, must: false, found, known: before }]
      : [],
  );
}

export function size(content: Content): number {
  return encoder.encode(JSON.stringify(content)).length;
}

export function counted(content: Content): { characters: number; words: number } {
  const text = content.blocks.map(textOfBlock).join(" ");
  return { characters: text.length, words: text.match(/\S+/g)?.length ?? 0 };
}

function whole(content: Content): Remark[] {
  const { blocks, byline, headline = "", sources = [], topics = [] } = content;
  const remarks: [boolean, Remark["what"], boolean][] = [
    [!blocks.length && !headline?.trim(), "nothing", true],
    [!byline.length || byline.some((one) => !one.name.trim()), "byline", true],
    [Boolean(content.key) && !headline?.trim(), "key-headline", true],
    [(headline?.length ?? 0) > LIMITS.line, "too-long-headline", true],
    [blocks.length > LIMITS.blocks, "too-many-blocks", true],
    [blocks.flatMap(picturesOf).length > LIMITS.images, "too-many-images", true],
    [Math.max(byline.length, sources.length, topics.length) > LIMITS.people, "too-many-people", true],
    [size(content) > LIMITS.bytes, "too-large", true],
    [(headline?.length ?? 0) > 110 && (headline?.length ?? 0) <= LIMITS.line, "long", false],
    [sources.some((one) => (one.verification ?? "unconfirmed") === "unconfirmed"), "unconfirmed", false],
  ];
  return remarks.filter(([so]) => so).map(([, what, must]) => ({ what, must }));
}

function ofBlock(block: Block, n: number): Remark[] {
  const remark = (what: Remark["what"], must: boolean): Remark => ({ what, must, block: n });
  switch (block.type) {
    case "quote":
      return [
        ...(block.text.trim() ? [] : [remark("words", true)]),
        ...(block.speaker.trim() ? [] : [remark("speaker", true)]),
        ...(block.source ? [] : [remark("quote-source", false)]),
      ];
    case "image":
    case "gallery":
      return picturesOf(block).flatMap((picture) => [
        // One that is on its way goes before its post.
        ...(picture.media || (picture as Pending).upload ? [] : [remark("media", true)]),
        ...(picture.credit.trim() ? [] : [remark("credit", true)]),
        ...(picture.alt.trim() ? [] : [remark("alt", true)]),
        ...(picture.caption.trim() ? [] : [remark("caption", true)]),
      ]);
    case "file":
      return [
        ...(block.media || (block as PendingFile).upload ? [] : [remark("file", true)]),
        ...(block.title.trim() ? [] : [remark("title", true)]),
      ];
    case "embed":
    case "link":
      return URL.canParse(block.url) && /^https?:/.test(block.url) ? [] : [remark("address", true)];
    default:
      return [];
  }
}

export function picturesOf(block: Block): Picture[] {
  return block.type === "image" ? [block] : block.type === "gallery" ? block.images : [];
}

export function textOf(content: Content): string {
  return [content.headline ?? "", ...content.blocks.map(textOfBlock)].join("\n");
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case "paragraph":
      return plain(block.html);
    case "list":
      return block.items.map(plain).join("\n");
    case "quote":
      return `${block.text}\n${block.speaker}`;
    case "heading":
      return block.text;
    case "file":
      return block.title;
    default:
      return picturesOf(block).map((picture) => picture.caption).join("\n");
  }
}

const NAME = /\p{Lu}[\p{L}'’-]{3,}(?:\s+\p{Lu}[\p{L}'’-]+)*/gu;

/** Names that stand close to a known one and are not it: Stoltenburg for Stoltenberg. */
function doubtful(text: string, names: readonly string[]): Remark[] {
  const known = new Set(names.flatMap((name) => name.match(NAME) ?? []).flatMap((n) => n.split(/\s+/)));
  const long = [...known].filter((word) => word.length >= 6);
  const found = new Map<string, Remark>();
  for (const [name] of text.matchAll(NAME))
    for (const word of name.split(/\s+/).map((one) => one.replace(/['’]s$/, ""))) {
      const near = known.has(word) ? undefined : long.find((one) => isNear(word, one));
      if (near) found.set(word, { what: "name", must: false, found: word, known: near });
    }
  return [...found.values()];
}

/** One letter more, less or other; two in long names. A plural is no misspelling. */
function isNear(one: string, other: string): boolean {
  if (one === `${other}s` || one[0] !== other[0]) return false;
  const most = other.length >= 9 ? 2 : 1;
  return Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
}

function distance(one: string, other: string): number {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next[j] = Math.min(
        row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[other.length]!;
}
