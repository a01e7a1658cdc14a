/** The desk's commands, on their way through the outbox. */
import type { CoverageDesk } from "./coverage.ts";
import type { Paper } from "./device/database.ts";
import { file } from "./device/outbox.ts";
import { newsroom } from "./newsroom.ts";
import type { Status } from "./shapes.ts";
import { words } from "./words.ts";

/** submit, publish, return, approve, schedule, unschedule, comment; discard is a DELETE. */
export async function fileDraft(paper: Paper, action: string, body?: unknown): Promise<void> {
  const path = `/api/coverages/${paper.coverage}/drafts/${paper.id}`;
  const discards = action === "discard";
  await file(
    newsroom.device,
    {
      person: newsroom.me.id,
      coverage: paper.coverage,
      paper: paper.id,
      action,
      method: discards ? "DELETE" : "POST",
      path: discards ? path : `${path}/${action}`,
      body: discards ? undefined : (body ?? {}),
      label: paper.content.headline || words.queue.untitled,
    },
    new Date(),
  );
  newsroom.send(0);
}

/** pin, unpin, key, unkey, verification, withdraw, redact */
export async function filePost(
  room: CoverageDesk,
  post: string,
  action: string,
  label: string,
  body: unknown = {},
): Promise<void> {
  await command(room, action, `posts/${post}/${action}`, label, body);
}

export async function fileStatus(room: CoverageDesk, status: Status): Promise<void> {
  await command(room, "status", "status", words.status[status], { status });
}

/** The whole order, the first one on top, in place of the one that was seen; answers with the key of the command. */
export async function filePins(
  room: CoverageDesk,
  posts: readonly string[],
  seen: readonly string[],
  label: string,
): Promise<string> {
  return command(room, "pins", "pins", label, { posts, seen }, "PUT");
}

async function command(
  room: CoverageDesk,
  action: string,
  path: string,
  label: string,
  body: unknown,
  method = "POST",
): Promise<string> {
  const { key } = await file(
    newsroom.device,
    {
      person: newsroom.me.id,
      coverage: room.slug,
      action,
      method,
      path: `/api/coverages/${room.slug}/${path}`,
      body,
      label,
    },
    new Date(),
  );
  newsroom.send(0);
  return key;
}
