/**
 * Owns the page: puts each frame's fragment where it belongs. What is new while the reader reads
 * further down waits outside of the page until they ask for it.
 */
import { articles, byId, mark, orderOf, parse, seqOf, timed } from "./articles.ts";
import type { Frame } from "./frames.ts";
import { Held } from "./held.ts";
import type { Ledger } from "./ledger.ts";
import { type Pins, pinsOf, rankOf } from "./pins.ts";
import { type Here, homeOf, slot } from "./place.ts";
import { Rail } from "./rail.ts";
import { arrange, AT_TOP, steady, swap } from "./steady.ts";

const BUSY_FOR = 100;
const TOLD = 'meta[name="description"],meta[property],script[type="application/ld+json"]';
/** What the frames that are about no post are about. */
const WHOLE: Record<string, string> = { coverage: "", briefing: "briefing", pins: "pins" };

export interface Listener {
  /** A post came that the reader hasn't seen; `held` if it waits behind the toast. */
  arrived(article: HTMLElement, held: boolean): void;
  /** How many posts wait behind the toast (or, on an older page, on the live page). */
  pending(count: number): void;
  /** The coverage's head was replaced. */
  described(): void;
}

export class Page {
  readonly #main: HTMLElement;
  readonly #ledger: Ledger;
  readonly #listener: Listener;
  readonly #here: Here;
  readonly #rail = new Rail(document.getElementById("keys"));
  readonly #pinned = byId("pinned");
  readonly #stream = byId("stream");
  #pins = pinsOf(this.#pinned);
  readonly #pending = new Map<string, HTMLElement>();
  readonly #elsewhere = new Set<string>();
  readonly #held = new Held();
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(main: HTMLElement, ledger: Ledger, listener: Listener) {
    this.#main = main;
    this.#ledger = ledger;
    this.#listener = listener;
    const { head, lastOrder, order } = main.dataset;
    this.#here = { head: head === "1", lastOrder: Number(lastOrder), oldest: order === "oldest" };
    for (const article of articles(main)) ledger.note(article.id.slice(2), seqOf(article));
    ledger.note("", seqOf(byId("coverage-head")));
    ledger.note("briefing", seqOf(byId("briefing")));
    ledger.note("pins", this.#pins.seq);
  }

  /** Puts a frame into the page, unless the page already says something newer, or is paused. */
  apply(frame: Frame): void {
    if (this.#held.take(frame)) {
      this.#listener.pending(this.#count());
      return;
    }
    this.#touch(frame.time);
    const id = frame.post ?? WHOLE[frame.kind];
    if (id === undefined || !this.#ledger.fresh(id, frame.seq)) return;
    if (frame.kind === "redact") {
      this.#ledger.note(id, frame.seq);
      this.#remove(id);
      return;
    }
    if (frame.kind === "pins") {
      this.#ledger.note(id, frame.seq);
      this.#order({ posts: frame.posts ?? [], seq: frame.seq });
      return;
    }
    const root = frame.html && parse(frame.html);
    if (!root) return;
    timed(root);
    this.#ledger.note(id, frame.seq);
    if (frame.kind === "coverage") this.#describe(root);
    else if (frame.kind === "briefing") this.#brief(root);
    else if (root.matches("article")) this.#place(id, root, frame);
  }

  /**
   * Takes in the posts of the page that follows; answers with the first of them, or with nothing
   * where that page knows less than this one.
   */
  extend(other: HTMLElement): HTMLElement | undefined {
    const { seq, head, lastOrder } = other.dataset;
    const more = articles(other.querySelector("#stream")!);
    if (Number(seq) < this.#ledger.last) return undefined;
    for (const article of more) {
      const id = article.id.slice(2);
      this.#ledger.note(id, seqOf(article));
      this.#elsewhere.delete(id);
      timed(article);
      if (!document.getElementById(article.id)) this.#insert(article);
    }
    if (this.oldest) this.#here.head = head === "1";
    else this.#here.lastOrder = Number(lastOrder);
    this.#listener.pending(this.#count());
    return more[0];
  }

  get paused(): boolean {
    return this.#held.on;
  }

  pause(): void {
    this.#held.begin(this.#ledger.last);
  }

  resume(): void {
    for (const frame of this.#held.end()) this.apply(frame);
    this.#listener.pending(this.#count());
  }

  /** Puts what waited into the page; answers with what of it is to be read first. */
  release(): HTMLElement | undefined {
    const { paused } = this;
    if (paused) this.resume();
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const article of all) this.#insert(article, "is-new");
    if (paused) this.pause();
    this.#listener.pending(this.#count());
    all.sort((a, b) => orderOf(b) - orderOf(a));
    return this.oldest ? all.at(-1) : all[0];
  }

  /** Whether the reader has gone by themselves to where something waits for them. */
  get isAwaited(): boolean {
    const there = this.oldest ? this.#isAtHand() : scrollY < 8;
    return there && !this.paused && this.#pending.size > 0;
  }

  /** The seq up to which this page shows everything; 0 where it shows an older part. */
  get seen(): number {
    const { head, oldest } = this.#here;
    const last = this.#stream.lastElementChild as HTMLElement | null;
    if (!head) return oldest && last ? orderOf(last) : 0;
    const waiting = [...this.#pending.values()].map((article) => orderOf(article) - 1);
    return Math.min(this.#held.on ? this.#held.after : this.#ledger.last, ...waiting);
  }

  /** Whether what is new comes into this page. */
  get isHead(): boolean {
    return this.#here.head;
  }

  get oldest(): boolean {
    return this.#here.oldest === true;
  }

  #place(id: string, article: HTMLElement, frame: Frame): void {
    this.#list(id, article);
    const old = document.getElementById(article.id);
    const pinned = article.dataset.pinned !== undefined;
    const order = orderOf(article);
    const home = homeOf({ pinned, order }, old !== null, this.#here);
    if (home === "elsewhere") {
      this.#pending.delete(id);
      if (old) steady(this.#main, old, () => old.remove());
      else if (!this.#here.head) this.#missed(id, frame, article);
      this.#listener.pending(this.#count());
      return;
    }
    if (old) {
      const isThere = old.parentElement === this.#section(article) && orderOf(old) === order;
      const put =
        home === "stay" || (isThere && old.dataset.pinned === article.dataset.pinned)
          ? () => old.replaceWith(article)
          : () => (old.remove(), this.#insert(article));
      steady(this.#main, old, () => swap(old, article, put));
      mark(article, "is-changed");
    } else if (frame.kind === "withdraw" && !this.#pending.has(id)) {
      steady(this.#main, null, () => this.#insert(article));
    } else if (this.#pending.has(id) || !this.#isAtHand()) {
      const known = this.#pending.has(id);
      this.#pending.set(id, article);
      if (!known) this.#listener.arrived(article, true);
      this.#listener.pending(this.#count());
    } else {
      this.#insert(article, "is-new");
      this.#listener.arrived(article, false);
    }
  }

  /** The rail stands above what is being read, and may come, grow and go. */
  #list(id: string, article: HTMLElement | null): void {
    if (!this.#rail.concerns(id, article)) return;
    steady(this.#main, null, () => this.#rail.set(id, article));
  }

  /** On an older page: a new post is counted, once, and stands on the live page. */
  #missed(id: string, frame: Frame, article: HTMLElement): void {
    if (frame.kind !== "post" || frame.revision !== 1 || this.#elsewhere.has(id)) return;
    this.#elsewhere.add(id);
    this.#listener.arrived(article, true);
  }

  #remove(id: string): void {
    this.#list(id, null);
    this.#pending.delete(id);
    this.#elsewhere.delete(id);
    // What machines were told may be the words that have to go.
    for (const told of document.querySelectorAll(TOLD)) told.remove();
    const old = document.getElementById(`p-${id}`);
    if (old) {
      const near = old.nextElementSibling ?? old.previousElementSibling ?? byId("updates");
      steady(this.#main, old, () => swap(old, near, () => old.remove()));
    }
    this.#listener.pending(this.#count());
  }

  #describe(head: HTMLElement): void {
    const old = byId("coverage-head");
    steady(this.#main, null, () => swap(old, head, () => old.replaceWith(head)));
    this.#main.dataset.status = head.dataset.status;
    this.#listener.described();
  }

  #brief(briefing: HTMLElement): void {
    const old = byId("briefing");
    const details = briefing.querySelector("details");
    if (details && old.querySelector("details")?.open) details.open = true;
    steady(this.#main, null, () => swap(old, briefing, () => old.replaceWith(briefing)));
  }

  #insert(article: HTMLElement, note?: string): void {
    this.#busy();
    const section = this.#section(article);
    const others = articles(section);
    const at =
      section === this.#pinned
        ? slot(others.map(this.#rank), this.#rank(article))
        : slot(others.map(orderOf), orderOf(article), this.oldest);
    section.insertBefore(article, others[at] ?? null);
    document.getElementById("empty")?.remove();
    if (note) mark(article, note);
  }

  #order(pins: Pins): void {
    this.#pins = pins;
    const wanted = articles(this.#pinned).sort((a, b) => this.#rank(b) - this.#rank(a));
    steady(this.#main, null, () => arrange(this.#pinned, wanted));
  }

  readonly #rank = (article: HTMLElement): number => rankOf(this.#pins, article);

  /** Whoever listens to the feed hears of it once what comes together has come. */
  #busy(): void {
    this.#stream.setAttribute("aria-busy", "true");
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#stream.removeAttribute("aria-busy"), BUSY_FOR);
  }

  #section(article: HTMLElement): HTMLElement {
    return article.dataset.pinned === undefined ? this.#stream : this.#pinned;
  }

  #count(): number {
    return this.#pending.size + this.#elsewhere.size + this.#held.count;
  }

  /** Whether the reader is where new posts come: there they push down nothing that is being read. */
  #isAtHand(): boolean {
    const last = this.#stream.lastElementChild ?? this.#pinned.lastElementChild;
    if (this.oldest) return !last || last.getBoundingClientRect().bottom < innerHeight;
    return scrollY < AT_TOP || this.#pinned.getBoundingClientRect().top > innerHeight;
  }

  /** The head's "Updated" is about the whole coverage, so each newer change moves it on. */
  #touch(updated: string): void {
    const time = byId("coverage-head").querySelector<HTMLTimeElement>(".updated time");
    if (!time || time.dateTime >= updated) return;
    time.dateTime = updated;
    timed(time);
  }
}
