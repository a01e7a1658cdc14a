/** Owns the rail of key events: a time and a headline for each, newest first, read from fragments. */
import { headlineOf, timed } from "./articles.ts";
import { slot } from "./place.ts";

export class Rail {
  readonly #nav: HTMLElement | null;
  readonly #list: HTMLElement | null;

  constructor(nav: HTMLElement | null) {
    this.#nav = nav;
    this.#list = nav && nav.querySelector("ol");
  }

  /** Whether the post is, or becomes, one of the key events. */
  concerns(id: string, article: HTMLElement | null): boolean {
    return article?.dataset.key !== undefined || this.#entries.some((one) => one.dataset.post === id);
  }

  set(id: string, article: HTMLElement | null): void {
    const list = this.#list;
    if (!list || !this.#nav) return;
    const entries = this.#entries;
    const old = entries.find((entry) => entry.dataset.post === id);
    old?.remove();
    const time = article?.querySelector("time");
    const words = article && headlineOf(article);
    if (article && time && words && article.dataset.key !== undefined) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      const text = document.createElement("span");
      const when = time.cloneNode(true) as HTMLElement;
      when.removeAttribute("id");
      when.removeAttribute("title");
      text.textContent = words;
      link.href = time.closest("a")?.getAttribute("href") ?? "";
      link.append(when, " ", text);
      entry.dataset.post = id;
      entry.dataset.order = article.dataset.order;
      entry.append(link);
      timed(entry);
      const others = entries.filter((one) => one !== old);
      const at = slot(others.map((one) => Number(one.dataset.order)), Number(article.dataset.order));
      list.insertBefore(entry, others[at] ?? null);
    }
    this.#nav.hidden = !list.children.length;
  }

  get #entries(): HTMLElement[] {
    return [...(this.#list?.children ?? [])] as HTMLElement[];
  }
}
