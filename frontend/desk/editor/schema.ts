/** The editor's nodes and marks: exactly a post's blocks, so that nothing else can be written. */
import { Mark, Node } from "@tiptap/core";

const inlineMark = (name: string, tags: string[], keys: string[] = []) =>
  Mark.create({
    name,
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: () => [tags[0]!, 0],
    addKeyboardShortcuts() {
      const toggle = () => this.editor.commands.toggleMark(name);
      return Object.fromEntries(keys.map((key) => [key, toggle]));
    },
  });

const Link = Mark.create({
  name: "link",
  inclusive: false,
  priority: 1000,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (a) => (/^(https?:|mailto:)/i.test(a.getAttribute("href") ?? "") ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes: { href } }) => ["a", { href, rel: "noopener nofollow" }, 0],
});

const Document = Node.create({ name: "doc", topNode: true, content: "block+" });
const Text = Node.create({ name: "text", group: "inline" });
const HardBreak = Node.create({
  name: "hardBreak",
  group: "inline",
  inline: true,
  selectable: false,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  addKeyboardShortcuts() {
    return { "Shift-Enter": () => this.editor.commands.insertContent({ type: "hardBreak" }) };
  },
});

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", 0],
});

const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "text*",
  marks: "",
  parseHTML: () => ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag) => ({ tag })),
  renderHTML: () => ["h3", 0],
});

const list = (name: string, tag: string) =>
  Node.create({
    name,
    group: "block list",
    content: "listItem+",
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  });

const ListItem = Node.create({
  name: "listItem",
  content: "paragraph",
  defining: true,
  parseHTML: () => [{ tag: "li" }],
  renderHTML: () => ["li", 0],
});

const attrsOf = (values: Record<string, unknown>) => () =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { default: value, rendered: false }]),
  );

const Quote = Node.create({
  name: "quote",
  group: "block",
  content: "(text | hardBreak)*",
  marks: "",
  defining: true,
  addAttributes: attrsOf({ speaker: "", role: "", source: "", url: "" }),
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
});

const atom = (name: string, values: Record<string, unknown>) =>
  Node.create({
    name,
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: attrsOf(values),
    parseHTML: () => [],
    renderHTML: () => ["div", { "data-block": name }],
  });

const PICTURE = { media: "", caption: "", credit: "", alt: "", width: null, height: null, upload: null };

export const NODES = [
  Document, Text, HardBreak, Paragraph, Heading, ListItem, Quote,
  list("bulletList", "ul"), list("orderedList", "ol"),
  atom("image", PICTURE),
  atom("gallery", { images: [] }),
  atom("embed", { url: "", title: null, author: null, provider: null, picture: null }),
  atom("linkCard", { url: "", title: null }), // "link" is the mark
  atom("file", { media: "", title: "", format: null, size: null, pages: null, upload: null }),
];

export const MARKS = [
  Link,
  inlineMark("bold", ["strong", "b"], ["Mod-b"]),
  inlineMark("italic", ["em", "i"], ["Mod-i"]),
  inlineMark("strike", ["s", "del"]),
  inlineMark("code", ["code"]),
  inlineMark("subscript", ["sub"]),
  inlineMark("superscript", ["sup"]),
];
