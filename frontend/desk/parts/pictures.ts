/** The newsroom's pictures: found, sent, looked at, and what is still missing of each. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Upload } from "../device/database.ts";
import type { Media } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";
import { input } from "./details.ts";
import { openPicture } from "./opened.ts";
import { LIBRARY, pick, progressOf, take } from "./picking.ts";
import { shot } from "./shot.ts";
import { tried } from "./trying.ts";

const said = words.pictures;
const PATH = "/api/media?kind=picture&limit=48";
const PAUSE = 250;
const LOOK = 1_500;

interface Page {
  pictures: Media[];
  next: string | null;
}

export class DeskPictures extends Part {
  private pictures: Media[] | null = null;
  private next: string | null = null;
  private sought = "";
  private problem = "";
  private over = false;
  private timer = 0;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("paste", this.paste);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("paste", this.paste);
    clearTimeout(this.timer);
  }

  override render(): TemplateResult {
    const { pictures } = this;
    return html`<div class=${this.over ? "library is-over" : "library"} @dragover=${this.hover} @dragleave=${this.unhover} @drop=${this.drop}>
      <p class="back"><a href="/desk">${words.allCoverages}</a></p>
      <div class="front-head"><h1>${said.title}</h1>
        <button type="button" class="strong" @click=${() => void pick(true, LIBRARY)}>${said.add}</button></div>
      <p class="hint">${said.addHint}</p>
      ${input(said.find, this.sought, (sought) => this.seek(sought), { type: "search" })}
      ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
      ${this.coming()}
      ${pictures ? "" : html`<p class="notice">${words.loading}</p>`}
      ${pictures && !pictures.length ? html`<p class="notice">${this.sought ? said.none : said.empty}</p>` : ""}
      <ul class="shots">${repeat(pictures ?? [], (one) => one.id, (one) => shot(one, () => void this.open(one.id)))}</ul>
      ${this.next ? html`<button type="button" @click=${() => void this.readOlder()}>${said.older}</button>` : ""}
    </div>`;
  }

  /** What is on its way from this device, or was refused. */
  private get uploads(): Upload[] {
    return [...newsroom.uploads.values()].filter((one) => one.paper === LIBRARY && one.person === newsroom.me.id);
  }

  private coming(): TemplateResult | string {
    const coming = this.uploads.filter((one) => one.state !== "ready");
    if (!coming.length) return "";
    return html`<ul class="coming" aria-label=${said.coming}>
      ${coming.map((one) => html`<li><b>${one.name}</b> <span role="status">${progressOf(one.id)}</span>
        ${one.state === "waiting" ? html`<progress max=${one.file.size || 1} value=${one.sent} aria-label=${one.name}></progress>` : ""}
        ${one.state === "refused"
          ? html`<button type="button" class="quiet" @click=${() => void this.dismiss(one)}>${words.queue.dismiss}</button>`
          : ""}</li>`)}
    </ul>`;
  }

  private async dismiss({ id }: Upload): Promise<void> {
    await newsroom.device.delete("uploads", id);
    newsroom.uploads.delete(id);
    newsroom.changed();
  }

  /** A picture that has just arrived is looked for; files that are being made, too. */
  protected override updated(): void {
    const known = new Map((this.pictures ?? []).map((one) => [one.id, one.state]));
    const arrived = !this.sought && this.uploads.some((one) => one.state === "ready" && !known.has(one.id));
    const made = [...known.values()].includes("processing");
    if (this.pictures && !this.problem && (arrived || made)) this.later(arrived ? PAUSE : LOOK);
  }

  private later(after: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.read(), after);
  }

  private seek(sought: string): void {
    this.sought = sought;
    this.later(PAUSE);
    this.requestUpdate();
  }

  /** The newest, before the older ones that were loaded already. */
  private async read(): Promise<void> {
    const asked = ++this.asked;
    const words = this.sought;
    this.problem = await tried(async () => {
      const page = await newsroom.api.json<Page>(`${PATH}&q=${encodeURIComponent(words)}`);
      if (asked !== this.asked) return;
      const last = page.pictures.at(-1)?.number ?? 0;
      const older = words === this.shown ? (this.pictures ?? []).filter((one) => page.next && (one.number ?? 0) < last) : [];
      if (!older.length) this.next = page.next;
      this.shown = words;
      this.pictures = [...page.pictures, ...older];
    });
    this.requestUpdate();
  }

  private shown = "";

  private async readOlder(): Promise<void> {
    this.problem = await tried(async () => {
      const page = await newsroom.api.json<Page>(this.next!);
      this.pictures = [...this.pictures!, ...page.pictures];
      this.next = page.next;
    });
    this.requestUpdate();
  }

  private async open(id: string): Promise<void> {
    const saved = await openPicture(id);
    if (saved) this.pictures = this.pictures!.map((one) => (one.id === id ? saved : one));
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-picture="${id}"]`)?.focus();
  }

  private readonly hover = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (!this.over) this.show(true);
  };

  private readonly unhover = (event: DragEvent): void => {
    if (!this.contains(event.relatedTarget as Node | null)) this.show(false);
  };

  private readonly drop = (event: DragEvent): void => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.show(false);
    this.send(event.dataTransfer);
  };

  private readonly paste = (event: ClipboardEvent): void => {
    if (document.querySelector("dialog[open]") || !event.clipboardData?.files.length) return;
    event.preventDefault();
    this.send(event.clipboardData);
  };

  /** Whatever it is: the server tells what it does not take, and why. */
  private send({ files }: DataTransfer): void {
    for (const file of files) take(file, LIBRARY);
  }

  private show(over: boolean): void {
    this.over = over;
    this.requestUpdate();
  }
}
