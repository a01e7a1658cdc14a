/** A picture of the library, chosen for the post that is being written. */
import { html, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { fresh, type Media, type Pending } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { words } from "../words.ts";
import { input } from "./details.ts";
import { shot } from "./shot.ts";
import { tried } from "./trying.ts";

const said = words.pictures;
const PATH = "/api/media?kind=picture&limit=48";
const PAUSE = 250;
const NOTHING: Pending = { media: "", caption: "", credit: "", alt: "" };

/** As a post shows it, with the library's words; null where nobody was chosen. */
export async function choosePicture(): Promise<Pending | null> {
  const chosen = await look();
  return chosen && { ...NOTHING, ...fresh(NOTHING, chosen, chosen) };
}

function look(): Promise<Media | null> {
  return new Promise((answer) => {
    const dialog = document.createElement("dialog");
    let [chosen, pictures]: [Media | null, Media[] | null] = [null, null];
    let [problem, sought, timer] = ["", "", 0];
    const read = async () => {
      const asked = sought;
      const told = await tried(async () => {
        const page = await newsroom.api.json<{ pictures: Media[] }>(`${PATH}&q=${encodeURIComponent(asked)}`);
        if (asked === sought) pictures = page.pictures.filter((one) => one.media);
      });
      if (asked !== sought) return;
      problem = told;
      draw();
    };
    const seek = (value: string) => {
      sought = value;
      clearTimeout(timer);
      timer = window.setTimeout(() => void read(), PAUSE);
    };
    const take = (one: Media) => () => {
      chosen = one;
      dialog.close();
    };
    const draw = () =>
      render(
        html`<div class="picture-head"><h2 id="choosing-title">${words.editor.library}</h2>
            <button type="button" @click=${() => dialog.close()}>${words.cancel}</button></div>
          ${input(said.find, sought, seek, { type: "search" })}
          ${problem ? html`<p class="refusal" role="alert">${problem}</p>` : ""}
          ${pictures || problem ? "" : html`<p class="notice">${words.loading}</p>`}
          ${pictures && !pictures.length ? html`<p class="notice">${sought ? said.none : said.empty}</p>` : ""}
          <ul class="shots">${repeat(pictures ?? [], (one) => one.id, (one) => shot(one, take(one)))}</ul>`,
        dialog,
      );
    dialog.className = "ask picture-sheet";
    dialog.setAttribute("aria-labelledby", "choosing-title");
    dialog.addEventListener("close", () => {
      clearTimeout(timer);
      render("", dialog);
      dialog.remove();
      answer(chosen);
    });
    draw();
    document.querySelector("#desk")!.append(dialog);
    dialog.showModal();
    dialog.querySelector("input")!.focus();
    void read();
  });
}
