/** A picture or a document that is still on its way to the server stands in its post by the id of its
 * upload. */
import type { Block, Content, FileBlock, Picture } from "../shapes.ts";
import type { Box, Point } from "./frame.ts";
import { picturesOf } from "./check.ts";

export type Pending = Picture & { upload?: string };
export type PendingFile = FileBlock & { upload?: string | null };
export type Kind = "picture" | "document";

/** What the server knows of one once it is whole: see `GET /api/media/{id}`. */
export interface Media {
  id: string;
  kind: Kind;
  state: "processing" | "ready" | "refused";
  progress?: number;
  reason?: string | null;
  /** Empty as long as there are no files. */
  media: string;
  number?: number;
  filename: string;
  /** Of a document. */
  format?: FileBlock["format"];
  size?: number | null;
  pages?: number | null;
  width: number | null;
  height: number | null;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  creator?: string | null;
  copyright?: string | null;
  digital_source_type?: string | null;
  taken_at?: string | null;
  focal?: Point | null;
  crop?: Box | null;
  renditions?: Rendition[];
  square?: string | null;
  /** A file that shows all of it, where there is one. */
  whole?: string | null;
  uploaded_by?: string;
  created_at?: string;
  may_change?: boolean;
}

interface Rendition {
  url: string;
  width: number;
  height: number;
  type: string;
}

/** What the desk may say of a picture. */
export type Said = Pick<
  Media,
  "caption" | "credit" | "alt" | "creator" | "copyright" | "digital_source_type" | "focal" | "crop"
>;

/** IPTC's words for how a picture came to be: https://cv.iptc.org/newscodes/digitalsourcetype/ */
const IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/";
export const SOURCE_TYPES = [
  "",
  ...["digitalCapture", "humanEdits", "print", "negativeFilm", "screenCapture", "composite", "dataDrivenMedia",
    "digitalCreation", "algorithmicallyEnhanced", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia",
  ].map((name) => IPTC + name),
];

/** What readers need and nobody has written yet. */
export function lacks(one: Media): ("credit" | "alt")[] {
  return (["credit", "alt"] as const).filter((name) => !one[name]?.trim());
}

export function mainOf({ media, renditions = [] }: Media): Rendition | undefined {
  return renditions.find((one) => one.url.endsWith(`/${media}`));
}

/** The smallest file that shows what readers get. */
export function smallOf({ renditions = [] }: Media): string {
  return renditions.find((one) => one.type === "image/webp")?.url ?? "";
}

/** A post's picture with the newest files, and with the library's words where it has none of its own. */
export function fresh(picture: Pending, before: Media, now: Media): Partial<Pending> {
  const main = mainOf(now);
  const words = (["caption", "credit", "alt"] as const).map((name) => {
    const is_own = picture[name] && picture[name] !== (before[name] ?? "");
    return [name, is_own ? picture[name] : (now[name] || picture[name])];
  });
  return {
    media: now.media,
    ...(main ? { width: main.width, height: main.height } : {}),
    ...Object.fromEntries(words),
  };
}

export function emptyPicture(upload: string): Pending {
  return { media: "", caption: "", credit: "", alt: "", upload };
}

export function emptyFile(upload: string): PendingFile {
  return { type: "file", media: "", title: "", upload };
}

export function filesIn(blocks: readonly Block[]): PendingFile[] {
  return blocks.filter((block) => block.type === "file");
}

export function uploadsIn({ blocks }: Content): string[] {
  return [...blocks.flatMap(picturesOf), ...filesIn(blocks)].flatMap((one: Pending | PendingFile) => one.upload || []);
}

/** The content with what has arrived in its place. What was typed meanwhile stands. */
export function placed(content: Content, upload: string, made: Media): Content {
  const place = <T extends Pending>(picture: T): T =>
    picture.upload === upload ? arrived(picture, made) : picture;
  const blocks = content.blocks.map((block): Block => {
    if (block.type === "image") return place(block);
    if (block.type === "file") return (block as PendingFile).upload === upload ? arrivedFile(block, made) : block;
    return block.type === "gallery" ? { ...block, images: block.images.map(place) } : block;
  });
  return { ...content, blocks };
}

export function arrived<T extends Pending>(picture: T, made: Media): T {
  const { upload: _, ...rest } = picture;
  return {
    ...rest,
    media: made.media,
    caption: picture.caption || made.caption || "",
    credit: picture.credit || made.credit || made.creator || "",
    alt: picture.alt || made.alt || "",
    ...(made.width && made.height ? { width: made.width, height: made.height } : {}),
  } as T;
}

function arrivedFile(file: PendingFile, { media, format, size, pages }: Media): FileBlock {
  const { upload: _, ...rest } = file;
  return { ...rest, media, ...(format ? { format } : {}), ...(size ? { size } : {}), ...(pages ? { pages } : {}) };
}
