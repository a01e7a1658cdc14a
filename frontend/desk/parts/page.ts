/** The page beside the desk, with what can be done to each post. */
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { go, pathOf } from "../addresses.ts";
import type { CoverageDesk } from "../coverage.ts";
import { contentOf, newPaper } from "../device/papers.ts";
import { directionOf } from "../direction.ts";
import { filePost } from "../filing.ts";
import type { Fragment } from "../live.ts";
import { newId } from "../model/ids.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { atLeast } from "../rights.ts";
import type { Post } from "../shapes.ts";
import { words } from "../words.ts";
import { askReason, askTakedown, askVerification } from "./asks.ts";
import { takedownReports } from "./takedown.ts";

const said = words.page;

export class DeskPage extends Part {
  static override properties = { room: { attribute: false } };
  declare room: CoverageDesk;

  override render(): TemplateResult {
    const { page, slug } = this.room;
    const posts = page.newest;
    const others = posts.filter((post) => !post.pinned);
    return html`<p class="open"><a href="/live/${slug}" target="_blank" rel="noopener">${said.open}</a></p>
      ${takedownReports(this.room)}
      ${posts.length ? "" : html`<p class="notice">${said.empty}</p>`}
      ${repeat([...page.pinned, ...others], (post) => post.id, (post) => this.post(post))}
      ${page.olderUrl ? html`<button type="button" @click=${() => page.readOlder()}>${said.older}</button>` : ""}`;
  }

  private post(post: Fragment): TemplateResult {
    // The fragment is the server's own, escaped where it was made; the policy lets no script in.
    const language = this.room.coverage?.language ?? "";
    return html`<div class="on-page" data-post=${post.id}>
      <div lang=${language} dir=${directionOf(language)}>${unsafeHTML(post.html)}</div>
      ${this.actions(post)}
    </div>`;
  }

  private actions(post: Fragment): TemplateResult | string {
    const role = newsroom.roleIn(this.room.slug);
    if (!atLeast(role, "reporter")) return "";
    const writes = this.room.presence.editorOf(post.id);
    const button = (name: string, action: string) =>
      html`<button type="button" class="quiet" data-action=${action} @click=${() => this.act(post, action)}>${name}</button>`;
    const editor = atLeast(role, "editor");
    const toggles = [
      [post.pinned ? said.unpin : said.pin, post.pinned ? "unpin" : "pin"],
      [post.key ? said.unkey : said.key, post.key ? "unkey" : "key"],
      [said.verify, "verification"],
    ] as const;
    return html`<div class="actions" role="group" aria-label=${said.actions(post.headline)}>
      ${post.withdrawn ? "" : button(said.edit, "edit")}
      ${editor && !post.withdrawn ? toggles.map(([name, action]) => button(name, action)) : ""}
      ${editor && !post.withdrawn ? button(said.withdraw, "withdraw") : ""}
      ${editor ? button(said.redact, "redact") : ""}
      <a href=${pathOf(this.room.slug, "posts", post.id)}>${words.history.title}</a>
      ${writes ? html`<span class="note">${words.queue.writing(writes.name)}</span>` : ""}
    </div>`;
  }

  private async act(post: Fragment, action: string): Promise<void> {
    if (action === "edit") return this.edit(post);
    const body = await bodyOf(action, post.headline);
    if (!body) return;
    // What is taken down for good must not stay in this device's own papers.
    const label = action === "redact" ? words.takedown.title : post.headline;
    await filePost(this.room, post.id, action, label, body);
    if (action === "redact") await this.room.takedowns.watch(post.id);
  }

  /** A change is a draft of its own, begun at the revision that was seen. */
  private async edit(post: Fragment): Promise<void> {
    const { room } = this;
    const open = room.papers.find((paper) => paper.post === post.id);
    if (open) return go(pathOf(room.slug, "write", open.id));
    const found = await newsroom.read<Post>(`/api/coverages/${room.slug}/posts/${post.id}`);
    if (!found) return;
    const content = contentOf(found);
    const paper = { ...newPaper(newId(), newsroom.me.id, room.slug, content), origin: content, post: post.id, based_on: found.revision };
    await newsroom.device.put("papers", paper);
    await room.look();
    go(pathOf(room.slug, "write", paper.id));
  }
}

async function bodyOf(action: string, headline: string): Promise<object | null> {
  if (action === "withdraw") {
    const reason = await askReason();
    return reason === null ? null : { reason };
  }
  if (action === "redact") {
    const reason = await askTakedown(headline);
    return reason === null ? null : reason ? { reason } : {};
  }
  if (action === "verification") {
    const verification = await askVerification();
    return verification === null ? null : { verification };
  }
  return {};
}
