/** Small pictures of what readers get: as a post shows it, in a gallery, in lists. */
import { html, type PropertyValues, type TemplateResult } from "lit";
import { cutOut, WHOLE, type Box, type Point } from "../model/frame.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";

const said = words.pictures;
const WIDE = 240;
const GALLERY = 3 / 2;

export class DeskReadersGet extends Part {
  static override properties = {
    src: {}, width: { type: Number }, height: { type: Number }, focal: { attribute: false }, crop: { attribute: false },
  };
  declare src: string;
  declare width: number;
  declare height: number;
  declare focal: Point | null;
  declare crop: Box | null;
  private image: HTMLImageElement | null = null;

  /** What is cut out of the whole, by where it is shown. Without a focal point nothing is cut in a gallery. */
  private get cuts(): [string, Box][] {
    const box = this.crop ?? WHOLE;
    const form = this.width / this.height;
    return [
      [said.inPost, box],
      [said.inGallery, this.focal ? cutOut(box, form, GALLERY, this.focal) : box],
      [said.inLists, cutOut(box, form, 1, this.focal)],
    ];
  }

  override render(): TemplateResult {
    const form = this.width / this.height;
    return html`<ul class="readers-get" aria-label=${said.readersGet}>
      ${this.cuts.map(([name, box]) => {
        const tall = Math.max(1, Math.round(WIDE / ((form * box[2]) / box[3])));
        return html`<li><canvas width=${WIDE} height=${tall} role="img" aria-label=${said.preview(name)}></canvas><span>${name}</span></li>`;
      })}
    </ul>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("src")) {
      this.image = new Image();
      this.image.addEventListener("load", () => this.draw());
      this.image.src = this.src;
    }
    this.draw();
  }

  private draw(): void {
    const { image } = this;
    if (!image?.complete || !image.naturalWidth) return;
    const { naturalWidth: wide, naturalHeight: tall } = image;
    const canvases = this.querySelectorAll("canvas");
    this.cuts.forEach(([, [left, top, width, height]], n) => {
      const canvas = canvases[n]!;
      canvas.getContext("2d")!.drawImage(
        image, left * wide, top * tall, width * wide, height * tall, 0, 0, canvas.width, canvas.height,
      );
    });
  }
}
