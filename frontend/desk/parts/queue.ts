/** What waits: commands on their way, drafts, posts to review, what is scheduled. */
import { html, type TemplateResult } from "lit";
import { go, pathOf } from "../addresses.ts";
import type { CoverageDesk } from "../coverage.ts";
import type { Entry, Paper, Receipt } from "../device/database.ts";
import { forget, takeBack } from "../device/outbox.ts";
import { plain } from "../model/inline.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { mayFile } from "../rights.ts";
import type { Content, Draft } from "../shapes.ts";
import { listed } from "../speech.ts";
import { clock, when } from "../times.ts";
import { words } from "../words.ts";

const said = words.queue;
const SHOWN_RECEIPTS = 6;

interface Row {
  id: string;
  time: string | number;
  title: string;
  note: string;
  state?: string;
}

export class DeskQueue extends Part {
  static override properties = { room: { attribute: false }, open: {} };
  declare room: CoverageDesk;
  declare open: string;

  override render(): TemplateResult {
    const { room } = this;
    const me = newsroom.me.id;
    const entries = newsroom.entries.filter((entry) => entry.coverage === room.slug);
    const filed = new Set(entries.map((entry) => entry.paper));
    const held = new Map(room.papers.map((paper) => [paper.id, paper]));
    const drafts = room.drafts.filter((draft) => !filed.has(draft.id));
    const listed = new Set(drafts.map((draft) => draft.id));
    const of = (state: string) => drafts.filter((draft) => draft.state === state);
    const mine = room.papers.filter((paper) => !filed.has(paper.id) && !listed.has(paper.id));
    return html`${mayFile(newsroom.roleIn(room.slug))
        ? html`<a class="button fresh" href=${pathOf(room.slug)}>${said.fresh}</a>`
        : ""}
      ${this.list(said.waiting, entries.map((entry) => this.entry(entry)))}
      ${this.list(said.returned, of("returned").map((draft) => this.draft(draft, held, me)))}
      ${this.list(said.submitted, of("submitted").map((draft) => this.draft(draft, held, me)))}
      ${this.list(said.yours, [
        ...mine.map((paper) => this.row(ofPaper(paper))),
        ...of("draft").map((draft) => this.draft(draft, held, me)),
      ])}
      ${this.list(said.scheduled, of("scheduled").map((draft) => this.draft(draft, held, me)))}
      ${this.list(said.sent, room.receipts.slice(0, SHOWN_RECEIPTS).map((receipt) => this.receipt(receipt)))}
      ${entries.length || drafts.length || mine.length || room.receipts.length ? "" : html`<p class="notice">${said.empty}</p>`}
      <p class="sound"><label class="choice"><input type="checkbox" .checked=${newsroom.sound}
        @change=${(event: Event) => newsroom.setSound((event.target as HTMLInputElement).checked)} /> ${said.sound}</label></p>`;
  }

  private list(title: string, rows: TemplateResult[]): TemplateResult | string {
    if (!rows.length) return "";
    return html`<section class="waiting"><h2>${title} <span class="count">${rows.length}</span></h2><ul>${rows}</ul></section>`;
  }

  private draft(draft: Draft, held: Map<string, Paper>, me: string): TemplateResult {
    const paper = held.get(draft.id);
    const writes = this.room.presence.editorOf(draft.post ?? draft.id);
    const note = [
      draft.author.id === me ? "" : said.by(draft.author.name),
      draft.post ? said.editOf : "",
      writes ? said.writing(writes.name) : "",
      paper?.clash ? said.clash : "",
      words.refusal(paper?.refusal || draft.refusal || ""),
      draft.state === "returned" ? (draft.comments.filter((one) => one.kind === "returned").at(-1)?.text ?? "") : "",
    ];
    return this.row({
      id: draft.id,
      time: draft.publish_at ?? draft.filed_at ?? draft.updated_at,
      title: titleOf(paper?.content ?? draft.content),
      note: listed(note.filter(Boolean)),
      state: paper?.refusal || draft.refusal ? said.refused : "",
    });
  }

  private row({ id, time, title, note, state = "" }: Row): TemplateResult {
    const { slug, coverage } = this.room;
    return html`<li>
      <a class="item" href=${pathOf(slug, "write", id)} aria-current=${id === this.open ? "true" : "false"}>
        <time>${time ? when(time, Date.now(), coverage?.timezone) : ""}</time>
        <span class="title" dir="auto">${title}</span>
        ${note || state ? html`<span class="note">${state ? html`<b class="refused">${state}</b> ` : ""}${note}</span>` : ""}
      </a>
    </li>`;
  }

  private entry(entry: Entry): TemplateResult {
    return html`<li class="item">
      <time>${this.clock(entry.filed_at)}</time>
      <span class="title" dir="auto">${entry.label}</span>
      <span class="note">${listed([words.actions[entry.action] ?? entry.action, said.filed(this.clock(entry.filed_at))])}
        ${newsroom.isSending ? "" : html`<button type="button" class="quiet" @click=${() => this.takeBack(entry)}>${said.takeBack}</button>`}</span>
    </li>`;
  }

  private clock(time: string): string {
    return clock(time, this.room.coverage?.timezone);
  }

  private async takeBack(entry: Entry): Promise<void> {
    await takeBack(newsroom.device, entry);
    if (entry.paper) go(pathOf(this.room.slug, "write", entry.paper));
  }

  private receipt(receipt: Receipt): TemplateResult {
    const [filed, received] = [this.clock(receipt.filed_at), this.clock(receipt.received_at)];
    const late = Date.parse(receipt.received_at) - Date.parse(receipt.filed_at) > 60_000;
    return html`<li class="item">
      <time>${received}</time>
      <span class="title" dir="auto">${receipt.url ? html`<a href=${receipt.url} target="_blank" rel="noopener">${receipt.label}</a>` : receipt.label}</span>
      <span class="note">${receipt.refusal
          ? html`<b class="refused">${said.refused}</b> ${words.refusal(receipt.refusal)}`
          : listed([words.actions[receipt.action] ?? receipt.action, ...(late ? [said.received(filed, received)] : [])])}
        ${receipt.refusal ? html`<button type="button" class="quiet" @click=${() => forget(newsroom.device, receipt)}>${said.dismiss}</button>` : ""}
      </span>
    </li>`;
  }
}

function ofPaper(paper: Paper): Row {
  return {
    id: paper.id,
    time: paper.changed,
    title: titleOf(paper.content),
    note: listed([paper.post ? said.editOf : "", paper.clash ? said.clash : "", words.refusal(paper.refusal)].filter(Boolean)),
    state: paper.refusal ? said.refused : "",
  };
}

function titleOf({ headline, blocks }: Content): string {
  const first = blocks.find((block) => block.type === "paragraph");
  return headline?.trim() || (first ? plain(first.html).slice(0, 90) : "") || said.untitled;
}
