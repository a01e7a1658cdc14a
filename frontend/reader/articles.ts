/** Owns how a page is taken apart: its elements by id, its articles, and what they say of themselves. */

const MARK_FOR = 2500;

export function byId(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

/** HTML of our own server; a template's content runs no script and loads no picture. */
export function parse(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild as HTMLElement | null;
}

/** Has the times in what has just come put right (times.ts), before anybody sees it. */
export function timed(root: Element): void {
  document.dispatchEvent(new CustomEvent("fragment", { detail: root }));
}

export function articles(section: HTMLElement): HTMLElement[] {
  return [...section.querySelectorAll<HTMLElement>("article")];
}

/** Empty where there is none. */
export function headlineOf(article: Element): string {
  return article.querySelector("h2 > span")?.textContent ?? "";
}

export function orderOf(element: HTMLElement): number {
  return Number(element.dataset.order);
}

export function seqOf(element: HTMLElement): number {
  return Number(element.dataset.seq);
}

/** Shows for a moment that something is new or other; leaves the fragment as it was sent. */
export function mark(article: HTMLElement, name: string): void {
  article.classList.add(name);
  setTimeout(() => article.classList.remove(name), MARK_FOR);
}
