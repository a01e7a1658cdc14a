"""The table of all that the API can do: coverages, posts and drafts here, the rest beside it."""

from typing import get_args

from dateline.domain import commands
from dateline.domain.drafts import Filing, State
from dateline.store.log import BATCH
from dateline.web.api import (
    answers,
    draft_actions,
    draft_answers,
    numbers,
    presence,
    takedown,
)
from dateline.web.api.incoming import MOST_POSTS, MOST_SEQ
from dateline.web.api.operation import Operation
from dateline.web.api.operations_people import OF_PEOPLE
from dateline.web.api.operations_pictures import OF_PICTURES
from dateline.web.api.operations_uploads import OF_UPLOADS
from dateline.web.api.search import FOUND

_C = "/api/coverages"
_S = f"{_C}/{{slug}}"
_P = f"{_S}/posts"
_I = f"{_P}/{{post_id}}"
_D = f"{_S}/drafts"
_ONE = f"{_D}/{{draft_id}}"
OPERATIONS = (
    Operation("post", _C, "Open a coverage", answers.StatusAnswer, commands.OpenCoverage, 201),
    Operation("get", _C, "List the coverages", answers.CoveragesAnswer),
    Operation("get", _S, "Read a coverage", answers.CoverageAnswer),
    Operation(
        "patch", _S, "Describe a coverage anew", answers.StatusAnswer, commands.DescribeCoverage
    ),
    Operation(
        "post", f"{_S}/status", "Change the status", answers.StatusAnswer, commands.ChangeStatus
    ),
    Operation(
        "get",
        f"{_S}/events",
        "Read the log",
        answers.EventsAnswer,
        query=(("after", 0, MOST_SEQ), ("limit", 1, BATCH)),
    ),
    Operation("get", f"{_S}/briefing", "Read the briefing", answers.BriefingAnswer),
    Operation(
        "put",
        f"{_S}/briefing",
        "Set the briefing",
        answers.SettingReceipt,
        commands.SetBriefing,
        takes_revision="may",
    ),
    Operation("get", f"{_S}/topics", "Read the topics", answers.TopicsAnswer),
    Operation(
        "put",
        f"{_S}/topics",
        "Set the desk's word on the topics",
        answers.SettingReceipt,
        commands.SetTopics,
        takes_revision="may",
    ),
    Operation("get", f"{_S}/pins", "Read the order of the pinned posts", answers.PinsAnswer),
    Operation(
        "put",
        f"{_S}/pins",
        "Set the order of the pinned posts",
        answers.StatusAnswer,
        commands.OrderPins,
    ),
    Operation("post", _P, "Publish a post", answers.PostReceipt, commands.PublishPost, 201),
    Operation(
        "get",
        _P,
        "List the posts",
        answers.PostsAnswer,
        query=(("before", 0, MOST_SEQ), ("limit", 1, MOST_POSTS)),
    ),
    Operation(
        "get",
        "/api/search",
        "Find posts by their words",
        answers.FoundsAnswer,
        query=(("limit", 1, FOUND),),
        words=("q", "besides"),
    ),
    Operation("get", _I, "Read a post and its history", answers.PostHistoryAnswer),
    Operation(
        "patch",
        _I,
        "Revise or correct a post",
        answers.PostReceipt,
        commands.RevisePost,
        takes_revision="must",
    ),
    *(
        Operation("post", f"{_I}/{name}", summary, answers.PostReceipt, body)
        for name, summary, body in (
            ("withdraw", "Withdraw a post, with a reason", commands.WithdrawPost),
            ("redact", "Take a post down: its words go everywhere", commands.RedactPost),
            ("pin", "Pin a post to the top", commands.PinPost),
            ("unpin", "Unpin a post", commands.UnpinPost),
            ("key", "Mark a post as a key event", commands.MarkKeyEvent),
            ("unkey", "Take the key-event mark off", commands.UnmarkKeyEvent),
            ("verification", "Say how far a source is trusted", commands.ChangeVerification),
        )
    ),
    Operation(
        "get",
        f"{_I}/takedown",
        "How far a takedown is",
        takedown.TakedownAnswer,
        is_for_desk=True,
    ),
    Operation(
        "get",
        _D,
        "List the drafts",
        draft_answers.DraftsAnswer,
        choices=(("state", get_args(State)),),
        is_for_desk=True,
    ),
    Operation(
        "put",
        _ONE,
        "Keep a draft",
        draft_answers.DraftAnswer,
        Filing,
        takes_revision="or new",
        takes_key=False,
    ),
    Operation("get", _ONE, "Read a draft", draft_answers.DraftAnswer, is_for_desk=True),
    Operation(
        "delete",
        _ONE,
        "Discard a draft",
        None,
        status=204,
        takes_revision="must",
        takes_key=False,
    ),
    Operation(
        "post",
        f"{_ONE}/publish",
        "Publish a draft, once",
        answers.PostReceipt,
        draft_actions.Release,
        201,
        takes_revision="may",
        takes_key=False,
    ),
    *(
        Operation(
            "post",
            f"{_ONE}/{name}",
            summary,
            draft_answers.DraftAnswer,
            draft_actions.ACTIONS[name].body,
            takes_revision="may",
            takes_key=draft_actions.ACTIONS[name].body is draft_actions.Words,
        )
        for name, summary in (
            ("submit", "Hand a draft in"),
            ("return", "Give a draft back, with a comment"),
            ("approve", "Release a draft, for somebody else to publish"),
            ("schedule", "Have a draft published at a time"),
            ("unschedule", "Take a draft off the schedule"),
            ("comment", "Comment on a draft"),
        )
    ),
    Operation(
        "post",
        f"{_ONE}/take",
        "Take a draft over from who is at it",
        draft_answers.DraftAnswer,
        presence.Taking,
        takes_key=False,
    ),
    Operation("get", f"{_S}/numbers", "Read the numbers", numbers.NumbersAnswer, is_for_desk=True),
    Operation(
        "post",
        f"{_S}/presence",
        "Say that one is here, and at what",
        presence.PresenceAnswer,
        presence.Report,
        takes_key=False,
    ),
    *OF_PICTURES,
    *OF_UPLOADS,
    *OF_PEOPLE,
)
