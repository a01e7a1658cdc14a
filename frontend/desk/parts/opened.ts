/** A picture on a sheet of its own, over the library or over the post that shows it. */
import { html, render } from "lit";
import { fresh, type Media, type Pending } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { words } from "../words.ts";
import { tell } from "./dialog.ts";
import type { DeskPicture } from "./picture.ts";
import { tried } from "./trying.ts";

const said = words.pictures;

/** The picture as it was saved last, or null where nothing was. */
export function openPicture(id: string, close: string = words.close): Promise<Media | null> {
  return new Promise((answer) => {
    const dialog = document.createElement("dialog");
    let saved: Media | null = null;
    let warned = false;
    dialog.className = "ask picture-sheet";
    dialog.setAttribute("aria-labelledby", "picture-title");
    const part = () => dialog.querySelector<DeskPicture>("desk-picture")!;
    const leave = () => {
      if (part().isChanged && !warned) {
        warned = true;
        draw();
      } else dialog.close();
    };
    const draw = () =>
      render(
        html`<div class="picture-head"><h2 id="picture-title">${said.one}</h2>
            <button type="button" @click=${leave}>${warned ? said.discard : close}</button></div>
          ${warned ? html`<p class="refusal" role="alert">${said.unsaved}</p>` : ""}
          <desk-picture .picture=${id}
            @saved=${(event: CustomEvent<Media>) => {
              [saved, warned] = [event.detail, false];
              draw();
            }}
            @ready=${(event: CustomEvent<Media>) => (saved = saved && event.detail)}></desk-picture>`,
        dialog,
      );
    draw();
    // What was written is not lost by a key that was hit by mistake.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      leave();
    });
    dialog.addEventListener("close", () => {
      render("", dialog);
      dialog.remove();
      answer(saved);
    });
    document.querySelector("#desk")!.append(dialog);
    dialog.showModal();
  });
}

/** From a post: what is said of it in the library, and its newest files, come into the post. */
export async function openFrom(picture: Pending): Promise<Partial<Pending> | null> {
  let known: Media | undefined;
  const problem = await tried(async () => {
    const path = `/api/media?media=${encodeURIComponent(picture.media)}`;
    [known] = (await newsroom.api.json<{ pictures: Media[] }>(path)).pictures;
  });
  if (!known) {
    tell(said.one, html`<p>${problem || said.byHand}</p>`);
    return null;
  }
  const saved = await openPicture(known.id, said.toPost);
  const now = saved?.state === "processing" ? await settled(saved) : (saved ?? known);
  return now.state === "ready" ? fresh(picture, known, now) : null;
}

/** Its files are being made: the post waits for them, so that it shows the new crop. */
async function settled(picture: Media): Promise<Media> {
  let now = picture;
  while (now.state === "processing") {
    await new Promise((go) => setTimeout(go, 500));
    const found = newsroom.api.json<Media>(`/api/media/${picture.id}`);
    now = await found.catch(() => ({ ...now, state: "refused" }) as Media);
  }
  return now;
}
