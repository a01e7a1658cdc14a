/** What all parts of the screen share: plain elements (one style sheet for all), and news. */
import { LitElement } from "lit";
import { newsroom } from "./newsroom.ts";

/** Parts by the names of their elements. */
export function define(parts: Record<string, CustomElementConstructor>): void {
  for (const [name, part] of Object.entries(parts)) customElements.define(name, part);
}

export class Part extends LitElement {
  private readonly hear = () => this.requestUpdate();

  /** No shadow: the editor's selection, labels and the page's own style reach across parts. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    newsroom.addEventListener("change", this.hear);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    newsroom.removeEventListener("change", this.hear);
  }
}
