/** How the blocks that are more than text look and are filled in, inside the text. */
import type { Editor, NodeViewRendererProps } from "@tiptap/core";
import type { Node as ProseNode } from "@tiptap/pm/model";
import type { NodeView } from "@tiptap/pm/view";
import type { Pending, PendingFile } from "../model/pictures.ts";
import { ownDirection } from "../direction.ts";
import { words } from "../words.ts";

export interface Sources {
  /** A picture that this device still holds, or that the server has. */
  addressOf(picture: Pending): string;
  /** How far an upload is: words for the person who waits. */
  progressOf(upload: string): string;
  isRefused(upload: string): boolean;
  /** What a file is, or is called. */
  kindOf(file: PendingFile): string;
  pick(several: boolean): Promise<Pending[]>;
  /** The picture as the library has it; what of the post changes by it, or null. */
  open(picture: Pending): Promise<Partial<Pending> | null>;
  names: () => readonly string[];
}

type Set = (attrs: Record<string, unknown>) => void;
type Fill = (node: ProseNode) => void;

export function viewOf(type: string, sources: Sources) {
  return ({ node, getPos, editor }: NodeViewRendererProps): NodeView => {
    const set: Set = (attrs) => {
      const at = getPos();
      if (at === undefined) return;
      const held = editor.state.doc.nodeAt(at);
      if (held) editor.view.dispatch(editor.state.tr.setNodeMarkup(at, null, { ...held.attrs, ...attrs }));
    };
    const remove = () => {
      const at = getPos();
      if (at === undefined) return;
      const held = editor.state.doc.nodeAt(at)!;
      editor.chain().deleteRange({ from: at, to: at + held.nodeSize }).focus().run();
    };
    const dom = document.createElement("figure");
    dom.className = `block block-${type}`;
    const out = button(words.editor.removeBlock, remove);
    // What is asked around the text is the desk's; a quotation itself is the post's.
    if (type !== "quote") dom.dir = ownDirection();
    const { contentDOM, fill } = BODIES[type]!(dom, set, sources, editor);
    const parts = [...dom.children].filter((child) => child !== contentDOM);
    for (const part of parts) part.setAttribute("contenteditable", "false");
    out.setAttribute("contenteditable", "false");
    dom.append(out);
    fill(node);
    return {
      dom,
      ...(contentDOM ? { contentDOM } : {}),
      update(next) {
        if (next.type !== node.type) return false;
        fill(next);
        return true;
      },
      // What is typed into a field is the field's, not the text's.
      stopEvent: (event) => event.target instanceof Element && Boolean(event.target.closest("input, textarea, button, select, label")),
      ignoreMutation: (mutation) => !contentDOM || !contentDOM.contains(mutation.target),
      selectNode: () => dom.classList.add("is-chosen"),
      deselectNode: () => dom.classList.remove("is-chosen"),
    };
  };
}

interface Body {
  contentDOM?: HTMLElement;
  fill: Fill;
}
type Make = (dom: HTMLElement, set: Set, sources: Sources, editor: Editor) => Body;

const BODIES: Record<string, Make> = {
  quote(dom, set, sources) {
    dom.classList.add("quote");
    const contentDOM = document.createElement("p");
    contentDOM.dir = "auto";
    const caption = document.createElement("figcaption");
    caption.dir = ownDirection();
    const fills = [
      field(caption, words.editor.speaker, "speaker", set, sources.names()),
      field(caption, words.editor.role, "role", set),
      field(caption, words.editor.source, "source", set),
      field(caption, words.editor.sourceUrl, "url", set),
    ];
    dom.append(contentDOM, caption);
    return { contentDOM, fill: (node) => fills.forEach((fill) => fill(node.attrs)) };
  },
  image(dom, set, sources) {
    const one = picture(sources, set);
    dom.append(one.element);
    return { fill: (node) => one.fill(node.attrs as unknown as Pending) };
  },
  gallery(dom, set, sources) {
    const list = document.createElement("div");
    list.className = "gallery";
    let images: Pending[] = [];
    const setImages = (next: Pending[]) => set({ images: next });
    const more = button(words.editor.addToGallery, () => {
      void sources.pick(true).then((picked) => setImages([...images, ...picked]));
    });
    dom.append(list, more);
    let shown: ReturnType<typeof picture>[] = [];
    return {
      fill(node) {
        images = node.attrs["images"] as Pending[];
        if (shown.length !== images.length) {
          shown = images.map((_, n) =>
            picture(sources, (attrs) => setImages(images.map((one, m) => (m === n ? { ...one, ...attrs } : one)))),
          );
          list.replaceChildren(
            ...shown.map(({ element }, n) => {
              element.append(button(words.editor.removeBlock, () => setImages(images.filter((_, m) => m !== n))));
              return element;
            }),
          );
        }
        shown.forEach((one, n) => one.fill(images[n]!));
      },
    };
  },
  embed: (dom, set) => card(dom, words.editor.embed, set),
  linkCard: (dom, set) => card(dom, words.editor.linkCard, set, true),
  file(dom, set, sources) {
    const kind = document.createElement("span");
    kind.className = "kind";
    const fill = field(dom, words.editor.fileTitle, "title", set);
    const state = progress();
    dom.append(kind, state);
    return {
      fill({ attrs }) {
        const file = attrs as unknown as PendingFile;
        kind.textContent = sources.kindOf(file);
        follow(state, file.upload, sources);
        fill(attrs);
      },
    };
  },
};

function card(dom: HTMLElement, name: string, set: Set, titled = false): Body {
  const kind = document.createElement("span");
  kind.className = "kind";
  dom.append(kind);
  const fills = [field(dom, words.editor.address, "url", set)];
  if (titled) fills.push(field(dom, words.running.title, "title", set));
  return {
    fill(node) {
      const title = node.attrs["title"] ? `: ${String(node.attrs["title"])}` : "";
      kind.textContent = name + (titled ? "" : title);
      fills.forEach((fill) => fill(node.attrs));
    },
  };
}

function picture(sources: Sources, set: Set): { element: HTMLElement; fill: (picture: Pending) => void } {
  const element = document.createElement("div");
  element.className = "picture";
  const image = document.createElement("img");
  const state = progress();
  element.append(image, state);
  let shown: Pending | null = null;
  const more = button(words.pictures.open, () => {
    void sources.open(shown!).then((changed) => changed && set(changed));
  });
  const fills = [
    field(element, words.editor.caption, "caption", set),
    field(element, words.editor.credit, "credit", set),
    field(element, words.editor.alt, "alt", set),
  ];
  element.append(more);
  return {
    element,
    fill(one) {
      shown = one;
      more.hidden = !one.media || Boolean(one.upload);
      const address = sources.addressOf(one);
      if (address && image.getAttribute("src") !== address) image.src = address;
      image.hidden = !address;
      image.alt = one.alt;
      follow(state, one.upload, sources);
      fills.forEach((fill) => fill(one as unknown as Record<string, unknown>));
    },
  };
}

function progress(): HTMLElement {
  const state = document.createElement("p");
  state.className = "state";
  state.setAttribute("role", "status");
  return state;
}

/** How far it is on its way. */
export function follow(
  state: HTMLElement, upload: string | null | undefined, sources: Pick<Sources, "progressOf" | "isRefused">,
): void {
  state.textContent = upload ? sources.progressOf(upload) : "";
  state.classList.toggle("is-refused", Boolean(upload && sources.isRefused(upload)));
  if (upload) state.dataset["upload"] = upload;
  else delete state.dataset["upload"];
}

const LONG = ["caption", "alt"];
let counter = 0;

function field(to: HTMLElement, name: string, attr: string, set: Set, known: readonly string[] = []) {
  const label = document.createElement("label");
  const said = document.createElement("span");
  // What is a sentence or more is read whole.
  const input = document.createElement(LONG.includes(attr) ? "textarea" : "input");
  said.textContent = name;
  input.name = attr;
  input.autocomplete = "off";
  if (input instanceof HTMLTextAreaElement) input.rows = 1;
  input.dir = attr === "url" ? "ltr" : "auto";
  input.addEventListener("input", () => set({ [attr]: input.value.replaceAll("\n", " ") }));
  label.append(said, input);
  if (known.length) {
    const list = document.createElement("datalist");
    list.id = `names-${++counter}`;
    list.append(...[...new Set(known)].map((one) => new Option(one)));
    input.setAttribute("list", list.id);
    label.append(list);
  }
  to.append(label);
  return (attrs: Record<string, unknown>) => {
    const value = String(attrs[attr] ?? "");
    if (input.value !== value) input.value = value;
  };
}

function button(name: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}
