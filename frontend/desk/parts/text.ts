/** The text of a post: the editor on a desk, a plain field with Markdown on a telephone. */
import { html, type PropertyValues } from "lit";
import { directionOf } from "../direction.ts";
import { fromMarkdown, toMarkdown, without } from "../model/markdown.ts";
import { type Pending, type PendingFile } from "../model/pictures.ts";
import { picturesOf } from "../model/check.ts";
import { print } from "../model/merge.ts";
import type { TextEditor, Wishes } from "../editor/editor.ts";
import { Part } from "../part.ts";
import type { Block } from "../shapes.ts";
import { words } from "../words.ts";
import { askAddress } from "./asks.ts";
import { choosePicture } from "./choosing.ts";
import { openFrom } from "./opened.ts";
import { addressOf, isRefused, kindOf, pick, pickFiles, progressOf, take, takeFile } from "./picking.ts";

const PHONE = "(max-width: 47.99rem)";

/** Only where there is room for it: a telephone writes in a plain field. */
export function loadEditor() {
  return import("../editor/editor.ts");
}

export function isPhone(): boolean {
  return matchMedia(PHONE).matches;
}

const TOOLS = ["bold", "italic", "link", "heading", "bulletList", "quote", "picture", "library", "gallery", "file", "embed"] as const;

export class DeskText extends Part {
  static override properties = {
    blocks: { attribute: false },
    paper: {},
    names: { attribute: false },
    language: { attribute: false },
    readonly: { type: Boolean },
  };
  declare blocks: readonly Block[];
  declare paper: string;
  declare names: readonly string[];
  declare language: string;
  declare readonly: boolean;
  private editor: TextEditor | null = null;
  private phone = isPhone();
  private kept: Block[] = [];
  private text = "";
  private written: readonly Block[] | null = null;

  override render() {
    if (this.phone) return this.plain();
    return html`<div class="tools" role="toolbar" aria-label=${words.editor.toolbar}>
        ${TOOLS.map(
          (name) => html`<button type="button" class="quiet" data-tool=${name} @mousedown=${(event: Event) => event.preventDefault()}
            @click=${() => this.editor?.act(name)}>${words.editor[name]}</button>`,
        )}
      </div>
      <div class="what typed" lang=${this.language} dir=${directionOf(this.language)}></div>`;
  }

  private plain() {
    const pieces = this.kept.map((block, n) =>
      block.type === "file" ? this.file(block, n) : picturesOf(block).map((picture, m) => this.picture(picture, n, m)));
    return html`<label class="unseen" for="plain-text">${words.compose.text}</label>
      <textarea id="plain-text" class="plain" rows="9" lang=${this.language} dir=${directionOf(this.language)} .value=${this.text} ?readonly=${this.readonly}
        placeholder=${words.compose.phoneHint} @input=${this.typed}></textarea>
      <p class="tools">
        <button type="button" class="quiet" data-tool="picture" @click=${() => void this.addPictures(false)}>${words.editor.picture}</button>
        <button type="button" class="quiet" data-tool="library" @click=${() => void this.choosePicture()}>${words.editor.library}</button>
        <button type="button" class="quiet" data-tool="file" @click=${() => void this.addFiles()}>${words.editor.file}</button>
        <button type="button" class="quiet" @click=${() => this.put("> ", "\n> — ")}>${words.editor.quote}</button>
        <button type="button" class="quiet" @click=${() => this.put("- ")}>${words.editor.bulletList}</button>
        <button type="button" class="quiet" @click=${() => this.put("**", "**")}>${words.editor.bold}</button>
      </p>
      ${pieces}`;
  }

  private picture(picture: Pending, n: number, m: number) {
    const field = (name: "caption" | "credit" | "alt") =>
      html`<label class="field"><span>${words.editor[name]}</span>
        <textarea name=${name} rows="1" lang=${this.language} dir=${directionOf(this.language)} .value=${picture[name]} @input=${(event: Event) =>
          this.setPicture(n, m, { [name]: (event.target as HTMLTextAreaElement).value.replaceAll("\n", " ") })}></textarea></label>`;
    const address = addressOf(picture);
    return html`<div class="picture">
      ${address ? html`<img src=${address} alt=${picture.alt} />` : ""}
      ${this.state(picture.upload)}
      ${field("caption")} ${field("credit")} ${field("alt")}
      ${picture.media && !picture.upload
        ? html`<button type="button" class="quiet" @click=${() => void this.openPicture(picture, n, m)}>${words.pictures.open}</button>`
        : ""}
    </div>`;
  }

  private file(file: PendingFile, n: number) {
    return html`<div class="picture file">
      <label class="field"><span>${words.editor.fileTitle}</span>
        <textarea name="title" rows="1" lang=${this.language} dir=${directionOf(this.language)} .value=${file.title} @input=${(event: Event) =>
          this.setFile(n, (event.target as HTMLTextAreaElement).value.replaceAll("\n", " "))}></textarea></label>
      <span class="kind">${kindOf(file)}</span>
      ${this.state(file.upload)}
      <button type="button" class="quiet" @click=${() => this.takeOut(n)}>${words.editor.removeBlock}</button>
    </div>`;
  }

  private state(upload?: string | null) {
    return upload
      ? html`<p class=${isRefused(upload) ? "state is-refused" : "state"} role="status">${progressOf(upload)}</p>`
      : "";
  }

  private setFile(n: number, title: string): void {
    this.kept = this.kept.map((block, at) => (at === n && block.type === "file" ? { ...block, title } : block));
    this.emit(fromMarkdown(this.text, this.kept));
  }

  /** Its line goes, and with it the block; the others keep their numbers. */
  private takeOut(n: number): void {
    ({ text: this.text, kept: this.kept } = toMarkdown(fromMarkdown(without(this.text, n), this.kept)));
    this.emit(fromMarkdown(this.text, this.kept));
    this.requestUpdate();
  }

  private async openPicture(picture: Pending, n: number, m: number): Promise<void> {
    const changed = await openFrom(picture);
    if (changed) this.setPicture(n, m, changed);
    this.requestUpdate();
  }

  private setPicture(n: number, m: number, attrs: Partial<Pending>): void {
    this.kept = this.kept.map((block, at) => {
      if (at !== n) return block;
      if (block.type === "image") return { ...block, ...attrs };
      if (block.type !== "gallery") return block;
      return { ...block, images: block.images.map((one, k) => (k === m ? { ...one, ...attrs } : one)) };
    });
    this.emit(fromMarkdown(this.text, this.kept));
  }

  private readonly typed = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value;
    this.emit(fromMarkdown(this.text, this.kept));
  };

  /** Signs around what is chosen, or at the cursor. */
  private put(before: string, after = ""): void {
    const field = this.querySelector("textarea")!;
    const { selectionStart: from, selectionEnd: to } = field;
    const lead = before.endsWith(" ") && from > 0 && !/\n\n$/.test(this.text.slice(0, from)) ? "\n\n" : "";
    const said = lead + before + this.text.slice(from, to) + after;
    field.setRangeText(said, from, to, "end");
    field.selectionEnd = field.selectionStart = from + lead.length + before.length + (to - from);
    field.focus();
    field.dispatchEvent(new Event("input"));
  }

  private async addPictures(several: boolean): Promise<void> {
    this.add(await pick(several, this.paper));
  }

  private async choosePicture(): Promise<void> {
    const chosen = await choosePicture();
    if (chosen) this.add([chosen]);
  }

  private async addFiles(): Promise<void> {
    this.addBlocks(await pickFiles(this.paper), words.editor.aFile);
  }

  private add(pictures: readonly Pending[]): void {
    this.addBlocks(pictures.map((one) => ({ type: "image", ...one })), words.editor.aPicture);
  }

  private addBlocks(blocks: readonly Block[], name: string): void {
    for (const block of blocks) {
      this.kept = [...this.kept, block];
      this.text = `${this.text.trimEnd()}\n\n[[${this.kept.length}: ${name}]]\n\n`.trimStart();
    }
    this.emit(fromMarkdown(this.text, this.kept));
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.phone || !changed.has("blocks")) return;
    if (this.written && print(this.written) === print(this.blocks)) return;
    ({ text: this.text, kept: this.kept } = toMarkdown(this.blocks));
  }

  protected override updated(changed: PropertyValues): void {
    if (this.phone) return;
    if (!this.editor && changed.has("blocks")) void this.open();
    else if (changed.has("blocks") && print(this.written) !== print(this.blocks)) {
      this.editor?.show(this.blocks);
      this.written = this.blocks;
    }
    this.editor?.editor.setEditable(!this.readonly, false);
    this.editor?.lookAgain();
  }

  private opening = false;
  private awaited = false;

  private async open(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    let TextEditor: typeof import("../editor/editor.ts").TextEditor;
    try {
      ({ TextEditor } = await loadEditor());
    } catch {
      // The network went before the editor came. A plain field takes every word, too.
      this.phone = true;
      ({ text: this.text, kept: this.kept } = toMarkdown(this.blocks));
      this.requestUpdate();
      return;
    }
    if (!this.isConnected) return;
    const wishes: Wishes = {
      changed: (blocks) => this.emit(blocks),
      take: (files) => files.map((file) => take(file, this.paper)),
      takeFiles: (files) => files.map((file) => takeFile(file, this.paper)),
      pick: (several) => pick(several, this.paper),
      pickFiles: () => pickFiles(this.paper),
      choose: choosePicture,
      open: openFrom,
      names: () => this.names,
      addressOf,
      progressOf,
      isRefused,
      kindOf,
      askAddress,
    };
    this.editor = new TextEditor(this.querySelector(".typed")!, this.blocks, wishes);
    this.editor.show(this.blocks); // another post may have been opened meanwhile
    this.editor.editor.setEditable(!this.readonly, false);
    if (this.awaited) this.editor.focus();
  }

  private emit(blocks: Block[]): void {
    this.written = blocks;
    this.dispatchEvent(new CustomEvent("written", { detail: blocks, bubbles: true }));
  }

  override focus(): void {
    if (this.phone) this.querySelector("textarea")?.focus();
    else if (this.editor) this.editor.focus();
    else this.awaited = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.editor?.destroy();
    this.editor = null;
  }
}
