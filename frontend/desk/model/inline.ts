/** Inline HTML, as posts carry it, to the editor's text nodes and back. No DOM: it runs anywhere. */

export interface Mark {
  type: string;
  attrs?: Record<string, unknown>;
}
export interface Inline {
  type: "text" | "hardBreak";
  text?: string;
  marks?: Mark[];
}

// From the outside in: the order in which marks are written, whatever order they come in.
export const MARKS = ["link", "bold", "italic", "strike", "code", "subscript", "superscript"];
const OF_TAG: Record<string, string> = {
  a: "link",
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  s: "strike",
  code: "code",
  sub: "subscript",
  sup: "superscript",
};
const TAG_OF: Record<string, string> = {
  link: "a",
  bold: "strong",
  italic: "em",
  strike: "s",
  code: "code",
  subscript: "sub",
  superscript: "sup",
};
const PIECE = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|([^<]+|<)/g;
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export function readInline(html: string): Inline[] {
  const open: Mark[] = [];
  const found: Inline[] = [];
  for (const [, closes, tag, attributes, text] of html.matchAll(PIECE)) {
    if (text !== undefined) add(found, unescaped(text).replace(/\s*[\n\r\t]\s*/g, " "), open);
    else if (tag!.toLowerCase() === "br") found.push({ type: "hardBreak" });
    else turn(open, OF_TAG[tag!.toLowerCase()], closes === "/", attributes ?? "");
  }
  return found;
}

function turn(open: Mark[], type: string | undefined, closes: boolean, attributes: string): void {
  if (!type) return; // the server takes such tags out, and keeps their text
  if (closes) {
    const at = open.map((mark) => mark.type).lastIndexOf(type);
    if (at >= 0) open.splice(at, 1);
  } else if (type === "link") {
    const href = HREF.exec(attributes);
    open.push({ type, attrs: { href: unescaped(href?.[1] ?? href?.[2] ?? "") } });
  } else open.push({ type });
}

/** Adds text with its marks, each once and in their order; joins what is marked alike. */
export function add(to: Inline[], text: string, marks: Mark[]): void {
  if (!text) return;
  const kept = ordered(marks);
  const last = to.at(-1);
  if (last?.type === "text" && same(last.marks ?? [], kept)) last.text += text;
  else to.push(kept.length ? { type: "text", text, marks: kept } : { type: "text", text });
}

export function ordered(marks: Mark[]): Mark[] {
  return MARKS.flatMap((type) => marks.filter((mark) => mark.type === type).slice(-1)).map((mark) =>
    mark.attrs?.href !== undefined
      ? { type: mark.type, attrs: { href: mark.attrs.href } }
      : { type: mark.type },
  );
}

export function same(one: Mark[], other: Mark[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function writeInline(nodes: Inline[]): string {
  let html = "";
  let open: Mark[] = [];
  for (const [n, node] of nodes.entries()) {
    const isText = node.type === "text";
    const wanted = ordered((isText ? node : nodes[n + 1])?.marks ?? []);
    let shared = 0;
    while (shared < open.length && same([open[shared]!], wanted.slice(shared, shared + 1))) shared++;
    html += closing(open.slice(shared));
    open = open.slice(0, shared);
    if (!isText) html += "<br>";
    else {
      html += opening(wanted.slice(shared)) + escaped(node.text ?? "");
      open = wanted;
    }
  }
  return html + closing(open);
}

function opening(marks: Mark[]): string {
  return marks
    .map(({ type, attrs }) =>
      type === "link"
        ? `<a href="${escaped(String(attrs?.href ?? "")).replaceAll('"', "&quot;")}">`
        : `<${TAG_OF[type]}>`,
    )
    .join("");
}

function closing(marks: Mark[]): string {
  return marks.map(({ type }) => `</${TAG_OF[type]}>`).reverse().join("");
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, number, name) => {
    if (name) return NAMED[name as string] ?? whole;
    const point = hex ? parseInt(hex, 16) : Number(number);
    return point > 0x1f && point < 0x110000 ? String.fromCodePoint(point) : "";
  });
}

/** What is left to read when the tags are gone. */
export function plain(html: string): string {
  return readInline(html)
    .map((node) => node.text ?? "\n")
    .join("");
}

/** As many whole words as there is room for. */
export function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/\s+\S*$/, "")} …` : text;
}
