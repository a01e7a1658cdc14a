/** What travels between the desk and the server: see docs/protocol.md. */

export interface Paragraph {
  type: "paragraph";
  html: string;
}
export interface Heading {
  type: "heading";
  text: string;
}
export interface List {
  type: "list";
  items: string[];
  ordered?: boolean;
}
export interface Quote {
  type: "quote";
  text: string;
  speaker: string;
  role?: string | null;
  source?: { name: string; url?: string | null } | null;
}
export interface Picture {
  media: string;
  caption: string;
  credit: string;
  alt: string;
  width?: number | null;
  height?: number | null;
}
export interface Image extends Picture {
  type: "image";
}
export interface Gallery {
  type: "gallery";
  images: Picture[];
}
export interface Embed {
  type: "embed";
  url: string;
  title?: string | null;
  author?: string | null;
  provider?: string | null;
  picture?: string | null;
}
export interface Link {
  type: "link";
  url: string;
  title?: string | null;
}
export interface FileBlock {
  type: "file";
  media: string;
  title: string;
  /** These are the server's. */
  format?: "pdf" | "csv" | "text" | null;
  size?: number | null;
  pages?: number | null;
}
export type Block =
  | Paragraph
  | Heading
  | List
  | Quote
  | Image
  | Gallery
  | Embed
  | Link
  | FileBlock;

export interface Byline {
  name: string;
  organisation?: string | null;
  place?: string | null;
}
export const KINDS = ["reporter", "wire", "official", "eyewitness", "social", "publication"] as const;
export const VERIFICATIONS = ["unconfirmed", "confirmed", "wrong"] as const;
export type Verification = (typeof VERIFICATIONS)[number];
export interface Source {
  name: string;
  kind?: (typeof KINDS)[number];
  verification?: Verification;
  url?: string | null;
}

/** The words of a post, as a draft may hold them: anything may be missing. */
export interface Content {
  headline?: string | null;
  blocks: Block[];
  byline: Byline[];
  sources?: Source[];
  topics?: string[];
  key?: boolean;
  pinned?: boolean;
  occurred_at?: string | null;
  language?: string | null;
}

export type Status = "scheduled" | "live" | "paused" | "ended";
export interface Coverage {
  slug: string;
  title: string;
  summary: string | null;
  language: string;
  timezone: string;
  status: Status;
  opened_at: string;
  related: string[];
  seq: number;
  url: string;
  rehearsal?: boolean;
  two_person?: boolean;
  reporters_publish?: boolean;
  remind_after?: number | null;
  close_after?: number | null;
}

export interface Post extends Content {
  id: string;
  seq: number;
  order: number;
  revision: number;
  status: "published" | "withdrawn" | "redacted";
  published_at: string;
  updated_at: string;
  corrections: { time: string; note: string }[];
  reason: string | null;
  url: string;
}

/** A post that has the words that were looked for. */
export interface Found {
  coverage: string;
  title: string;
  id: string;
  time: string;
  headline: string | null;
}

export const ROLES = ["administrator", "editor", "reporter", "contributor", "viewer"] as const;
export type Role = (typeof ROLES)[number];
export interface Me {
  id: string;
  name: string;
  email?: string | null;
  role: Role | null;
  organisation?: string | null;
  place?: string | null;
  coverages: Record<string, Role>;
  csrf: string;
}
export interface Person {
  id: string;
  name: string;
  organisation?: string | null;
  place?: string | null;
  role?: Role | null;
}
/** A person as administrators see them. */
export interface Account extends Person {
  role: Role;
  /** Null for who came by an invitation. */
  email: string | null;
  closed: boolean;
  /** There is no password yet. */
  waiting: boolean;
  seen_at: string | null;
}
/** Shown this once. */
export interface OneTimeLink {
  url: string;
  expires_at: string;
  mailed: boolean;
}

/** A line of the audit trail: `by` did `what` to `about`. */
export interface Happening {
  id: number;
  time: string;
  what: string;
  by: string;
  by_id: string;
  about: string;
  address: string;
}

export type DraftState = "draft" | "submitted" | "returned" | "scheduled" | "published";
export interface Comment {
  id: string;
  author: { id: string; name: string };
  text: string;
  time: string;
  kind: "comment" | "returned";
}
/** A draft as the server has it. */
export interface Draft {
  id: string;
  coverage: string;
  version: number;
  state: DraftState;
  author: { id: string; name: string };
  content: Content;
  post: string | null;
  based_on: number | null;
  comments: Comment[];
  publish_at: string | null;
  embargo_until: string | null;
  filed_at: string | null;
  received_at: string;
  updated_at: string;
  released_by: { id: string; name: string }[];
  /** Why it could not be published. */
  refusal: string | null;
  editing: { person: { id: string; name: string }; since: string } | null;
  warnings?: Warning[];
}
/** What the server would have looked at again; a `spelling` says which word, and how it was before. */
export interface Warning {
  kind: "credit" | "alt" | "title" | "source" | "spelling";
  pointer: string;
  detail: string;
  found?: string;
  known?: string;
}

export interface Briefing {
  revision: number;
  summary: string | null;
  people: { name: string; role?: string | null }[];
  issues: { title: string; text?: string | null }[];
  agenda: { at: string; title: string; place?: string | null; timezone?: string | null }[];
  next: string | null;
}
