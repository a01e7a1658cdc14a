/** The menu at the cursor: `/` inserts a block, `@` a name of the coverage. By keyboard alone. */
import type { Editor } from "@tiptap/core";
import { ownDirection } from "../direction.ts";

export interface Choice {
  name: string;
  act: () => void;
}

interface Trigger {
  sign: string;
  from: number;
  asked: string;
}

export class Menu {
  readonly element = document.createElement("div");
  private choices: Choice[] = [];
  private at = 0;
  private closedAt = -1;

  constructor(
    private readonly editor: () => Editor,
    private readonly choicesFor: (sign: string) => { name: string; act: () => void }[],
    label: string,
  ) {
    this.element.className = "menu";
    this.element.id = "insert-menu";
    this.element.dir = ownDirection();
    this.element.setAttribute("role", "listbox");
    this.element.setAttribute("aria-label", label);
    this.element.hidden = true;
  }

  /** After each change of text or selection. */
  look(): void {
    const trigger = this.trigger();
    if (!trigger || trigger.from === this.closedAt) return this.close(trigger ? this.closedAt : -1);
    const asked = trigger.asked.toLowerCase();
    this.choices = this.choicesFor(trigger.sign)
      .filter(({ name }) => name.toLowerCase().split(/\s+/).some((word) => word.startsWith(asked)) || name.toLowerCase().startsWith(asked))
      .slice(0, 10);
    if (!this.choices.length) return this.close(-1);
    this.at = Math.min(this.at, this.choices.length - 1);
    this.show(trigger);
  }

  /** True where the key was the menu's. */
  key(event: KeyboardEvent): boolean {
    if (this.element.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.choices.length) % this.choices.length;
      this.mark();
    } else if (event.key === "Enter" || event.key === "Tab") this.choose(this.at);
    else if (event.key === "Escape") this.close(this.trigger()?.from ?? -1);
    else return false;
    return true;
  }

  close(closedAt = -1): void {
    this.element.hidden = true;
    this.at = 0;
    this.closedAt = closedAt;
    this.editor().view.dom.removeAttribute("aria-activedescendant");
  }

  private trigger(): Trigger | null {
    const { $from, empty } = this.editor().state.selection;
    if (!empty || !$from.parent.isTextblock) return null;
    const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
    const found = /(?:^|\s)([/@])([\p{L}\d'’-]*(?: [\p{L}\d'’-]*)?)$/u.exec(before);
    if (!found || (found[1] === "/" && before.trim() !== found[0].trim())) return null;
    return { sign: found[1]!, asked: found[2]!, from: $from.pos - found[2]!.length - 1 };
  }

  private choose(n: number): void {
    const trigger = this.trigger();
    const choice = this.choices[n];
    this.close();
    if (!trigger || !choice) return;
    const editor = this.editor();
    editor.chain().deleteRange({ from: trigger.from, to: editor.state.selection.from }).run();
    choice.act();
  }

  private show(trigger: Trigger): void {
    this.element.replaceChildren(
      ...this.choices.map(({ name }, n) => {
        const option = document.createElement("div");
        option.id = `insert-${n}`;
        option.setAttribute("role", "option");
        option.textContent = name;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.choose(n);
        });
        return option;
      }),
    );
    this.element.hidden = false;
    this.mark();
    const { left, bottom } = this.editor().view.coordsAtPos(trigger.from);
    const box = this.element.offsetParent?.getBoundingClientRect();
    // It opens in the direction of the text, where there is room.
    if (getComputedStyle(this.editor().view.dom).direction === "rtl") this.element.style.setProperty("right", `${(box?.right ?? 0) - left}px`);
    else this.element.style.setProperty("left", `${left - (box?.left ?? 0)}px`);
    this.element.style.setProperty("top", `${bottom - (box?.top ?? 0)}px`);
  }

  private mark(): void {
    [...this.element.children].forEach((option, n) =>
      option.setAttribute("aria-selected", String(n === this.at)),
    );
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
    this.editor().view.dom.setAttribute("aria-activedescendant", `insert-${this.at}`);
  }
}
