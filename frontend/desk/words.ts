/**
 * Every word of the desk's interface, in English: here what all of it says, in `words/` what one part
 * of it does. The other languages stand in `src/dateline/render/locale/*.po` under the English.
 *
 * To add words: give them a name, each whole sentence in `_("…")`, what counts in
 * `counted(n, "%(num)s post", "%(num)s posts")`, what is put in as `%(name)s` with `{ name }`; never
 * glue sentences together from pieces. Then run `make messages`, and fill in what is empty in each
 * catalogue (docs/languages.md). What a post says itself (a headline, a name) is nobody's to translate.
 */
import type { Remark } from "./model/check.ts";
import { LIMITS } from "./model/check.ts";
import { CLASH } from "./model/merge.ts";
import { refusal } from "./refusals.ts";
import { _, counted } from "./speech.ts";
import { audit, people } from "./words/house.ts";
import { pictures } from "./words/pictures.ts";
import { history, page, posts, replay, takedown } from "./words/published.ts";
import { pins, related, running, topics } from "./words/running.ts";
import { ask, compose, editor, merge, queue } from "./words/writing.ts";

/** What does not fit a type is told in a program's words: see src/dateline/domain/pointers.py. */
const UNFIT = /^(?:Expected|Object|Invalid) .*\. Nothing was changed\.$/s;
const LENGTH = /length (<=|>=) (\d+)/;

export const words = {
  desk: _("Desk"),
  allCoverages: _("All coverages"),
  loading: _("One moment …"),
  close: _("Close"),
  cancel: _("Cancel"),
  save: _("Save"),
  saved: _("Saved"),
  add: _("Add"),
  remove: _("Remove"),
  up: _("Move up"),
  down: _("Move down"),
  signOut: _("Sign out"),
  keys: _("Keys"),
  skip: _("Skip to the post being written"),
  house: _("The house"),
  notYours: _("This is for others to see. Ask an administrator of the house, should you need it."),

  status: { live: _("Live"), scheduled: _("Scheduled"), paused: _("Paused"), ended: _("Ended") },
  rehearsal: _("Rehearsal"),
  silent: (since: string) => _("silent since %(time)s", { time: since }),
  front: {
    title: _("Coverages"),
    none: _("There is no coverage yet."),
    open: _("New coverage"),
    group: { live: _("Live"), scheduled: _("Coming"), paused: _("Paused"), ended: _("Ended") },
  },
  views: { write: _("Write"), queue: _("Queue"), page: _("Page"), posts: _("Posts"), replay: _("Replay the day"), running: _("Coverage") },

  link: {
    sent: _("All sent"),
    sending: _("Sending"),
    waiting: (n: number) => counted(n, "%(num)s post waiting", "%(num)s posts waiting"),
    offline: _("No network. Everything is kept on this device."),
    offlineWaiting: (n: number) =>
      counted(n, "No network. %(num)s command waits on this device.", "No network. %(num)s commands wait on this device."),
    signedOut: _("You are signed out. Nothing is lost."),
    signIn: _("Sign in again"),
    needsNetwork: _("Without a network this can't be done. Nothing was changed; try again when it is back."),
    unanswered: _("There was no answer. Try again in a moment: it happens once, however often it is sent."),
  },

  queue,
  compose,
  editor,
  remark(one: Remark): string {
    const said: Record<Remark["what"], string> = {
      nothing: _("Write a headline or a paragraph."),
      byline: _("Say who wrote it."),
      "key-headline": _("A key event needs a headline."),
      "too-long-headline": _("The headline is over %(num)s characters.", { num: LIMITS.line }),
      "too-many-blocks": _("More than %(num)s parts. Split it into several posts.", { num: LIMITS.blocks }),
      "too-many-images": _("More than %(num)s pictures. Split it into several posts.", { num: LIMITS.images }),
      "too-many-people": _("At most %(num)s people, sources and topics each.", { num: LIMITS.people }),
      "too-large": _("More text than a post may have. Split it."),
      credit: _("A picture has no credit."),
      alt: _("A picture has no words for those who can't see it."),
      caption: _("A picture has no caption."),
      speaker: _("A quotation has no speaker."),
      "quote-source": _("A quotation has no source."),
      words: _("A quotation has no words."),
      media: _("A picture is not there yet."),
      file: _("A file is not there yet."),
      title: _("A file has no title."),
      refused: _("A picture or a file was refused. Take it out, or send another."),
      address: _("An address leads nowhere."),
      unconfirmed: _("Readers see “Unconfirmed”: a source is not confirmed."),
      "no-source": _("No source is named."),
      name: _("“%(found)s”: did you mean “%(known)s”?", { found: one.found ?? "", known: one.known ?? "" }),
      long: _("The headline is long for a telephone."),
    };
    return said[one.what];
  },

  page,
  ask,
  merge,
  running,
  related,
  pins,
  posts,
  history,
  replay,
  topics,
  pictures,
  takedown,
  people,
  audit,
  kinds: {
    reporter: _("Our reporter"),
    wire: _("Wire"),
    official: _("Official"),
    eyewitness: _("Eyewitness"),
    social: _("Social media"),
    publication: _("Publication"),
  },
  roles: {
    administrator: _("Administrator"),
    editor: _("Editor"),
    reporter: _("Reporter"),
    contributor: _("Contributor"),
    viewer: _("Viewer"),
  },
  verifications: { unconfirmed: _("Unconfirmed"), confirmed: _("Confirmed"), wrong: _("Wrong") },
  /** Behind a source's name, in brackets. */
  verified: { unconfirmed: _("unconfirmed"), confirmed: _("confirmed"), wrong: _("wrong") },
  bylineIn: (who: string, place: string) => _("%(who)s in %(place)s", { who, place }),

  keysTitle: _("Keys"),
  keyList: [
    [_("Ctrl + Enter"), _("Publish, or hand in")],
    [_("Ctrl + Shift + Enter"), _("Hand in for review")],
    ["N", _("New post")],
    ["1  2  3  4", _("To the queue, the post, the page, all posts")],
    [_("Space, Shift + ↑ ↓"), _("Among all posts: choose")],
    ["J  K", _("Next and previous in a list")],
    [_("Enter"), _("Open what is chosen")],
    ["/", _("In the text: insert a heading, list, quotation, picture")],
    ["@", _("In the text: a name of the coverage")],
    [_("Ctrl + B, I, K"), _("Bold, italic, link")],
    [_("Alt + ↑ ↓"), _("Among pinned posts, topics or related coverage: move one")],
    [_("Esc"), _("Out of the text; close what is open")],
    ["?", _("These keys")],
  ] as [string, string][],

  actions: {
    publish: _("Publish"),
    submit: _("Hand in"),
    return: _("Return"),
    approve: _("Release"),
    schedule: _("Schedule"),
    unschedule: _("Take off the schedule"),
    discard: _("Discard"),
    comment: _("Comment"),
    take: _("Take over"),
    pin: _("Pin"),
    unpin: _("Unpin"),
    key: _("Key event"),
    unkey: _("No key event"),
    withdraw: _("Withdraw"),
    redact: _("Take down"),
    verification: _("Verification"),
    status: _("Status"),
    pins: _("Order of the pinned posts"),
    topic: _("Add a topic"),
  } as Record<string, string>,
  /** Why something came back: the server's words, or what the outbox itself has found. */
  refusal: (told: string) => {
    if (told === CLASH) return _("Somebody else has changed it. Both versions are here; choose, then send it again.");
    if (!UNFIT.test(told)) return refusal(told);
    const [, than, n] = LENGTH.exec(told) ?? [];
    if (than === "<=") return _("Something is longer than it may be (%(num)s). Shorten it.", { num: Number(n) });
    if (than) return _("Something that has to be filled in is empty. Fill it in.");
    return _("Something does not have the form that it needs: %(told)s", { told });
  },
};
