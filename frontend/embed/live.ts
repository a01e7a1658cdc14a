/**
 * `<dateline-live src="https://live.example.org/live/SLUG" posts="10">`: a coverage on any page; with
 * the address of a post as its `src`, that post alone.
 *
 * What it shows comes from our own server, sanitised there. It stands in a shadow tree with a style
 * sheet of its own, and takes colour, font and language direction from the page around it.
 */
import { MINUTE } from "../reader/pace.ts";
import type { Connection } from "../reader/stream.ts";
import style from "./embed.css?inline";
import { follow } from "./following.ts";

const POSTS = 10;
const ADDRESS = /^\/live\/([a-z0-9-]+)(?:\/p\/([\w-]+))?$/;

class DatelineLive extends HTMLElement {
  static observedAttributes = ["src", "posts"];
  readonly #root = this.attachShadow({ mode: "open" });
  #connection: Connection | undefined;
  #loaded = 0;
  #turn = 0;

  connectedCallback(): void {
    void this.#load();
  }

  disconnectedCallback(): void {
    this.#turn += 1;
    this.#connection?.stop();
  }

  attributeChangedCallback(): void {
    if (this.isConnected && this.#turn) void this.#load();
  }

  async #load(): Promise<void> {
    const turn = (this.#turn += 1);
    this.#connection?.stop();
    this.#loaded = Date.now();
    const src = new URL(this.getAttribute("src") ?? "", document.baseURI);
    const [, slug, post] = ADDRESS.exec(src.pathname) ?? [];
    if (!slug) return this.#fail(src.href);
    const query = post ? `post=${post}` : `posts=${Number(this.getAttribute("posts")) || POSTS}`;
    try {
      const answer = await fetch(`${src.origin}/embed/${slug}?${query}`);
      const main = answer.ok ? mainOf(await answer.text()) : null;
      if (turn !== this.#turn) return;
      if (!main) return this.#fail(src.href);
      const settle = (fragment: HTMLElement): void => resolve(fragment, src.origin);
      settle(main);
      this.#root.replaceChildren(main);
      dress(this.#root);
      this.#connection = follow(main, src.origin, () => this.#reload(), settle);
    } catch {
      if (turn === this.#turn) this.#fail(src.href);
    }
  }

  #reload(): boolean {
    if (Date.now() - this.#loaded < MINUTE) return false;
    void this.#load();
    return true;
  }

  /** What the page's author has put inside stays; where that is nothing, a link. */
  #fail(href: string): void {
    const slot = document.createElement("slot");
    const link = document.createElement("a");
    if (href.startsWith("http")) link.href = link.textContent = href;
    slot.append(link);
    this.#root.replaceChildren(slot);
  }
}

/** Out of a whole page of our own server; what is in a template runs and loads nothing. */
function mainOf(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("#coverage");
}

/** Addresses of ours lead to us, in a tab of their own. */
function resolve(fragment: HTMLElement, origin: string): void {
  const whole = (path: string): string => new URL(path, origin).href;
  for (const link of fragment.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    link.href = whole(link.getAttribute("href") ?? "");
    link.target = "_blank";
    link.rel = "noopener";
  }
  for (const picture of fragment.querySelectorAll<HTMLImageElement>("img[src]")) {
    picture.src = whole(picture.getAttribute("src") ?? "");
  }
  for (const one of fragment.querySelectorAll("[srcset]")) {
    const sizes = (one.getAttribute("srcset") ?? "").split(", ").map(whole);
    one.setAttribute("srcset", sizes.map((size) => size.replace("%20", " ")).join(", "));
  }
}

/** A sheet made by script is allowed under any Content-Security-Policy of the page. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement("style");
    element.textContent = style;
    root.prepend(element);
  }
}

if (!customElements.get("dateline-live")) customElements.define("dateline-live", DatelineLive);
