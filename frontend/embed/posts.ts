/**
 * Owns the newest posts of a coverage on somebody else's page: each frame's fragment in its place,
 * pinned ones first. What is new while its reader is in the midst of them waits for a press.
 */
import { articles, mark, orderOf, parse, seqOf } from "../reader/articles.ts";
import type { Frame } from "../reader/frames.ts";
import type { Ledger } from "../reader/ledger.ts";
import { type Pins, pinsOf, rankOf } from "../reader/pins.ts";
import { arrange, swap } from "../reader/steady.ts";

/** Above every order there is. */
const TOP = 2 ** 52;

export interface Listener {
  /** So many posts wait for a press. */
  pending(count: number): void;
  /** So many have come that nobody has seen. */
  arrived(count: number): void;
  described(): void;
}

export class Posts {
  readonly #main: HTMLElement;
  readonly #list: HTMLElement;
  readonly #ledger: Ledger;
  readonly #most: number;
  readonly #listener: Listener;
  readonly #settle: (fragment: HTMLElement) => void;
  readonly #pending = new Map<string, HTMLElement>();
  #pins: Pins;

  /** `settle`: makes a fragment fit the page it will stand in, before it does. */
  constructor(
    main: HTMLElement,
    ledger: Ledger,
    listener: Listener,
    settle: (fragment: HTMLElement) => void,
  ) {
    this.#main = main;
    this.#list = main.querySelector("#posts") as HTMLElement;
    this.#pins = pinsOf(this.#list);
    this.#ledger = ledger;
    this.#most = Number(main.dataset.posts);
    this.#listener = listener;
    this.#settle = settle;
    for (const article of articles(main)) ledger.note(article.id.slice(2), seqOf(article));
    ledger.note("", seqOf(this.#head));
    ledger.note("pins", this.#pins.seq);
  }

  apply(frame: Frame): void {
    const id = frame.kind === "coverage" ? "" : frame.kind === "pins" ? "pins" : frame.post;
    const { only } = this.#main.dataset;
    if (only && id && id !== only) return; // one post alone is shown, and what becomes of it
    if (id === undefined || !this.#ledger.fresh(id, frame.seq)) return;
    if (frame.kind === "pins") {
      this.#ledger.note(id, frame.seq);
      this.#order({ posts: frame.posts ?? [], seq: frame.seq });
      return;
    }
    const root = frame.kind === "redact" ? null : parse(frame.html ?? "");
    if (frame.kind !== "redact" && !root) return;
    this.#ledger.note(id, frame.seq);
    if (root) this.#settle(root);
    if (!root) this.#remove(id);
    else if (frame.kind === "coverage") this.#describe(root);
    else if (root.matches("article")) this.#place(id, root, frame);
  }

  /** Shows what waited. */
  release(): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const article of all) this.#insert(article);
    this.#listener.pending(0);
  }

  #place(id: string, article: HTMLElement, frame: Frame): void {
    const old = this.#shown(id);
    if (old) {
      const moves = old.dataset.pinned !== article.dataset.pinned;
      const put = (): void => {
        if (!moves) return old.replaceWith(article);
        old.remove();
        this.#insert(article);
      };
      swap(old, article, put);
      mark(article, "is-changed");
    } else if (this.#pending.has(id) || (frame.kind === "post" && this.#isNew(article))) {
      if (!this.#pending.has(id)) this.#listener.arrived(1);
      if (this.#isRead()) this.#pending.set(id, article);
      else this.#insert(article);
      this.#listener.pending(this.#pending.size);
    } else if (article.dataset.pinned !== undefined) this.#insert(article);
  }

  /** Whether it is newer than all that stands here: an older one has its place on the full page. */
  #isNew(article: HTMLElement): boolean {
    return articles(this.#list).every((one) => orderOf(one) < orderOf(article));
  }

  /** Whether the reader is in the midst of it, so that what comes above would push the lines down. */
  #isRead(): boolean {
    const { top, bottom } = this.#list.getBoundingClientRect();
    return top < 0 && bottom > 0;
  }

  #insert(article: HTMLElement): void {
    const before = articles(this.#list).find((one) => this.#rank(one) < this.#rank(article));
    this.#list.insertBefore(article, before ?? null);
    this.#main.querySelector("#empty")?.remove();
    mark(article, "is-new");
    const rest = articles(this.#list).filter((one) => one.dataset.pinned === undefined);
    for (const one of rest.slice(this.#most)) one.remove();
  }

  #order(pins: Pins): void {
    this.#pins = pins;
    arrange(this.#list, articles(this.#list).sort((a, b) => this.#rank(b) - this.#rank(a)));
  }

  readonly #rank = (one: HTMLElement): number =>
    one.dataset.pinned === undefined ? orderOf(one) : TOP + rankOf(this.#pins, one);

  #remove(id: string): void {
    this.#pending.delete(id);
    this.#shown(id)?.remove();
    this.#listener.pending(this.#pending.size);
  }

  #describe(head: HTMLElement): void {
    this.#head.replaceWith(head);
    this.#main.dataset.status = head.dataset.status;
    this.#listener.described();
  }

  get #head(): HTMLElement {
    return this.#main.querySelector("#coverage-head") as HTMLElement;
  }

  #shown(id: string): HTMLElement | undefined {
    return articles(this.#list).find((one) => one.id === `p-${id}`);
  }
}
