/** A picture with what matters in it marked, and with the edges of its crop. By hand and by keys. */
import { html, svg, type TemplateResult } from "lit";
import {
  CORNERS, cornered, cornerOf, isWhole, moved, pointAt, WHOLE, type Box, type Corner, type Point,
} from "../model/frame.ts";
import { Part } from "../part.ts";
import { words } from "../words.ts";

const said = words.pictures;
/** The drawing over the picture is so wide; its height is the picture's form. */
const SCALE = 1000;
const STEPS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.01;
const STRIDE = 0.1;

type Grip = Corner | "all" | "focal";

export class DeskFrame extends Part {
  static override properties = {
    src: {}, alt: {}, width: { type: Number }, height: { type: Number },
    focal: { attribute: false }, crop: { attribute: false }, crops: { type: Boolean }, fixed: { type: Boolean },
  };
  declare src: string;
  declare alt: string;
  declare width: number;
  declare height: number;
  declare focal: Point | null;
  declare crop: Box | null;
  /** Whether the crop is being set, and not what matters. */
  declare crops: boolean;
  declare fixed: boolean;
  private held: { grip: Grip; from: Point; box: Box } | null = null;

  override render(): TemplateResult {
    const { src, alt, width, height } = this;
    const tall = (SCALE * height) / width;
    const box = this.crop ?? WHOLE;
    return html`<div class="frame" ?data-fixed=${this.fixed}>
      <img src=${src} alt=${alt} width=${width} height=${height} draggable="false" />
      <svg viewBox="0 0 ${SCALE} ${tall}" @pointerdown=${this.take} @pointermove=${this.carry} @pointerup=${this.let} @pointercancel=${this.let}>
        ${isWhole(box) ? "" : svg`<path class="out" fill-rule="evenodd" d=${outside(box, tall)} />`}
        ${this.crops && !this.fixed ? this.grips(box, tall) : ""} ${this.crops ? "" : this.mark(tall)}
      </svg>
    </div>`;
  }

  private grips(box: Box, tall: number) {
    const [left, top, width, height] = box;
    return svg`<rect class="edge" data-grip="all" x=${left * SCALE} y=${top * tall} width=${width * SCALE} height=${height * tall}
        tabindex="0" role="slider" aria-label=${said.cropMove} aria-valuenow=${percent(left)} aria-valuetext=${said.at(percent(left), percent(top))}
        @keydown=${this.key} />
      ${CORNERS.map((corner) => this.corner(box, corner, tall))}`;
  }

  private corner(box: Box, corner: Corner, tall: number) {
    const [x, y] = cornerOf(box, corner);
    return svg`<g class="grip" data-grip=${corner} tabindex="0" role="slider" aria-label=${said.corners[corner]}
      aria-valuenow=${percent(x)} aria-valuetext=${said.at(percent(x), percent(y))} @keydown=${this.key}>
        <circle class="reach" cx=${x * SCALE} cy=${y * tall} r="45" /><circle class="dot" cx=${x * SCALE} cy=${y * tall} r="16" />
      </g>`;
  }

  private mark(tall: number) {
    const [x, y] = this.focal ?? [0.5, 0.5];
    if (this.fixed && !this.focal) return "";
    const at = this.focal ? said.at(percent(x), percent(y)) : said.focalNone;
    return svg`<g class="grip focal" data-grip="focal" ?data-none=${!this.focal} tabindex=${this.fixed ? -1 : 0} role="slider"
      aria-label=${said.focal} aria-valuenow=${percent(x)} aria-valuetext=${at} @keydown=${this.key}>
        <circle class="reach" cx=${x * SCALE} cy=${y * tall} r="45" /><circle class="ring" cx=${x * SCALE} cy=${y * tall} r="34" />
        <circle class="dot" cx=${x * SCALE} cy=${y * tall} r="9" />
      </g>`;
  }

  private readonly take = (event: PointerEvent): void => {
    if (this.fixed || event.button) return;
    const grip = ((event.target as Element).closest("[data-grip]")?.getAttribute("data-grip") ?? "") as Grip | "";
    if (this.crops && !grip) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.preventDefault();
    this.held = { grip: this.crops ? (grip as Grip) : "focal", from: this.place(event), box: this.crop ?? WHOLE };
    this.querySelector<SVGElement>(`[data-grip="${this.held.grip}"]`)?.focus();
    if (!this.crops) this.carry(event);
  };

  private readonly carry = (event: PointerEvent): void => {
    if (!this.held) return;
    const { grip, from, box } = this.held;
    const [x, y] = this.place(event);
    if (grip === "focal") this.tell({ focal: pointAt(x, y) });
    else if (grip === "all") this.tell({ crop: moved(box, x - from[0], y - from[1]) });
    else this.tell({ crop: cornered(box, grip, x, y) });
  };

  private readonly let = (): void => {
    this.held = null;
  };

  private readonly key = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step || this.fixed) return;
    event.preventDefault();
    const grip = (event.currentTarget as Element).getAttribute("data-grip") as Grip;
    const far = event.shiftKey ? STRIDE : STEP;
    const [x, y] = [step[0] * far, step[1] * far];
    const box = this.crop ?? WHOLE;
    if (grip === "focal") {
      const [was, high] = this.focal ?? [0.5, 0.5];
      this.tell({ focal: pointAt(was + x, high + y) });
    } else if (grip === "all") this.tell({ crop: moved(box, x, y) });
    else {
      const [was, high] = cornerOf(box, grip);
      this.tell({ crop: cornered(box, grip, was + x, high + y) });
    }
  };

  /** Where on the picture, as parts of it. */
  private place(event: PointerEvent): Point {
    const area = this.querySelector("svg")!.getBoundingClientRect();
    return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
  }

  private tell(detail: { focal?: Point; crop?: Box }): void {
    this.dispatchEvent(new CustomEvent("framed", { detail }));
  }
}

const percent = (part: number) => Math.round(part * 100);

function outside([left, top, width, height]: Box, tall: number): string {
  const [x, y, w, h] = [left * SCALE, top * tall, width * SCALE, height * tall];
  return `M0 0H${SCALE}V${tall}H0ZM${x} ${y}H${x + w}V${y + h}H${x}Z`;
}
