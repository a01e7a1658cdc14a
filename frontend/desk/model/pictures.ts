/** A picture that is still on its way to the server stands in its post by the id of its upload. */
import type { Block, Content, Picture } from "../shapes.ts";
import { picturesOf } from "./check.ts";

export type Pending = Picture & { upload?: string };

/** What the server knows of a picture once it is whole: see `GET /api/media/{id}`. */
export interface Media {
  id: string;
  state: "processing" | "ready" | "refused";
  progress?: number;
  reason?: string | null;
  media: string;
  filename: string;
  width: number | null;
  height: number | null;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  creator?: string | null;
  copyright?: string | null;
  focal?: [number, number] | null;
  renditions?: { url: string; width: number; height: number; type: string }[];
}

export function emptyPicture(upload: string): Pending {
  return { media: "", caption: "", credit: "", alt: "", upload };
}

export function uploadsIn(content: Content): string[] {
  return content.blocks.flatMap(picturesOf).flatMap((picture: Pending) => picture.upload || []);
}

/** The content with the picture in its place. What was typed meanwhile stands. */
export function placed(content: Content, upload: string, made: Media): Content {
  const place = <T extends Pending>(picture: T): T =>
    picture.upload === upload ? arrived(picture, made) : picture;
  const blocks = content.blocks.map((block): Block => {
    if (block.type === "image") return place(block);
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
