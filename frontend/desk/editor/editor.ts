/** The editor of the desk: TipTap over a post's blocks. Loaded only where there is a real keyboard. */
import { Editor, Extension, type JSONContent } from "@tiptap/core";
import { baseKeymap } from "@tiptap/pm/commands";
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { history, redo, undo } from "@tiptap/pm/history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "@tiptap/pm/inputrules";
import { keymap } from "@tiptap/pm/keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "@tiptap/pm/schema-list";
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from "@tiptap/pm/state";
import { toBlocks, toDocument, type Node } from "../model/document.ts";
import { addressIn, cleaned } from "../model/paste.ts";
import type { Pending, PendingFile } from "../model/pictures.ts";
import type { Block } from "../shapes.ts";
import { words } from "../words.ts";
import { Menu } from "./menu.ts";
import { MARKS, NODES } from "./schema.ts";
import { follow, viewOf, type Sources } from "./views.ts";

export interface Wishes extends Sources {
  changed: (blocks: Block[]) => void;
  /** Files that were dropped or pasted. */
  take: (files: File[]) => Pending[];
  takeFiles: (files: File[]) => PendingFile[];
  pickFiles: () => Promise<PendingFile[]>;
  /** A picture of the library. */
  choose: () => Promise<Pending | null>;
  askAddress: (now: string) => Promise<string | null>;
}

const RICH = ["quote", "image", "gallery", "embed", "linkCard", "file"];

export class TextEditor {
  readonly editor: Editor;
  readonly menu: Menu;

  constructor(element: HTMLElement, blocks: readonly Block[], wishes: Wishes) {
    this.menu = new Menu(() => this.editor, (sign) => this.choices(sign), words.editor.slash);
    this.wishes = wishes;
    this.editor = new Editor({
      element,
      injectCSS: false,
      content: toDocument(blocks) as JSONContent,
      extensions: [...NODES.map((node) => withView(node, wishes)), ...MARKS, this.keys()],
      editorProps: {
        attributes: {
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": words.compose.text,
          "aria-placeholder": words.compose.textHint,
          "aria-controls": "insert-menu",
          spellcheck: "true",
          class: "text",
        },
        handleKeyDown: (_, event) => this.menu.key(event),
        transformPastedHTML: cleaned,
        handlePaste: (_, event) => this.pasted(event.clipboardData),
        handleDrop: (_, event, __, moved) => !moved && this.dropped((event as DragEvent).dataTransfer),
      },
      onUpdate: () => {
        wishes.changed(this.blocks);
        this.menu.look();
      },
      onSelectionUpdate: () => this.menu.look(),
      onBlur: () => this.menu.close(),
    });
    element.append(this.menu.element);
  }

  private readonly wishes: Wishes;

  get blocks(): Block[] {
    return toBlocks(this.editor.getJSON() as Node);
  }

  /** Another text, with as little disturbance as can be: the cursor stays where it is. */
  show(blocks: readonly Block[]): void {
    const { state, view, schema } = this.editor;
    const next = schema.nodeFromJSON(toDocument(blocks));
    const start = state.doc.content.findDiffStart(next.content);
    if (start === null) return;
    let { a, b } = state.doc.content.findDiffEnd(next.content)!;
    const overlap = start - Math.min(a, b);
    if (overlap > 0) [a, b] = [a + overlap, b + overlap];
    const change = state.tr.replace(start, a, next.slice(start, b));
    // Nobody has typed this: it is no news, and nothing to undo.
    view.dispatch(change.setMeta("addToHistory", false).setMeta("preventUpdate", true));
  }

  /** Somebody may wait: how far is what is on its way? */
  lookAgain(): void {
    for (const state of this.editor.view.dom.querySelectorAll<HTMLElement>("[data-upload]"))
      follow(state, state.dataset["upload"], this.wishes);
  }

  insert(block: Block): void {
    const node = toDocument([block]).content![0] as JSONContent;
    this.editor.chain().focus().insertContent([node, { type: "paragraph" }]).run();
  }

  /** At once: TipTap's own focus waits for a frame, and what is typed meanwhile goes elsewhere. */
  focus(): void {
    const { state, view } = this.editor;
    view.dispatch(state.tr.setSelection(Selection.atEnd(state.doc)));
    view.focus();
  }

  destroy(): void {
    this.editor.destroy();
  }

  async link(): Promise<void> {
    const now = String(this.editor.getAttributes("link")["href"] ?? "");
    const href = await this.wishes.askAddress(now);
    if (href === null) return;
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetMark("link").run();
    else if (this.editor.state.selection.empty && !now)
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setMark("link", { href }).run();
  }

  act(name: string): void {
    const { editor } = this;
    const { nodes } = editor.schema;
    const run = (command: Command) => command(editor.state, editor.view.dispatch);
    editor.view.focus();
    if (name === "bold" || name === "italic") editor.commands.toggleMark(name);
    else if (name === "link") void this.link();
    else if (name === "paragraph" || name === "heading") {
      run(liftListItem(nodes["listItem"]!));
      editor.commands.setNode(name);
    } else if (name === "bulletList" || name === "orderedList") {
      if (!run(liftListItem(nodes["listItem"]!))) run(wrapInList(nodes[name]!));
    } else if (name === "quote") editor.commands.setNode("quote");
    else if (name === "picture")
      void this.wishes.pick(false).then((picked) => picked.forEach((one) => this.insert({ type: "image", ...one })));
    else if (name === "library")
      void this.wishes.choose().then((chosen) => chosen && this.insert({ type: "image", ...chosen }));
    else if (name === "gallery")
      void this.wishes.pick(true).then((picked) => picked.length && this.insert({ type: "gallery", images: picked }));
    else if (name === "file")
      void this.wishes.pickFiles().then((picked) => picked.forEach((one) => this.insert(one)));
    else if (name === "embed") this.insert({ type: "embed", url: "" });
    else if (name === "linkCard") this.insert({ type: "link", url: "" });
  }

  private choices(sign: string) {
    if (sign === "@")
      return [...new Set(this.wishes.names())].map((name) => ({
        name,
        act: () => void this.editor.chain().focus().insertContent(name).run(),
      }));
    const names = ["heading", "bulletList", "orderedList", "quote", "picture", "library", "gallery", "file", "embed", "linkCard"] as const;
    return names.map((name) => ({ name: words.editor[name], act: () => this.act(name) }));
  }

  private pasted(data: DataTransfer | null): boolean {
    if (!data) return false;
    const address = addressIn(data.getData("text/plain"));
    const { $from, empty } = this.editor.state.selection;
    if (address && empty && !$from.parent.content.size && $from.parent.type.name === "paragraph") {
      this.insert({ type: "embed", url: address });
      return true;
    }
    if (address && !empty) {
      this.editor.commands.setMark("link", { href: address });
      return true;
    }
    return data.getData("text/html") ? false : this.dropped(data);
  }

  private dropped(data: DataTransfer | null): boolean {
    const all = filesIn(data);
    const isPicture = (file: File) => file.type.startsWith("image/");
    const pictures = this.wishes.take(all.filter(isPicture));
    // Whatever it is: the server tells what it does not take, and what to send instead.
    const files = this.wishes.takeFiles(all.filter((file) => !isPicture(file)));
    if (pictures.length > 1) this.insert({ type: "gallery", images: pictures });
    else if (pictures[0]) this.insert({ type: "image", ...pictures[0] });
    files.forEach((file) => this.insert(file));
    return all.length > 0;
  }

  private keys() {
    const act = (name: string) => () => {
      this.act(name);
      return true;
    };
    return Extension.create({
      name: "deskKeys",
      addProseMirrorPlugins() {
        const { nodes } = this.editor.schema;
        const item = nodes["listItem"]!;
        return [
          history(),
          dropCursor({ class: "drop", color: false }),
          gapCursor(),
          keymap({
            Enter: splitListItem(item),
            Tab: sinkListItem(item),
            "Shift-Tab": liftListItem(item),
            "Mod-z": undo,
            "Mod-y": redo,
            "Mod-Shift-z": redo,
            "Mod-k": act("link"),
          }),
          // Enter in a quotation or a heading goes on as a paragraph.
          keymap({ Enter: (state, dispatch) => {
            const { $from } = state.selection;
            return $from.parent.type.name === "quote" && after(state, dispatch);
          } }),
          keymap(baseKeymap),
          inputRules({
            rules: [
              textblockTypeInputRule(/^##?#?\s$/, nodes["heading"]!),
              textblockTypeInputRule(/^>\s$/, nodes["quote"]!),
              wrappingInputRule(/^[-*•]\s$/, nodes["bulletList"]!),
              wrappingInputRule(/^1[.)]\s$/, nodes["orderedList"]!),
            ],
          }),
        ];
      },
    });
  }
}

/** Of a folder there is nothing to send. */
function filesIn(data: DataTransfer | null): File[] {
  const items = [...(data?.items ?? [])].filter((one) => one.kind === "file" && !one.webkitGetAsEntry()?.isDirectory);
  return items.flatMap((one) => one.getAsFile() ?? []);
}

function withView(node: (typeof NODES)[number], wishes: Wishes) {
  return RICH.includes(node.name) ? node.extend({ addNodeView: () => viewOf(node.name, wishes) }) : node;
}

/** A new paragraph after the block, with the cursor in it. */
function after(state: EditorState, dispatch?: (tr: Transaction) => void): boolean {
  const at = state.selection.$from.after();
  const tr = state.tr.insert(at, state.schema.nodes["paragraph"]!.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
  return true;
}
