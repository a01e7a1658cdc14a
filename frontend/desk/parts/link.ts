/** A link that is shown this once: to be copied, and sent to the one it is for. */
import { html, type TemplateResult } from "lit";
import { Part } from "../part.ts";
import type { OneTimeLink } from "../shapes.ts";
import { dayAndClock } from "../times.ts";
import { words } from "../words.ts";

const said = words.people;

export class DeskLink extends Part {
  static override properties = { url: {}, says: { attribute: false } };
  declare url: string;
  /** What it is for and how long it holds, a sentence each. */
  declare says: string[];
  private note = "";

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("url")) this.note = "";
  }

  override render(): TemplateResult {
    return html`<div class="one-time">
      ${this.says.map((sentence) => html`<p>${sentence}</p>`)}
      <div class="row">
        <label class="field"><span>${said.link}</span><input readonly dir="ltr" .value=${this.url} @focus=${this.select} /></label>
        <button type="button" @click=${this.copy}>${said.copy}</button>
      </div>
      <p class="hint" role="status">${this.note}</p>
    </div>`;
  }

  private readonly select = (event: Event): void => (event.target as HTMLInputElement).select();

  private readonly copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.url);
      this.note = said.copied;
    } catch {
      // Browsers give the clipboard only where there is TLS, and to who lets them.
      this.querySelector("input")!.select();
      this.note = said.copyByHand;
    }
    this.requestUpdate();
  };
}

/** The link by which somebody chooses a password. */
export function passwordLink(name: string, { url, expires_at, mailed }: OneTimeLink): TemplateResult {
  const says = [said.linkFor(name), mailed ? said.mailed : said.notMailed, said.linkHolds(dayAndClock(expires_at))];
  return html`<desk-link .url=${url} .says=${says}></desk-link>`;
}
