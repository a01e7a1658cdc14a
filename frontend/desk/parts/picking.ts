/** Pictures and documents from this device into a post: kept here first, then on their way in pieces. */
import { add } from "../device/uploads.ts";
import { toldOf } from "../files.ts";
import { newId } from "../model/ids.ts";
import { emptyFile, emptyPicture, type Kind, type Pending, type PendingFile } from "../model/pictures.ts";
import { newsroom } from "../newsroom.ts";
import { words } from "../words.ts";

const ACCEPTED: Record<Kind, string> = {
  picture: "image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff,image/heic",
  document: ".pdf,.csv,.txt,application/pdf,text/csv,text/plain",
};
/** In the place of a post: pictures that are sent to the library alone. */
export const LIBRARY = "";
const shown = new Map<string, string>();
const names = new Map<string, string>();
const keeping = new Set<Promise<void>>();

/** Ask for pictures; on a telephone the camera is among what it offers. */
export async function pick(several: boolean, paper: string): Promise<Pending[]> {
  return (await chosen("picture", several)).map((file) => take(file, paper));
}

export async function pickFiles(paper: string): Promise<PendingFile[]> {
  return (await chosen("document", true)).map((file) => takeFile(file, paper));
}

export function take(file: File, paper: string): Pending {
  const id = send(file, paper, "picture");
  shown.set(id, URL.createObjectURL(file));
  return emptyPicture(id);
}

export function takeFile(file: File, paper: string): PendingFile {
  return emptyFile(send(file, paper, "document"));
}

function chosen(kind: Kind, several: boolean): Promise<File[]> {
  return new Promise((answer) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ACCEPTED[kind];
    input.multiple = several;
    input.hidden = true;
    input.addEventListener("change", () => {
      answer([...(input.files ?? [])]);
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

function send(file: File, paper: string, kind: Kind): string {
  const id = newId();
  names.set(id, file.name);
  const kept = add(newsroom.device, { id, person: newsroom.me.id, paper, name: file.name, kind, file });
  keeping.add(kept);
  void kept.then(() => newsroom.send(0)).finally(() => keeping.delete(kept));
  return id;
}

/** Until all that was picked is on this device: what is filed then survives the death of its tab. */
export async function allKept(): Promise<void> {
  await Promise.allSettled(keeping);
}

/** Where the picture can be seen: on this device as long as the server does not have it. */
export function addressOf({ upload, media }: Pending): string {
  if (!upload) return media ? `/media/${media}` : "";
  const held = newsroom.uploads.get(upload);
  if (!shown.has(upload) && held?.file.size) shown.set(upload, URL.createObjectURL(held.file));
  return shown.get(upload) ?? "";
}

export function isRefused(upload: string): boolean {
  return newsroom.uploads.get(upload)?.state === "refused";
}

export function progressOf(upload: string): string {
  const held = newsroom.uploads.get(upload);
  if (!held) return "";
  if (held.state === "refused") return words.editor.uploadRefused(words.refusal(held.reason));
  if (held.state === "processing") return words.editor.processing;
  return words.editor.onItsWay(Math.round((100 * held.sent) / Math.max(1, held.file.size)));
}

/** What a file is, as readers are told it; on its way, what it is called on this device. */
export function kindOf(file: PendingFile): string {
  const { upload, media, format } = file;
  if (upload) return names.get(upload) ?? newsroom.uploads.get(upload)?.name ?? "";
  return format ? toldOf(file) : media;
}
