/** What is pasted from Word, Google Docs, mail or the web, reduced to what a post can say.
 *
 * On the text of the HTML, before any parser of the browser sees it: a style attribute would only
 * be refused by the page's policy, and half of the meaning (bold, lists) stands in those.
 */

const DROPPED = /<(style|script|head|title|xml|svg|noscript|template|select|button)\b[^]*?<\/\1\s*>/gi;
const COMMENTS = /<!--[^]*?-->|<!\[[^]*?\]>|<\?[^]*?>|<!doctype[^>]*>/gi;
const PIECE = /<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</g;
const BLOCKS: Record<string, string> = {
  p: "p", div: "p", section: "p", article: "p", td: "p", th: "p", pre: "p", figcaption: "p",
  dt: "p", dd: "p", address: "p", center: "p",
  h1: "h3", h2: "h3", h3: "h3", h4: "h3", h5: "h3", h6: "h3",
  ul: "ul", ol: "ol", li: "li", blockquote: "blockquote",
};
const INLINE: Record<string, string> = {
  b: "strong", strong: "strong", i: "em", em: "em", cite: "em", s: "s", strike: "s", del: "s",
  code: "code", sub: "sub", sup: "sup",
};

interface Open {
  tag: string;
  closes: string;
  /** Its words are a list's bullet or number, which the list makes itself. */
  silent: boolean;
}

export function cleaned(html: string): string {
  const fragment = /<!--StartFragment-->([^]*?)<!--EndFragment-->/.exec(html)?.[1] ?? html;
  const stack: Open[] = [];
  let out = "";
  for (const [piece, end, name, attributes] of fragment
    .replace(DROPPED, "")
    .replace(COMMENTS, "")
    .matchAll(PIECE)) {
    const tag = name?.toLowerCase();
    if (!tag) {
      if (!stack.some((one) => one.silent)) out += text(piece);
      else if (/^\s*\w{1,4}[.)]/.test(piece)) out = out.replace(/<li data-bullet>$/, "<li data-number>");
    } else if (tag === "br") out += "<br>";
    else if (end) out += closed(stack, tag);
    else if (!/\/\s*$/.test(attributes!) && !["img", "hr", "meta", "link", "input", "col", "wbr"].includes(tag)) {
      const [opens, open] = opened(tag, attributes!);
      stack.push(open);
      out += opens;
    }
  }
  for (const open of stack.reverse()) out += open.closes;
  return listed(out).replace(/<(p|h3|li|strong|em|s|a[^>]*)>(\s|&nbsp;|<br>)*<\/\1>/g, "$2").trim();
}

function text(piece: string): string {
  return (piece === "<" ? "&lt;" : piece).replace(/[\s\u00a0]+/g, " ").replace(/(&nbsp;)+/g, " ");
}

function opened(tag: string, attributes: string): [string, Open] {
  const style = value(attributes, "style").toLowerCase();
  const open = (opens: string, closes: string, silent = false): [string, Open] => [
    opens,
    { tag, closes, silent },
  ];
  if (/mso-list:\s*ignore/.test(style)) return open("", "", true);
  if (tag === "p" && /mso-list:/.test(style)) return open("<li data-bullet>", "</li>");
  if (tag === "p" && /^Mso(Title|Heading)/i.test(value(attributes, "class"))) return open("<h3>", "</h3>");
  const block = BLOCKS[tag];
  if (block) return open(`<${block}>`, `</${block}>`);
  if (tag === "a") return anchor(value(attributes, "href"), open);
  const marks = marksOf(tag, style);
  return open(marks.map((mark) => `<${mark}>`).join(""), marks.reverse().map((mark) => `</${mark}>`).join(""));
}

function anchor(href: string, open: (opens: string, closes: string) => [string, Open]): [string, Open] {
  const behind = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?(?:[^#]*&(?:amp;)?)?q=([^&]+)/.exec(href)?.[1];
  const address = behind ? decodeURIComponent(behind) : href;
  if (!/^(https?:|mailto:)/i.test(address)) return open("", "");
  return open(`<a href="${address.replaceAll('"', "%22")}">`, "</a>");
}

function marksOf(tag: string, style: string): string[] {
  const marks = new Set<string>();
  if (INLINE[tag]) marks.add(INLINE[tag]);
  // Not Word's own "mso-bidi-font-weight", which is about other scripts.
  if (/(?<!-)font-weight:\s*(bold|[6-9]00)/.test(style)) marks.add("strong");
  if (/(?<!-)font-weight:\s*(normal|[1-5]00)/.test(style)) marks.delete("strong");
  if (/(?<!-)font-style:\s*(italic|oblique)/.test(style)) marks.add("em");
  if (/(?<!-)font-style:\s*normal/.test(style)) marks.delete("em");
  if (/text-decoration[^;]*line-through/.test(style)) marks.add("s");
  if (/vertical-align:\s*super/.test(style)) marks.add("sup");
  if (/vertical-align:\s*sub/.test(style)) marks.add("sub");
  return [...marks];
}

function closed(stack: Open[], tag: string): string {
  const at = stack.map((one) => one.tag).lastIndexOf(tag);
  if (at < 0) return "";
  return stack.splice(at).reverse().map((one) => one.closes).join("");
}

function value(attributes: string, name: string): string {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(attributes);
  return (found?.[1] ?? found?.[2] ?? found?.[3] ?? "").replaceAll("&amp;", "&");
}

/** Word's lists are paragraphs in a row; here they become lists. */
function listed(html: string): string {
  return html.replace(/(?:<li data-(?:bullet|number)>[^]*?<\/li>\s*)+/g, (items) => {
    const tag = items.startsWith("<li data-number") ? "ol" : "ul";
    return `<${tag}>${items.replace(/ data-(bullet|number)/g, "").replace(/\s+(?=<li>|$)/g, "")}</${tag}>`;
  });
}

/** An address alone: what to make a card of, not a word in a sentence. */
export function addressIn(text: string): string {
  const trimmed = text.trim();
  return /^https?:\/\/[^\s<>"]+$/.test(trimmed) && URL.canParse(trimmed) ? trimmed : "";
}
