/** A post's blocks as Markdown, for the plain textarea on a telephone, and back.
 *
 * What has no words of its own (pictures, files, cards) stands as a line `[[2: picture, …]]`; the
 * number says which of the kept blocks is meant. Such a line can be moved or deleted like any other.
 */
import type { Block, List, Quote } from "../shapes.ts";
import { words } from "../words.ts";
import { add, plain, readInline, writeInline, type Inline, type Mark } from "./inline.ts";

const KEPT = /^\[\[(\d+)(?::[^\]]*)?\]\]$/;
const ADDRESS = /^https?:\/\/[^\s<>"]+$/;
const ITEM = /^\s*(?:([-*•])|(\d{1,3})[.)])\s+/;
const SIGNED = /^(?:—|–|--)\s*/;
const SPECIAL = /[\\*~`[\]^]/g;

export interface Written {
  text: string;
  kept: Block[];
}

export function toMarkdown(blocks: readonly Block[]): Written {
  const kept: Block[] = [];
  const parts = blocks.map((block) => write(block, kept));
  return { text: parts.join("\n\n"), kept };
}

function write(block: Block, kept: Block[]): string {
  switch (block.type) {
    case "paragraph":
      return writeWords(readInline(block.html));
    case "heading":
      return `## ${escape(block.text)}`;
    case "list":
      return block.items
        .map((item, n) => `${block.ordered ? `${n + 1}.` : "-"} ${writeWords(readInline(item), " ")}`)
        .join("\n");
    case "quote":
      return writeQuote(block);
    default:
      kept.push(block);
      return `[[${kept.length}: ${label(block)}]]`;
  }
}

/** The text without the line of the kept block of that number, from 0. */
export function without(text: string, n: number): string {
  const lines = text.split("\n").filter((line) => Number(KEPT.exec(line.trim())?.[1]) !== n + 1);
  return lines.join("\n");
}

function label(block: Block): string {
  const said =
    block.type === "image"
      ? block.caption
      : block.type === "gallery"
        ? `${block.images.length}`
        : "title" in block && block.title
          ? block.title
          : "url" in block
            ? block.url
            : "";
  const name = { image: words.editor.aPicture, file: words.editor.aFile }[block.type as string] ?? block.type;
  return `${name} ${said}`.replace(/[[\]\n]/g, " ").trim();
}

function writeQuote({ text, speaker, role, source }: Quote): string {
  const said = text.split("\n").map((line) => `> ${escape(line)}`.trimEnd());
  const who = [speaker, role ?? ""].map((part) => escape(part).replaceAll(",", "\\,"));
  const where = source ? [`[${escape(source.name)}](${source.url ?? ""})`] : [];
  const signed = [who[0], ...(role ? [who[1]] : []), ...where].join(", ");
  return [...said, `> — ${signed}`.trimEnd()].join("\n");
}

function escape(text: string): string {
  return text.replace(SPECIAL, "\\$&");
}

const FENCE: Record<string, string> = {
  bold: "**",
  italic: "*",
  strike: "~~",
  superscript: "^",
  subscript: "^^",
};

function writeWords(nodes: Inline[], newline = "\n"): string {
  const whole = nodes.map((node) => writePiece(node, newline)).join("");
  // At the beginning of a line these would be a heading, a quotation, a list or an address.
  return whole
    .split("\n")
    .map((line) =>
      ADDRESS.test(line) || /^(#{1,6}\s|>|[-•+]\s|\d{1,3}[.)]\s)/.test(line) ? `\\${line}` : line,
    )
    .join("\n");
}

function writePiece(node: Inline, newline: string): string {
  if (node.type === "hardBreak") return newline;
  const [, before, core, after] = /^(\s*)([^]*?)(\s*)$/.exec(node.text ?? "")!;
  if (!core) return node.text ?? "";
  const marks = node.marks ?? [];
  const fence = Object.keys(FENCE).filter((type) => marks.some((mark) => mark.type === type));
  let said = marks.some((mark) => mark.type === "code")
    ? `\`${core!.replace(/[`\\]/g, "\\$&")}\``
    : escape(core!);
  for (const type of fence.reverse()) said = FENCE[type] + said + FENCE[type];
  const link = marks.find((mark) => mark.type === "link");
  if (link) said = `[${said}](${String(link.attrs?.href ?? "").replace(/[()\\]/g, "\\$&")})`;
  return before + said + after;
}

export function fromMarkdown(text: string, kept: readonly Block[] = []): Block[] {
  return text
    .replaceAll("\r", "")
    .split(/\n[ \t]*\n+/)
    .flatMap((part) => readPart(part.replace(/^\n+|\s+$/g, ""), kept));
}

function readPart(part: string, kept: readonly Block[]): Block[] {
  const lines = part.split("\n");
  const first = lines[0]!.trim();
  if (!part.trim()) return [];
  const held = KEPT.exec(first);
  const alone = held ? kept[Number(held[1]) - 1] : undefined;
  if (alone) return [alone, ...rest(lines, kept)];
  if (ADDRESS.test(first)) return [{ type: "embed", url: first }, ...rest(lines, kept)];
  if (/^#{1,6}\s/.test(first)) {
    const said = plain(writeInline(readWords(first.replace(/^#{1,6}\s+/, ""))));
    return [{ type: "heading", text: said }, ...rest(lines, kept)];
  }
  if (first.startsWith(">")) return readQuote(lines, kept);
  if (lines.every((line) => ITEM.test(line))) return [readList(lines)];
  const html = writeInline(readWords(part.trim()));
  return html ? [{ type: "paragraph", html }] : [];
}

function rest(lines: string[], kept: readonly Block[]): Block[] {
  return lines.length > 1 ? readPart(lines.slice(1).join("\n"), kept) : [];
}

function readList(lines: string[]): List {
  const items = lines
    .map((line) => writeInline(readWords(line.replace(ITEM, "").trim())))
    .filter(Boolean);
  const list: List = { type: "list", items };
  return ITEM.exec(lines[0]!)?.[2] ? { ...list, ordered: true } : list;
}

function readQuote(lines: string[], kept: readonly Block[]): Block[] {
  const end = lines.findIndex((line) => !line.trim().startsWith(">"));
  const own = (end < 0 ? lines : lines.slice(0, end)).map((line) => line.trim().replace(/^> ?/, ""));
  const signed = SIGNED.test(own.at(-1) ?? "") ? own.pop()!.replace(SIGNED, "") : "";
  const said = own.map((line) => textOf(line)).join("\n");
  const block: Quote = { type: "quote", text: said, speaker: "" };
  const source = /(?:,\s*)?\[((?:\\.|[^\]\\])*)\]\(([^)\s]*)\)\s*$/.exec(signed);
  const who = (source ? signed.slice(0, source.index) : signed).match(/(?:\\.|[^,\\])+/g) ?? [];
  block.speaker = textOf((who[0] ?? "").trim());
  const role = textOf(who.slice(1).join(",").trim());
  if (role) block.role = role;
  if (source) block.source = { name: textOf(source[1]!), ...(source[2] ? { url: source[2] } : {}) };
  return [block, ...(end < 0 ? [] : readPart(lines.slice(end).join("\n"), kept))];
}

function textOf(written: string): string {
  return written.replace(/\\([^\w\s])/g, "$1");
}

/** Fences turn a mark on and off; one that is never closed is only a character. */
function readWords(text: string): Inline[] {
  const found: Inline[] = [];
  read(text, [], found);
  return found;
}

function read(text: string, outer: Mark[], found: Inline[]): void {
  const on = new Set<string>();
  const marks = (): Mark[] => [...outer, ...[...on].map((type) => ({ type }))];
  let at = 0;
  while (at < text.length) {
    const ahead = text.slice(at);
    const link = /^\[((?:\\.|[^\]\\])+)\]\(((?:\\.|[^)\s\\])+)\)/.exec(ahead);
    const code = /^`((?:\\[`\\]|[^`\\])+)`/.exec(ahead);
    const fence = fenceAt(text, at, on);
    if (ahead[0] === "\\" && /^[^\w\s]|^[\d>#h-]/.test(ahead.slice(1))) {
      add(found, ahead[1]!, marks());
      at += 2;
    } else if (ahead[0] === "\n") {
      found.push({ type: "hardBreak" });
      at += 1;
    } else if (link) {
      const href = link[2]!.replace(/\\(.)/g, "$1");
      read(link[1]!, [...marks(), { type: "link", attrs: { href } }], found);
      at += link[0].length;
    } else if (code) {
      add(found, code[1]!.replace(/\\(.)/g, "$1"), [...marks(), { type: "code" }]);
      at += code[0].length;
    } else if (fence) {
      if (!on.delete(fence.type)) on.add(fence.type);
      at += fence.sign.length;
    } else {
      add(found, ahead[0]!, marks());
      at += 1;
    }
  }
}

const SIGNS = Object.entries(FENCE)
  .map(([type, sign]) => ({ type, sign }))
  .sort((one, other) => other.sign.length - one.sign.length);

function fenceAt(text: string, at: number, on: Set<string>): { type: string; sign: string } | null {
  for (const fence of SIGNS) {
    if (!text.startsWith(fence.sign, at)) continue;
    const after = at + fence.sign.length;
    if (on.has(fence.type)) {
      if (/\S/.test(text[at - 1] ?? "")) return fence;
    } else if (/\S/.test(text[after] ?? "") && closes(text, after, fence.sign)) return fence;
  }
  return null;
}

function closes(text: string, from: number, sign: string): boolean {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (at > from && text.startsWith(sign, at) && /\S/.test(text[at - 1]!)) return true;
  }
  return false;
}
