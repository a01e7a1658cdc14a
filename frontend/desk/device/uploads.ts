/** Files in pieces (tus 1.0.0): a break costs one piece, a dead tab nothing. */
import { Refused, Unanswered, type Api } from "../api.ts";
import { placed, type Kind, type Media } from "../model/pictures.ts";
import { tell, type Device, type Upload } from "./database.ts";

export const PIECE = 512 * 1024;
const TUS = { "Tus-Resumable": "1.0.0" };
/** As the server says it where such a post is published. */
const OTHER: Record<Kind, string> = {
  picture: "This is a picture, and not a document. Add it to the post as a picture.",
  document: "This is a document, and not a picture. Add it to a post as a file.",
};

export async function add(device: Device, upload: Pick<Upload, "id" | "person" | "paper" | "name" | "kind" | "file">): Promise<void> {
  const fresh = { address: "", sent: 0, state: "waiting", reason: "", made: null } as const;
  await device.put("uploads", { ...fresh, ...upload });
  tell();
}

export async function unfinished(device: Device, person: string): Promise<Upload[]> {
  const all = await device.getAll("uploads");
  return all.filter(
    (one) => one.person === person && (one.state === "waiting" || one.state === "processing"),
  );
}

/** One step of an upload: its address, a piece, or a look at what became of it. */
export async function step(device: Device, api: Api, upload: Upload): Promise<Upload> {
  let next: Upload;
  try {
    next = await stepped(api, upload);
  } catch (error) {
    if (!(error instanceof Refused) || error.status === 401) throw error;
    next = again(upload, error);
  }
  const work = device.transaction(["uploads", "papers"], "readwrite");
  await work.objectStore("uploads").put(next);
  const paper = await work.objectStore("papers").get(next.paper);
  if (next.state === "ready" && paper) {
    const content = placed(paper.content, next.id, next.made!);
    const changed = Math.max(Date.now(), paper.changed + 1);
    await work.objectStore("papers").put({ ...paper, content, changed, take: paper.take + 1 });
  }
  await work.done;
  tell();
  return next;
}

async function stepped(api: Api, upload: Upload): Promise<Upload> {
  if (upload.state === "processing") return looked(api, upload);
  if (!upload.address) return begun(api, upload);
  if (upload.sent >= upload.file.size) return { ...upload, state: "processing" };
  const answer = await api.send(upload.address, {
    method: "PATCH",
    headers: {
      ...TUS,
      "Upload-Offset": String(upload.sent),
      "Content-Type": "application/offset+octet-stream",
    },
    body: upload.file.slice(upload.sent, upload.sent + PIECE),
  });
  return { ...upload, sent: Number(answer.headers.get("Upload-Offset")) };
}

async function begun(api: Api, upload: Upload): Promise<Upload> {
  const told = [`filename ${base64(upload.name)}`, `id ${base64(upload.id)}`];
  const answer = await api.send("/api/uploads", {
    method: "POST",
    headers: {
      ...TUS,
      "Upload-Length": String(upload.file.size),
      "Upload-Metadata": told.join(","),
    },
  });
  const address = new URL(answer.headers.get("Location")!, location.href).pathname;
  return { ...upload, address, sent: await offset(api, address) };
}

async function offset(api: Api, address: string): Promise<number> {
  const answer = await api.send(address, { method: "HEAD", headers: TUS });
  return Number(answer.headers.get("Upload-Offset"));
}

async function looked(api: Api, upload: Upload): Promise<Upload> {
  const made = await api.json<Media>(`/api/media/${upload.id}`);
  if (made.state === "processing") throw new Unanswered("processing", 1);
  if (made.state === "refused") return { ...upload, state: "refused", reason: made.reason ?? "" };
  if (made.kind !== (upload.kind ?? "picture")) return { ...upload, state: "refused", reason: OTHER[made.kind] };
  // What was sent need not be kept; what it became is, for an editor that has not seen it yet.
  return { ...upload, state: "ready", made, file: new Blob() };
}

/**
 * 409: the server has more than we know of, since its answer was lost; 404: it has given the upload up.
 * Begun anew under the same id, it goes on from what is there.
 */
function again(upload: Upload, error: Refused): Upload {
  if (upload.address && [404, 409, 410, 412].includes(error.status))
    return { ...upload, address: "", sent: 0, state: "waiting" };
  return { ...upload, state: "refused", reason: error.message };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Forget the files of posts that are gone from this device. */
export async function forgetOld(device: Device): Promise<void> {
  const work = device.transaction(["uploads", "papers"], "readwrite");
  const papers = new Set(await work.objectStore("papers").getAllKeys());
  for (const upload of await work.objectStore("uploads").getAll())
    if (!papers.has(upload.paper) && upload.state !== "waiting")
      await work.objectStore("uploads").delete(upload.id);
  await work.done;
}
