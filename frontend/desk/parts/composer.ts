/** The post being written: it looks as readers will see it, and every keystroke is kept at once. */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { go, pathOf } from "../addresses.ts";
import type { CoverageDesk } from "../coverage.ts";
import { change, keep, newPaper, paperOf } from "../device/papers.ts";
import { putAtOnce, type Paper } from "../device/database.ts";
import { directionOf } from "../direction.ts";
import { fileDraft } from "../filing.ts";
import { inOldWords } from "../model/document.ts";
import { newId } from "../model/ids.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { mayFile, mayPublish } from "../rights.ts";
import type { Block, Content } from "../shapes.ts";
import { listed } from "../speech.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";
import { bodyOf, isBlocked } from "./composing/deciding.ts";
import { ending } from "./composing/ending.ts";
import { bylineFields, bylineWords, mark, sourceFields, sourcesWords, timeFields, topicFields } from "./details.ts";
import { allKept } from "./picking.ts";
import type { DeskText } from "./text.ts";

const said = words.compose;

export class DeskComposer extends Part {
  static override properties = { room: { attribute: false }, paperId: {} };
  declare room: CoverageDesk;
  declare paperId: string;
  private paper: Paper | null = null;
  private content: Content = { blocks: [], byline: [] };
  /** What was last written to the device: what comes from elsewhere is merged against it. */
  private kept: Content = this.content;
  private saving: Promise<void> | null = null;
  private unsaved = false;
  private remark = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("paperId") || changed.has("room")) {
      if (this.paper && this.paper.id === this.paperId) return;
      this.paper = null;
    }
    if (!this.paper) this.load();
    else this.follow(this.room.papers.find((one) => one.id === this.paper!.id));
  }

  /** From this device, else from the desk's drafts, else a new one. */
  private load(): void {
    const { room, paperId } = this;
    const draft = room.drafts.find((one) => one.id === paperId);
    const held = room.papers.find((one) => one.id === paperId);
    if (paperId && !held && !draft) return; // not read yet
    const { me } = newsroom;
    const fresh = { blocks: [], byline: [{ name: me.name, organisation: me.organisation ?? null, place: newsroom.place || me.place || null }] };
    this.paper = held ?? (draft ? paperOf(draft, me.id) : newPaper(newId(), me.id, room.slug, fresh));
    this.content = this.kept = this.paper.content;
    this.remark = "";
    void this.readRemark(this.paper);
    room.presence.set(paperId ? (this.paper.post ?? paperId) : null);
  }

  private follow(held: Paper | undefined): void {
    if (!held || held.take === this.paper!.take || this.saving || this.unsaved) {
      if (held && !this.saving && !this.unsaved) this.paper = { ...held, content: this.content };
      return;
    }
    this.paper = held;
    this.content = this.kept = held.content;
  }

  private set(fields: Partial<Content>): void {
    this.content = { ...this.content, ...fields };
    if (fields.byline) newsroom.keepPlace(fields.byline.find((one) => one.name === newsroom.me.name)?.place);
    this.unsaved = true;
    this.requestUpdate();
    void this.save();
  }

  private save(): Promise<void> {
    this.saving ??= this.saveAll().finally(() => (this.saving = null));
    return this.saving;
  }

  private async saveAll(): Promise<void> {
    while (this.unsaved && this.paper) {
      this.unsaved = false;
      const [paper, written] = [this.paper, this.content];
      const held = await keep(newsroom.device, paper, written, this.kept, Date.now());
      if (this.paper !== paper && this.paper?.id !== paper.id) return;
      this.kept = held.content;
      if (held.take !== paper.take && !this.unsaved) this.content = held.content;
      this.paper = held;
      if (this.paperId !== held.id) this.named(held);
    }
    newsroom.send();
    void this.room.look();
  }

  /** A new post has its address from the first word on: a reload brings it back. */
  private named(paper: Paper): void {
    this.paperId = paper.id;
    this.room.presence.set(paper.post ?? paper.id);
    go(pathOf(this.room.slug, "write", paper.id), true);
  }

  private readonly wrote = (event: CustomEvent<Block[]>): void => {
    this.set({ blocks: inOldWords(event.detail, (this.paper?.origin ?? this.paper?.base)?.blocks ?? []) });
  };

  override render(): TemplateResult {
    const { paper, content, room } = this;
    if (!paper) return html`<p class="notice">${words.loading}</p>`;
    const readonly = !mayFile(newsroom.roleIn(room.slug));
    const elsewhere = room.presence.editorOf(paper.post ?? paper.id);
    const language = content.language ?? room.coverage?.language ?? "";
    return html`<form class="composer" @submit=${(event: Event) => event.preventDefault()} @keydown=${this.key}>
      ${paper.post ? html`<p class="notice">${said.editOf}</p>` : ""} ${readonly ? html`<p class="notice">${said.readOnly}</p>` : ""}
      ${elsewhere
        ? html`<p class="notice elsewhere" role="status">${said.editing(elsewhere.name)}
            <button type="button" class="quiet" @click=${() => room.presence.take()}>${said.take}</button></p>`
        : ""}
      ${paper.refusal ? html`<p class="refusal" role="alert"><b>${words.queue.refused}.</b> ${words.refusal(paper.refusal)}</p>` : ""}
      ${paper.clash ? html`<desk-merge .room=${room} .paper=${paper}></desk-merge>` : ""}
      <label class="unseen" for="headline">${said.headline}</label>
      <textarea id="headline" class=${content.key ? "headline is-key" : "headline"} rows="1" lang=${language} dir=${directionOf(language)} placeholder=${said.headline} ?readonly=${readonly}
        .value=${content.headline ?? ""} @input=${(event: Event) =>
          this.set({ headline: (event.target as HTMLTextAreaElement).value.replaceAll("\n", " ") })}
        @keydown=${this.leaveHeadline}></textarea>
      <details class="detail byline-detail">
        <summary><span class="unseen">${said.byline}: </span><span>${bylineWords(content.byline) || said.byline}</span> <u>${said.change}</u></summary>
        ${bylineFields(content, newsroom.people, (fields) => this.set(fields))}
      </details>
      <desk-text .blocks=${content.blocks} .language=${language} .paper=${paper.id} .names=${room.names} ?readonly=${readonly} @written=${this.wrote}></desk-text>
      ${this.details(content)} ${readonly ? "" : ending({ room, paper, content, act: this.does, remark: this.remark, write: this.write, send: this.comment })}
    </form>`;
  }

  private details(content: Content): TemplateResult {
    const set = (fields: Partial<Content>) => this.set(fields);
    const zone = this.room.coverage?.timezone ?? "UTC";
    const detail = (name: string, value: string, fields: TemplateResult) =>
      html`<details class="detail"><summary><b>${name}</b> <span>${value}</span></summary>${fields}</details>`;
    return html`<div class="details">
      ${detail(said.sources, sourcesWords(content.sources ?? []), sourceFields(content, set))}
      ${detail(said.topics, listed(content.topics ?? []), topicFields(content, set))}
      ${detail(said.occurred, content.occurred_at ? dayAndClock(content.occurred_at, zone) : "", timeFields(content, zone, set))}
      <p class="marks">
        ${mark(said.key, Boolean(content.key), (key) => this.set({ key }))}
        ${mark(said.pin, Boolean(content.pinned), (pinned) => this.set({ pinned }))}
      </p>
    </div>`;
  }

  private readonly does = (action: string): void => void this.act(action);

  /** A comment is kept at once, too, until it is sent. */
  private readonly write = (remark: string): void => {
    this.remark = remark;
    void putAtOnce(newsroom.device, remark, remarkOf(this.paper!));
    this.requestUpdate();
  };

  private async readRemark(paper: Paper): Promise<void> {
    const kept = await newsroom.device.get("answers", remarkOf(paper));
    if (this.paper?.id !== paper.id || this.remark) return;
    this.remark = String(kept ?? "");
    this.requestUpdate();
  }

  private readonly comment = async (): Promise<void> => {
    const text = this.remark.trim();
    if (!text) return;
    this.write("");
    // A draft that was only looked at is kept first: the outbox sends nothing of what is not here.
    await fileDraft(await this.held(this.paper!), "comment", { text });
  };

  /** Carry out, in the line with everything else: also without a network. */
  async act(action: string): Promise<void> {
    const { paper, room } = this;
    if (!paper) return;
    if (isBlocked(action, this.content, room.names)) return this.querySelector(".remarks")?.scrollIntoView({ block: "center" });
    const body = await bodyOf(action, paper, room);
    if (body === null) return;
    await this.save();
    await allKept();
    const held = await this.held(paper);
    if (action !== "discard") await change(newsroom.device, held.id, (one) => ({ ...one, refusal: "" }));
    await fileDraft(held, action, body);
    await room.look();
    if (["publish", "submit", "schedule", "discard", "return"].includes(action)) this.next();
  }

  /** The paper as the device has it: one that was only opened is kept now. */
  private async held(paper: Paper): Promise<Paper> {
    const found = await newsroom.device.get("papers", paper.id);
    if (!found) await newsroom.device.put("papers", { ...paper, content: this.content });
    return found ?? paper;
  }

  private next(): void {
    this.paper = null;
    this.paperId = "";
    go(pathOf(this.room.slug));
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("#headline")?.focus());
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const publishes = mayPublish(newsroom.roleIn(this.room.slug), this.room.coverage);
      void this.act(publishes && !event.shiftKey ? "publish" : "submit");
    } else if (event.key === "Escape" && !event.defaultPrevented) (document.activeElement as HTMLElement).blur();
  };

  private readonly leaveHeadline = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.querySelector<DeskText>("desk-text")?.focus();
  };

  /** Where the browser does not fit the field to its words by itself. To measure is dear. */
  protected override updated(): void {
    const headline = this.querySelector<HTMLTextAreaElement>("#headline");
    if (!headline || CSS.supports("field-sizing", "content")) return;
    headline.style.height = "auto";
    headline.style.height = `${headline.scrollHeight}px`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.room?.presence.set(null);
  }
}

function remarkOf({ id }: Paper): string {
  return `${newsroom.me.id} remark ${id}`;
}
