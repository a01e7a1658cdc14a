/** A link that is shown this once: to be copied, and sent to the one it is for. */
import { html, type TemplateResult } from "lit";
import { Part } from "../part.ts";
import type { OneTimeLink } from "../shapes.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";

const said = words.people;

export class DeskLink extends Part {
  static override properties = { name: {}, link: { attribute: false } };
  declare name: string;
  declare link: OneTimeLink;
  private note = "";

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("link")) this.note = "";
  }

  override render(): TemplateResult {
    const { url, expires_at, mailed } = this.link;
    return html`<div class="one-time">
      <p><b>${said.linkFor(this.name)}</b> ${mailed ? said.mailed : said.notMailed}</p>
      <div class="row">
        <label class="field"><span>${said.link}</span><input readonly .value=${url} @focus=${this.select} /></label>
        <button type="button" @click=${this.copy}>${said.copy}</button>
      </div>
      <p class="hint">${said.linkHolds(dayAndClock(expires_at))} <span role="status">${this.note}</span></p>
    </div>`;
  }

  private readonly select = (event: Event): void => (event.target as HTMLInputElement).select();

  private readonly copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.link.url);
      this.note = said.copied;
    } catch {
      // Browsers give the clipboard only where there is TLS, and to who lets them.
      this.querySelector("input")!.select();
      this.note = said.copyByHand;
    }
    this.requestUpdate();
  };
}
