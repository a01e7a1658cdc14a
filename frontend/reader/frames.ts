/** The shapes on the wire, as docs and protocol have them. */

export interface Frame {
  seq: number;
  /** When it happened, in UTC, to the second (RFC 3339). */
  time: string;
  kind: string;
  post?: string;
  revision?: number;
  key?: boolean;
  pinned?: boolean;
  order?: number;
  /** Of kind "pins": the order of those that are pinned. */
  posts?: string[];
  html?: string;
}

export interface Changes {
  /** The newest seq that these changes include. */
  seq: number;
  /** Where more of them are, or null. */
  next: string | null;
  changes: Frame[];
}
