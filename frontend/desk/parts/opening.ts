/** A new coverage. */
import { html, type TemplateResult } from "lit";
import { go, pathOf } from "../addresses.ts";
import { Refused } from "../api.ts";
import { sendOnce } from "../once.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";
import { input, mark, placeLists } from "./details.ts";

const said = words.running;

export class DeskOpening extends Part {
  private title_ = "";
  private slug_ = "";
  private summary = "";
  private timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  private language = document.documentElement.lang || "en";
  private rehearsal = false;
  private problem = "";

  override render(): TemplateResult {
    const again = () => this.requestUpdate();
    return html`<p class="back"><a href="/desk">${words.allCoverages}</a></p>
      <h1>${words.front.open}</h1>
      ${placeLists()}
      <form class="sheet" @submit=${this.open}>
        ${input(said.title, this.title_, (value) => {
          if (this.slug_ === slugOf(this.title_)) this.slug_ = slugOf(value);
          this.title_ = value;
          again();
        }, { required: true })}
        ${input(said.slug, this.slug_, (value) => (this.slug_ = value), { required: true })}
        <p class="hint">${said.slugHint}</p>
        ${input(said.summary, this.summary, (value) => (this.summary = value))}
        ${input(said.timezone, this.timezone, (value) => (this.timezone = value), { required: true, list: "zones" })}
        ${input(said.language, this.language, (value) => (this.language = value), { required: true, list: "languages" })}
        ${mark(said.rehearsal, this.rehearsal, (value) => (this.rehearsal = value))}
        ${this.problem ? html`<p class="refusal" role="alert">${this.problem}</p>` : ""}
        <button class="strong">${said.open}</button>
      </form>`;
  }

  private readonly open = async (event: Event): Promise<void> => {
    event.preventDefault();
    const body = {
      slug: this.slug_, title: this.title_, timezone: this.timezone, language: this.language,
      ...(this.summary.trim() ? { summary: this.summary } : {}),
      ...(this.rehearsal ? { rehearsal: true } : {}),
    };
    try {
      await sendOnce("/api/coverages", { method: "POST", body });
      go(pathOf(this.slug_, "running"));
    } catch (error) {
      this.problem = error instanceof Refused ? words.refusal(error.message) : words.link.needsNetwork;
      this.requestUpdate();
    }
  };
}

function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 100);
}
