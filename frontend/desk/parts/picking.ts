/** Pictures from this device into a post: kept here first, then on their way in pieces. */
import { add } from "../device/uploads.ts";
import { newId } from "../model/ids.ts";
import { emptyPicture, type Pending } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { words } from "../words.ts";

const KINDS = "image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff,image/heic";
/** In the place of a post: pictures that are sent to the library alone. */
export const LIBRARY = "";
const shown = new Map<string, string>();

/** Ask for pictures; on a telephone the camera is among what it offers. */
export function pick(several: boolean, paper: string): Promise<Pending[]> {
  return new Promise((answer) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = KINDS;
    input.multiple = several;
    input.hidden = true;
    input.addEventListener("change", () => {
      answer([...(input.files ?? [])].map((file) => take(file, paper)));
      input.remove();
    });
    input.addEventListener("cancel", () => {
      answer([]);
      input.remove();
    });
    document.body.append(input);
    input.click();
  });
}

export function take(file: File, paper: string): Pending {
  const id = newId();
  shown.set(id, URL.createObjectURL(file));
  void add(newsroom.device, { id, person: newsroom.me.id, paper, name: file.name, file }).then(() =>
    newsroom.send(0),
  );
  return emptyPicture(id);
}

/** Where the picture can be seen: on this device as long as the server does not have it. */
export function addressOf({ upload, media }: Pending): string {
  if (!upload) return media ? `/media/${media}` : "";
  const held = newsroom.uploads.get(upload);
  if (!shown.has(upload) && held?.file.size) shown.set(upload, URL.createObjectURL(held.file));
  return shown.get(upload) ?? "";
}

export function progressOf(upload: string): string {
  const held = newsroom.uploads.get(upload);
  if (!held) return "";
  if (held.state === "refused") return words.editor.uploadRefused(words.refusal(held.reason));
  if (held.state === "processing") return words.editor.processing;
  return words.editor.onItsWay(Math.round((100 * held.sent) / Math.max(1, held.file.size)));
}
