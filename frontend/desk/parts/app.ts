/** The frame of the application: nameplate, state of the line to the server, and where one is. */
import { html, type TemplateResult } from "lit";
import { DESK, go, parse, pathOf, type Address, type View } from "../addresses.ts";
import { CoverageDesk } from "../coverage.ts";
import { directionOf } from "../direction.ts";
import { newsroom } from "../newsroom.ts";
import { Part } from "../part.ts";
import { listed } from "../speech.ts";
import { when } from "../times.ts";
import { words } from "../words.ts";
import { showKeys } from "./dialog.ts";
import { houseLinks, screen } from "./screens.ts";

const COLUMNS: Record<string, View> = { 1: "queue", 2: "write", 3: "page", 4: "posts" };
/** What has the focus in each view when one comes to it by a key. */
const FIRST: Record<View, string> = {
  write: "#headline", queue: "#queue a", page: "#readers a", posts: ".post-filters input", replay: "#work", running: "#work",
};

export class DeskApp extends Part {
  private address: Address = parse(location.pathname);
  private room: CoverageDesk | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("popstate", () => this.arrive());
    addEventListener("keydown", (event) => this.key(event));
    this.arrive();
  }

  private arrive(): void {
    this.address = parse(location.pathname);
    const slug = this.address.at === "coverage" ? this.address.slug : "";
    if (slug !== (this.room?.slug ?? "")) {
      this.room?.end();
      this.room = slug ? new CoverageDesk(slug) : null;
      this.room?.begin();
    }
    if (!slug) void newsroom.readCoverages();
    this.requestUpdate();
  }

  override render(): TemplateResult {
    const { address, room } = this;
    return html`<a class="skip" href="#work">${words.skip}</a>
      <header class="masthead desk-head">
        <a class="nameplate" href="/desk">${document.documentElement.dataset["newsroom"]}</a>
        ${room ? this.heading(room) : html`<span class="where">${words.desk}</span>`} ${houseLinks(address.at)}
        <p class="line" role="status">${this.line()}</p>
        ${room ? this.people(room) : ""}
        <button type="button" class="quiet" aria-keyshortcuts="?" @click=${showKeys}>${words.keys}</button>
        <form method="post" action="/desk/sign-out" class="me">
          <input type="hidden" name="csrf" value=${newsroom.me.csrf} />
          <a class="own" href="/desk/account">${newsroom.me.name}</a> <button class="quiet">${words.signOut}</button>
        </form>
      </header>
      ${address.at === "coverage" && room
        ? html`<desk-coverage .room=${room} .view=${address.view} .paperId=${address.paper}></desk-coverage>`
        : screen(address.at === "coverage" ? "front" : address.at)}`;
  }

  private heading(room: CoverageDesk): TemplateResult {
    const { coverage } = room;
    if (!coverage) return html`<span class="where">${room.slug}</span>`;
    return html`<span class="where"
      ><a lang=${coverage.language} dir=${directionOf(coverage.language)} href=${pathOf(room.slug)}>${coverage.title}</a>
      <span class="status is-${coverage.status}">${words.status[coverage.status]}</span>
      <span class="silent" role="status">${room.silentSince
        ? words.silent(when(room.silentSince, Date.now(), coverage.timezone))
        : ""}</span>
      ${coverage.rehearsal ? html`<b class="rehearsal">${words.rehearsal}</b>` : ""}
      ${(["posts", "running"] as const).map(
        (view) => html`<a class="running-link" href=${pathOf(room.slug, view)}>${words.views[view]}</a>`,
      )}</span
    >`;
  }

  private people(room: CoverageDesk): TemplateResult | string {
    const others = room.presence.people.filter((one) => one.id !== newsroom.me.id);
    if (!others.length) return "";
    return html`<p class="people">${listed(others.map((one) => one.name))}</p>`;
  }

  private line(): TemplateResult | string {
    const n = newsroom.entries.length;
    if (newsroom.link === "signed-out")
      return html`${words.link.signedOut} <a href="/desk/sign-in?next=${location.pathname}">${words.link.signIn}</a>`;
    if (newsroom.link === "unanswered") return n ? words.link.offlineWaiting(n) : words.link.offline;
    if (n) return newsroom.isSending ? words.link.sending : words.link.waiting(n);
    return words.link.sent;
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const types = target.closest("input, textarea, select, [contenteditable=true], dialog[open]");
    if (types || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { room } = this;
    if (event.key === "?") showKeys();
    else if (room && event.key.toLowerCase() === "n") {
      go(pathOf(room.slug));
      this.focusOn("#headline");
    } else if (room && COLUMNS[event.key]) this.show(room, COLUMNS[event.key]!);
    else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  private show(room: CoverageDesk, view: View): void {
    const { address } = this;
    const paper = address.at === "coverage" && DESK.includes(address.view) && DESK.includes(view) ? address.paper : "";
    go(pathOf(room.slug, view, paper));
    this.focusOn(FIRST[view]);
  }

  private focusOn(selector: string): void {
    const look = () => {
      const found = this.querySelector<HTMLElement>(selector);
      found?.focus();
      return found !== null && document.activeElement === found;
    };
    // At once where it is in sight: the next key may follow before the next frame.
    if (!look()) void this.updateComplete.then(() => requestAnimationFrame(look));
  }
}

/** To the next in the list in which one is: the queue's items, the page's posts, the coverages. */
function step(by: number): void {
  const from = document.activeElement;
  const column = from?.closest("#readers") ? "#readers .on-page" : "#queue a.item, .front-list a.title, .account summary";
  const items = [...document.querySelectorAll<HTMLElement>(column)];
  const at = items.findIndex((item) => item === from || item.contains(from));
  const next = items[Math.max(0, Math.min(items.length - 1, at + by))];
  const goal = next?.matches(".on-page") ? next.querySelector<HTMLElement>("a, button") : next;
  goal?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
