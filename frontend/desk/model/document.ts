/** A post's blocks to the editor's document (TipTap JSON) and back. */
import type { Block, List, Quote } from "../shapes.ts";
import { readInline, writeInline, type Inline } from "./inline.ts";

export interface Node {
  type: string;
  attrs?: Record<string, unknown>;
  content?: (Node | Inline)[];
}

// In the editor "link" is a mark; nothing else may have its name.
const CARD = "linkCard";

export function toDocument(blocks: readonly Block[]): Node {
  const content = blocks.map(toNode);
  return { type: "doc", content: content.length ? content : [{ type: "paragraph" }] };
}

function toNode(block: Block): Node {
  switch (block.type) {
    case "paragraph":
      return holding({ type: "paragraph" }, readInline(block.html));
    case "heading":
      return holding({ type: "heading" }, text(block.text));
    case "list":
      return {
        type: block.ordered ? "orderedList" : "bulletList",
        content: block.items.map((item) => ({
          type: "listItem",
          content: [holding({ type: "paragraph" }, readInline(item))],
        })),
      };
    case "quote":
      return holding({ type: "quote", attrs: quoteAttrs(block) }, lines(block.text));
    default: {
      const { type, ...attrs } = block;
      return { type: type === "link" ? CARD : type, attrs };
    }
  }
}

function quoteAttrs({ speaker, role, source }: Quote): Record<string, string> {
  return { speaker, role: role ?? "", source: source?.name ?? "", url: source?.url ?? "" };
}

function holding(node: Node, content: Inline[]): Node {
  return content.length ? { ...node, content } : node;
}

function text(words: string): Inline[] {
  return words ? [{ type: "text", text: words }] : [];
}

/** A quotation's line breaks stand in its text. */
function lines(words: string): Inline[] {
  return words
    .split("\n")
    .flatMap((line, n) => [...(n ? [{ type: "hardBreak" as const }] : []), ...text(line)]);
}

/** Paragraphs and items that hold nothing are left out: they are how one writes, not what. */
export function toBlocks(doc: Node): Block[] {
  return (doc.content ?? []).flatMap((node) => toBlock(node as Node) ?? []);
}

function toBlock(node: Node): Block | null {
  const inline = (node.content ?? []) as Inline[];
  switch (node.type) {
    case "paragraph":
      return isBlank(inline) ? null : { type: "paragraph", html: writeInline(trimmed(inline)) };
    case "heading":
      return isBlank(inline) ? null : { type: "heading", text: words(inline).trim() };
    case "bulletList":
    case "orderedList":
      return toList(node);
    case "quote":
      return toQuote(node.attrs ?? {}, words(inline).trim());
    default:
      return {
        type: node.type === CARD ? "link" : node.type,
        ...filled(node.attrs ?? {}),
      } as unknown as Block;
  }
}

function toList(node: Node): List | null {
  const items = (node.content ?? [])
    .map((item) => ((item as Node).content?.[0] as Node | undefined)?.content as Inline[] | undefined)
    .filter((inline) => inline && !isBlank(inline))
    .map((inline) => writeInline(trimmed(inline!)));
  if (!items.length) return null;
  return { type: "list", items, ...(node.type === "orderedList" ? { ordered: true } : {}) };
}

function toQuote(attrs: Record<string, unknown>, said: string): Quote | null {
  const [speaker, role, source, url] = ["speaker", "role", "source", "url"].map((name) =>
    String(attrs[name] ?? "").trim(),
  );
  if (!said && !speaker) return null;
  const block: Quote = { type: "quote", text: said, speaker: speaker! };
  if (role) block.role = role;
  if (source || url) block.source = { name: source || url!, ...(url ? { url } : {}) };
  return block;
}

/** What the server leaves out (null, its defaults) is left out here too: equal content is equal. */
function filled(attrs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).filter(([, value]) => value !== null && value !== undefined),
  );
}

function words(inline: Inline[]): string {
  return inline.map((node) => node.text ?? "\n").join("");
}

function isBlank(inline: Inline[]): boolean {
  return !words(inline).trim();
}

/** Without white space and breaks at the ends, as the server keeps it. */
function trimmed(inline: Inline[]): Inline[] {
  const kept = [...inline];
  while (kept.length && !/\S/.test(kept[0]!.text ?? "")) kept.shift();
  while (kept.length && !/\S/.test(kept.at(-1)!.text ?? "")) kept.pop();
  return kept.map((node, n) => {
    let said = node.text ?? "";
    if (n === 0) said = said.trimStart();
    if (n === kept.length - 1) said = said.trimEnd();
    return node.type === "text" ? { ...node, text: said } : node;
  });
}

/** The blocks, each in the very bytes it had before where it says the same: an edit elsewhere must
 * not change how a block was once written (`<b>` or `<strong>`). */
export function inOldWords(blocks: Block[], before: readonly Block[]): Block[] {
  const known = new Map(before.map((block) => [normal(block), block]));
  return blocks.map((block) => known.get(normal(block)) ?? block);
}

export function normal(block: Block): string {
  const again = toBlock(toNode(block));
  return JSON.stringify(again, Object.keys(flat(again)).sort());
}

function flat(value: unknown, into: Record<string, 1> = {}): Record<string, 1> {
  if (value && typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      into[name] = 1;
      flat(inner, into);
    }
  }
  return into;
}
