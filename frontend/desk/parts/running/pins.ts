/** The posts that stand on top of the page, and in which order. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { filePins, filePost } from "../../filing.ts";
import type { Fragment } from "../../live.ts";
import { arranged, moved, same } from "../../model/pins.ts";
import { newsroom } from "../../newsroom.ts";
import { words } from "../../words.ts";
import { Sheet, step } from "./sheet.ts";

const said = words.pins;

/** An order that was asked for here, when the page had heard of the one at `after`. */
interface Asked {
  posts: readonly string[];
  after: number;
  key: string;
}

export class DeskPins extends Sheet {
  /** Until the page hears of it, or it is refused: what was moved must not jump back meanwhile. */
  private asked: Asked | null = null;

  protected override willUpdate(): void {
    const { asked, room } = this;
    const refusal = room.receipts.find((one) => one.key === asked?.key)?.refusal;
    if (refusal) {
      this.note = "";
      this.problem = words.refusal(refusal);
    }
    if (refusal || (asked && !this.waiting && room.page.hasHeard(asked.posts, asked.after))) this.asked = null;
  }

  override render(): TemplateResult | string {
    const posts = this.posts;
    if (!posts.length) return "";
    return html`<section><h2>${said.title}</h2>
      <p class="hint">${said.hint}</p>
      ${this.outcome()}
      <ol class="topic-list pin-list">${repeat(posts, (post) => post.id, (post, n) => this.post(post, n, posts.length))}</ol>
    </section>`;
  }

  private post(post: Fragment, n: number, all: number): TemplateResult {
    const name = post.headline;
    const unpin = () => filePost(this.room, post.id, "unpin", name);
    return html`<li data-pin=${post.id} @keydown=${(event: KeyboardEvent) => step(event, (by) => this.move(post, by))}>
      <b><span dir="auto">${name}</span></b>
      <span class="acts">
        ${this.button(words.page.unpin, name, unpin, "pin")}
        ${this.button(words.up, name, () => this.move(post, -1), "up", n === 0)}
        ${this.button(words.down, name, () => this.move(post, 1), "down", n === all - 1)}
      </span>
    </li>`;
  }

  /** The order that waits to be sent, also since before a reload. */
  private get waiting(): readonly string[] | undefined {
    const entries = newsroom.entries.filter((one) => one.coverage === this.room.slug && one.action === "pins");
    return (entries.at(-1)?.body as { posts: string[] } | undefined)?.posts;
  }

  private get posts(): Fragment[] {
    const pinned = new Map(this.room.page.pinned.map((post) => [post.id, post]));
    const order = this.asked?.posts ?? this.waiting ?? [];
    return arranged([...pinned.keys()], order).map((id) => pinned.get(id)!);
  }

  private async move(post: Fragment, by: number): Promise<void> {
    const before = this.posts.map((one) => one.id);
    const posts = moved(before, post.id, by);
    if (same(posts, before)) return;
    const asked = { posts, after: this.room.page.pins.seq, key: "" };
    this.asked = asked;
    this.problem = "";
    this.note = said.moved(post.headline, posts.indexOf(post.id) + 1, posts.length);
    this.requestUpdate();
    // At once: the next key may come before this is written down.
    await this.focused(`[data-pin="${post.id}"]`, () => this.updateComplete);
    asked.key = await filePins(this.room, posts, before, post.headline);
  }
}
