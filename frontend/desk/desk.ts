/** The desk begins here. */
import "../styles/desk.css";
import { followLinks } from "./addresses.ts";
import { newsroom } from "./newsroom.ts";
import { define } from "./part.ts";
import { DeskApp } from "./parts/app.ts";
import { DeskComposer } from "./parts/composer.ts";
import { DeskCoverage } from "./parts/coverage.ts";
import { DeskFrame } from "./parts/frame.ts";
import { DeskFront } from "./parts/front.ts";
import { DeskHistory } from "./parts/history.ts";
import { DeskLink } from "./parts/link.ts";
import { DeskMerge } from "./parts/merge.ts";
import { DeskOpening } from "./parts/opening.ts";
import { DeskPage } from "./parts/page.ts";
import { DeskPicture } from "./parts/picture.ts";
import { DeskPictures } from "./parts/pictures.ts";
import { DeskPosts } from "./parts/posts.ts";
import { DeskQueue } from "./parts/queue.ts";
import { DeskReadersGet } from "./parts/readers-get.ts";
import { DeskReplay } from "./parts/replay.ts";
import { DeskRunning } from "./parts/running.ts";
import { DeskBriefing } from "./parts/running/briefing.ts";
import { DeskDescription } from "./parts/running/description.ts";
import { DeskMembers } from "./parts/running/members.ts";
import { DeskNumbers } from "./parts/running/numbers.ts";
import { DeskPins } from "./parts/running/pins.ts";
import { DeskRelated } from "./parts/running/related.ts";
import { DeskTopics } from "./parts/running/topics.ts";
import { DeskText, isPhone, loadEditor } from "./parts/text.ts";

const PARTS = {
  "desk-app": DeskApp,
  "desk-briefing": DeskBriefing,
  "desk-composer": DeskComposer,
  "desk-coverage": DeskCoverage,
  "desk-description": DeskDescription,
  "desk-frame": DeskFrame,
  "desk-front": DeskFront,
  "desk-history": DeskHistory,
  "desk-link": DeskLink,
  "desk-members": DeskMembers,
  "desk-merge": DeskMerge,
  "desk-numbers": DeskNumbers,
  "desk-opening": DeskOpening,
  "desk-page": DeskPage,
  "desk-picture": DeskPicture,
  "desk-pictures": DeskPictures,
  "desk-pins": DeskPins,
  "desk-posts": DeskPosts,
  "desk-queue": DeskQueue,
  "desk-readers-get": DeskReadersGet,
  "desk-related": DeskRelated,
  "desk-replay": DeskReplay,
  "desk-running": DeskRunning,
  "desk-text": DeskText,
  "desk-topics": DeskTopics,
};

async function begin(): Promise<void> {
  // Where it can't be had now it is tried at the next start.
  void navigator.serviceWorker?.register("/desk/sw.js", { scope: "/desk" }).catch(() => undefined);
  if (!isPhone()) void loadEditor().catch(() => undefined); // asked for again where it is needed
  if (!(await newsroom.begin())) return;
  void newsroom.readPeople();
  // The browser is asked to keep what is on the device even when space is short.
  void navigator.storage?.persist?.();
  define(PARTS);
  followLinks();
  document.querySelector("#desk")!.replaceChildren(document.createElement("desk-app"));
}

void begin();
