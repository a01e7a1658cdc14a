/** One command for many posts: sent one by one through the outbox, each with its key, each told of. */
import type { CoverageDesk } from "./coverage.ts";
import { file } from "./device/outbox.ts";
import { plain, short } from "./model/inline.ts";
import { newsroom } from "./newsroom.ts";
import type { Post } from "./shapes.ts";
import { words } from "./words.ts";

/** So many receipts are kept on the device: of a larger batch the first answers would be forgotten. */
export const MOST = 400;
const LINE = 90;

export interface Filed {
  key: string;
  post: string;
  label: string;
}
export interface Batch {
  action: string;
  filed: Filed[];
}
export interface Report {
  waiting: number;
  done: number;
  refused: (Filed & { reason: string })[];
}

/** pin, unpin, key, unkey, verification of all sources, withdraw with one reason for all, topic. */
export async function fileBatch(
  room: CoverageDesk,
  posts: readonly Post[],
  action: string,
  value = "",
): Promise<Batch> {
  const batch: Batch = { action, filed: [] };
  for (const post of posts) {
    const entry = await file(newsroom.device, { ...commandOf(room, post, action, value), label: nameOf(post) }, new Date());
    batch.filed.push({ key: entry.key, post: post.id, label: entry.label });
  }
  await newsroom.device.put("answers", batch, place(room));
  newsroom.send(0);
  return batch;
}

/** The last one, so that its report is there after a reload too. */
export async function lastBatch(room: CoverageDesk): Promise<Batch | null> {
  return ((await newsroom.device.get("answers", place(room))) as Batch | undefined) ?? null;
}

export async function forgetBatch(room: CoverageDesk): Promise<void> {
  await newsroom.device.delete("answers", place(room));
}

export function reportOf(room: CoverageDesk, batch: Batch): Report {
  const waits = new Set(newsroom.entries.map((entry) => entry.key));
  const receipts = new Map(room.receipts.map((receipt) => [receipt.key, receipt]));
  const refused = batch.filed.flatMap((one) => {
    const reason = receipts.get(one.key)?.refusal;
    return reason ? [{ ...one, reason }] : [];
  });
  const waiting = batch.filed.filter((one) => waits.has(one.key)).length;
  return { waiting, refused, done: batch.filed.length - waiting - refused.length };
}

/** Whether it would change anything: what is so already is not sent. */
export function changes(post: Post, action: string, value = ""): boolean {
  if (post.status !== "published") return false;
  if (action === "pin" || action === "unpin") return Boolean(post.pinned) === (action === "unpin");
  // A key event needs a headline.
  if (action === "key") return !post.key && Boolean(post.headline);
  if (action === "unkey") return Boolean(post.key);
  if (action === "verification")
    return (post.sources ?? []).some((one) => !value || (one.verification ?? "unconfirmed") !== value);
  if (action === "topic") return !(post.topics ?? []).includes(value);
  return true;
}

export function nameOf(post: Post): string {
  const first = post.blocks.find((block) => block.type === "paragraph");
  const text = first ? short(plain(first.html), LINE) : "";
  return post.headline || text || post.reason || words.queue.untitled;
}

function commandOf(room: CoverageDesk, post: Post, action: string, value: string) {
  const path = `/api/coverages/${room.slug}/posts/${post.id}`;
  const command = { person: newsroom.me.id, coverage: room.slug, action };
  if (action === "topic") {
    const topics = [...(post.topics ?? []), value];
    return { ...command, method: "PATCH", path, body: { topics }, headers: { "If-Match": `"${post.revision}"` } };
  }
  const body = action === "withdraw" ? { reason: value } : action === "verification" ? { verification: value } : {};
  return { ...command, method: "POST", path: `${path}/${action}`, body };
}

function place(room: CoverageDesk): string {
  return `${newsroom.me.id} batch ${room.slug}`;
}
