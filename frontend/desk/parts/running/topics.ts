/** The topics that lead readers through the coverage, and the desk's last word on them. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Refused } from "../../api.ts";
import { hide, listed, merge, move, part, pin, rename, reveal, unpin, type Change, type Choices, type Listed } from "../../model/topics.ts";
import { newsroom } from "../../newsroom.ts";
import { words } from "../../words.ts";
import { askMerge, askName } from "../asks.ts";
import { Sheet, step } from "./sheet.ts";

const said = words.topics;
const SHOWN_TO_READERS = 12;
// Counts change with each post; nobody needs them sooner.
const PAUSE = 2_000;

interface Answer extends Choices {
  revision: number;
  shown: { name: string; count: number }[];
}

export class DeskTopics extends Sheet {
  private answer: Answer | null = null;
  private readAt = 0;
  private timer = 0;
  private writing = 0;
  /** One change after the other: each is made on what the one before has come to. */
  private line: Promise<void> = Promise.resolve();
  /** What somebody else was faster than: it can be done again on what they have made. */
  private missed: { what: string; change: Change } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = 0;
  }

  protected override updated(): void {
    if (this.timer || !this.answer || this.room.page.seq <= this.readAt) return;
    this.timer = window.setTimeout(() => void this.read(), PAUSE);
  }

  /** Not while a change waits to be made on what is here, unless it is what was in its way. */
  private async read(): Promise<void> {
    const seq = this.room.page.seq;
    const found = await newsroom.read<Answer>(`${this.path}/topics`);
    this.timer = 0;
    this.readAt = seq;
    if (found && (!this.writing || this.missed)) this.answer = found;
    this.requestUpdate();
  }

  override render(): TemplateResult | string {
    const { answer } = this;
    if (!answer) return "";
    const all = listed(answer, answer.shown);
    return html`<section class="topic-sheet"><h2>${said.title}</h2>
      <p class="hint">${said.hint(SHOWN_TO_READERS)}</p>
      ${this.outcome()}
      ${this.missed ? html`<p><button type="button" @click=${this.again}>${said.again(this.missed.what)}</button></p>` : ""}
      ${all.length ? "" : html`<p class="notice">${said.none}</p>`}
      <ol class="topic-list">${repeat(all, (one) => one.name, (one, n) => this.topic(one, all, n))}</ol>
      ${answer.hidden.length
        ? html`<h3>${said.hidden}</h3>
            <ul class="topic-list">${answer.hidden.map(
              (name) => html`<li><b>${name}</b> ${this.button(said.reveal, name, () => this.make(said.did.reveal(name), reveal(name)))}</li>`,
            )}</ul>`
        : ""}
      <button type="button" class="quiet" @click=${this.add}>${said.add}</button>
    </section>`;
  }

  private topic(one: Listed, all: readonly Listed[], n: number): TemplateResult {
    const { name, pinned } = one;
    const last = !all[n + 1]?.pinned;
    const place = all.filter((other) => other.count !== null).indexOf(one);
    return html`<li data-topic=${name} class=${pinned ? "is-pinned" : ""} @keydown=${(event: KeyboardEvent) => this.key(event, one)}>
      <b>${name}</b> <span class="count">${pinned ? `${said.pinned}, ` : ""}${one.count === null ? said.noPosts : said.posts(one.count)}</span>
      ${place >= SHOWN_TO_READERS ? html`<span class="count">${said.beyond}</span>` : ""}
      <span class="acts">
        ${pinned
          ? html`${this.button(words.page.unpin, name, () => this.make(said.did.unpin(name), unpin(name)), "pin")}
              ${this.button(words.up, name, () => this.move(name, -1), "up", n === 0)}
              ${this.button(words.down, name, () => this.move(name, 1), "down", last)}`
          : this.button(words.page.pin, name, () => this.make(said.did.pin(name), pin(name)), "pin")}
        ${this.button(said.rename, name, () => this.rename(name), "rename")}
        ${all.length > 1 ? this.button(said.merge, name, () => this.merge(name, all), "merge") : ""}
        ${this.button(said.hide, name, () => this.make(said.did.hide(name), hide(name)), "hide")}
      </span>
      ${one.also.map(
        (other) => html`<span class="also">${said.also(other)}
          ${this.button(said.part, other, () => this.make(said.did.part(other), part(name, other)))}</span>`,
      )}
    </li>`;
  }

  private key(event: KeyboardEvent, { name, pinned }: Listed): void {
    if (pinned) step(event, (by) => this.move(name, by));
  }

  private async move(name: string, by: number): Promise<void> {
    await this.focused(`[data-topic="${CSS.escape(name)}"]`, () => this.make(said.did.move(name), move(name, by)));
  }

  private async rename(name: string): Promise<void> {
    const to = await askName(said.renameTitle(name), name);
    if (to && to !== name) await this.make(said.did.rename(name, to), rename(name, to));
  }

  private async merge(name: string, all: readonly Listed[]): Promise<void> {
    const into = await askMerge(name, all.map((one) => one.name).filter((one) => one !== name));
    if (into) await this.make(said.did.merge(name, into), merge(name, into));
  }

  private readonly add = async (): Promise<void> => {
    const name = await askName(said.add, "");
    if (name) await this.make(said.did.pin(name), pin(name));
  };

  private readonly again = async (): Promise<void> => {
    const { what, change } = this.missed!;
    await this.make(what, change);
  };

  private make(what: string, change: Change): Promise<void> {
    this.writing += 1;
    this.line = this.line.then(() => this.makeNow(what, change));
    return this.line;
  }

  /** Over the version that is seen here: two who choose do not undo each other. */
  private async makeNow(what: string, change: Change): Promise<void> {
    if (!this.answer) return;
    const { revision, shown } = this.answer;
    let made = revision;
    const wanted = change({ topics: this.answer.topics, hidden: this.answer.hidden });
    this.missed = null;
    const done = await this.tried(async () => {
      try {
        const headers = { "If-Match": `"${revision}"` };
        const asked = { method: "PUT", body: wanted, headers };
        made = (await newsroom.api.json<{ revision: number }>(`${this.path}/topics`, asked)).revision;
      } catch (error) {
        if (error instanceof Refused && error.status === 412) this.missed = { what, change };
        throw error;
      }
    }, said.stale(what));
    this.writing -= 1;
    if (done) this.answer = { ...wanted, shown, revision: made };
    if (!this.writing || this.missed) await this.read();
  }
}
