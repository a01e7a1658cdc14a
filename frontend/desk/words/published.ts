/** What is published: the page beside the desk, all posts, their history, the day once more, takedowns. */
import { _, counted } from "../speech.ts";

export const page = {
  title: _("The page, as readers see it"),
  empty: _("Nothing is published yet."),
  older: _("Older posts"),
  edit: _("Edit"),
  pin: _("Pin"),
  unpin: _("Unpin"),
  key: _("Key event"),
  unkey: _("No key event"),
  verify: _("Verification"),
  withdraw: _("Withdraw"),
  redact: _("Take down"),
  open: _("Open the page"),
  actions: (headline: string) => _("Actions: %(headline)s", { headline }),
};

export const posts = {
  title: _("All posts"),
  any: _("Any"),
  filters: { words: _("Words"), author: _("By"), standing: _("State"), mark: _("Mark"), topic: _("Topic"), lacks: _("Without") },
  standings: { published: _("Published"), corrected: _("Corrected"), withdrawn: _("Withdrawn") },
  marks: { key: _("Key events"), pinned: _("Pinned") },
  lacks: {
    credit: _("Credit"),
    alt: _("Words for those who can't see it"),
    source: _("Sources"),
    topic: _("Topic"),
    headline: _("Headline"),
  },
  found: (n: number, all: number) =>
    n === all
      ? counted(n, "%(num)s post", "%(num)s posts")
      : _("Listed: %(found)s of %(num)s", { found: n, num: all }),
  nothing: _("No post is like that."),
  hint: _("Space chooses, Shift and an arrow choose on the way, Ctrl + A chooses all, Esc none."),
  more: (n: number) => _("Show more (%(num)s)", { num: n }),
  withChosen: _("With the posts that are chosen"),
  chosen: (n: number) => _("%(num)s chosen", { num: n }),
  verify: _("Verification …"),
  addTopic: _("Add a topic …"),
  withdraw: _("Withdraw …"),
  clear: _("Choose none"),
  tooMany: (n: number) => _("At most %(num)s at once.", { num: n }),
  report: _("What became of it"),
  progress: (what: string, n: number, all: number) =>
    _("%(what)s: %(done)s of %(num)s answered.", { what, done: n, num: all }),
  finished: (what: string, n: number, all: number) =>
    n === all
      ? counted(all, "%(what)s: done with %(num)s post.", "%(what)s: done with %(num)s posts.", { what })
      : _("%(what)s: done with %(done)s of %(num)s.", { what, done: n, num: all }),
  refused: (n: number) => counted(n, "%(num)s post was not accepted:", "%(num)s posts were not accepted:"),
  chooseRefused: _("Choose those again"),
  withdrawTitle: (n: number) =>
    counted(n, "Withdraw %(num)s post, with a reason?", "Withdraw %(num)s posts, with one reason?"),
  topicTitle: (n: number) => counted(n, "Which topic does %(num)s post get?", "Which topic do %(num)s posts get?"),
};

export const history = {
  title: _("History"),
  back: _("All posts"),
  missing: _("This post can't be shown: it was taken down, or it is not of this coverage."),
  filed: _("Filed"),
  received: _("Received"),
  published: _("Published"),
  released: _("Released by"),
  onPage: _("See it on the page"),
  forReaders: _("Its history, as readers see it"),
  beside: _("Side by side"),
  before: _("Before"),
  after: _("After"),
  added: _("[added:]"),
  removed: _("[removed:]"),
  form: _("Links or form, not the words."),
  types: {
    PostPublished: _("Published"),
    PostRevised: _("Revised"),
    PostCorrected: _("Corrected"),
    PostWithdrawn: _("Withdrawn"),
    PostRedacted: _("Taken down"),
    PostPinned: _("Pinned"),
    PostUnpinned: _("Unpinned"),
    KeyEventMarked: _("Marked as a key event"),
    KeyEventUnmarked: _("No key event any more"),
    VerificationChanged: _("Source checked"),
  } as Record<string, string>,
  checked: (source: string, verdict: string) => _("%(source)s: %(verdict)s", { source, verdict }),
  comments: { comment: _("Comment, for the desk only"), returned: _("Returned, for the desk only") },
  fields: {
    headline: _("Headline"),
    text: _("Text"),
    byline: _("Byline"),
    sources: _("Sources"),
    topics: _("Topics"),
    occurred_at: _("When it happened"),
    language: _("Language"),
  },
};

export const replay = {
  title: _("The day once more"),
  moment: _("Moment"),
  play: _("Play"),
  pause: _("Pause"),
  previous: _("Step back"),
  next: _("Step on"),
  previousKey: _("Key event before"),
  nextKey: _("Next key event"),
  changed: _("A post was changed"),
  step: (n: number, all: number) => _("%(place)s of %(count)s", { place: n, count: all }),
  hint: _("Arrows step, Shift and an arrow go from key event to key event, Space plays."),
  frame: (time: string) => _("The page as it was, %(time)s", { time }),
  open: _("Open it in a tab of its own"),
};

export const takedown = {
  title: _("Takedown"),
  waiting: _("Taken down as soon as this reaches the server."),
  running: _("It is being emptied."),
  done: _("Done: this server has none of it any more."),
  by: (name: string, time: string) => _("Taken down by %(name)s, %(time)s.", { name, time }),
  step: (what: string, state: string) => _("%(what)s: %(state)s", { what, state }),
  isDone: _("done"),
  notYet: _("not yet"),
  steps: {
    log: (n: number) => counted(n, "The record, %(num)s entry", "The record, %(num)s entries"),
    drafts: () => _("Drafts and comments"),
    search: () => _("Search"),
    pages: () => _("Pages, open pages of readers, changes and feeds"),
    disk: () => _("The old bytes on the disk"),
    files: (n: number) => counted(n, "Pictures, %(num)s file removed", "Pictures, %(num)s files removed"),
  } as Record<string, (n: number) => string>,
  kept: (n: number) =>
    counted(n, "%(num)s picture or file stays: another post or a draft has it.", "%(num)s pictures or files stay: another post or a draft has them."),
  byHand: _("Left to do by hand"),
  caches: _("Have caches and networks in front of this server forget these addresses, and all below the first:"),
  backups: _("Delete or rewrite backups from before, as the order demands."),
  others: _("Ask archives, search engines and whoever else has a copy."),
};
