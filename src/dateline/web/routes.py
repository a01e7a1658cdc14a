"""The whole table of routes, and the ASGI app they make."""

from collections.abc import Iterator
from typing import Any

from litestar import Litestar, Request, Response, route
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from dateline.web import (
    cards,
    delta,
    desk_stream,
    embed,
    feeds,
    files,
    finding,
    history,
    hours,
    metrics,
    players,
    reader,
    search,
    sharing,
    since,
    sitemap,
    stream,
    theme,
)
from dateline.web.api import (
    audit,
    briefing,
    coverages,
    drafts,
    me,
    media,
    media_uses,
    members,
    numbers,
    openapi,
    people,
    pins,
    posts,
    presence,
    takedown,
    topics,
    uploads,
)
from dateline.web.api import search as api_search
from dateline.web.api.incoming import MAX_BODY
from dateline.web.audience import check_audience, with_privacy
from dateline.web.desk import account, joining, languages, oidc, passkeys, passwords, signing
from dateline.web.desk import app as desk_app
from dateline.web.ending import with_end
from dateline.web.errors import UPLOADS, handle
from dateline.web.head import with_head
from dateline.web.headers import with_security_headers
from dateline.web.origin import check_host
from dateline.web.site import Site

ROUTES = [
    # Readers
    reader.front,  #              GET   /
    reader.live,  #               GET   /live/{slug}
    reader.post_address,  #       GET   /live/{slug}/p/{post_id}
    cards.coverage_card,  #       GET   /live/{slug}/card.png
    cards.post_card,  #           GET   /live/{slug}/p/{post_id}/card.png
    history.history,  #           GET   /live/{slug}/p/{post_id}/history
    players.player,  #            GET   /live/{slug}/p/{post_id}/player/{number}
    sharing.oembed,  #            GET   /oembed
    embed.script,  #              GET   /embed/live.js
    embed.resize,  #              GET   /embed/resize.js
    embed.embed,  #               GET   /embed/{slug}
    search.search,  #             GET   /search
    search.search_coverage,  #    GET   /live/{slug}/search
    reader.topic_address,  #      GET   /live/{slug}/topics/{name}
    hours.hour_address,  #        GET   /live/{slug}/hours/{hour}
    finding.finding,  #          GET   /live/{slug}/finding
    feeds.feed,  #                GET   /live/{slug}/feed.atom .rss .json .ninjs .txt
    stream.stream,  #             GET   /live/{slug}/stream
    since.since,  #               GET   /live/{slug}/since/{seq}
    delta.delta,  #               GET   /live/{slug}/changes/{after}
    files.static,  #              GET   /static/{name}
    files.media,  #               GET   /media/{name}
    theme.theme,  #               GET   /theme/{name}
    sitemap.sitemap,  #           GET   /sitemap.xml
    sitemap.robots,  #            GET   /robots.txt
    sitemap.security,  #          GET   /.well-known/security.txt
    metrics.metrics,  #           GET   /metrics
    # The desk's pages that need no script
    signing.sign_in_page,  #      GET   /desk/sign-in
    signing.sign_in,  #           POST  /desk/sign-in
    signing.demo_sign_in,  #      POST  /desk/demo
    signing.sign_out,  #          POST  /desk/sign-out
    passwords.set_password_page,  # GET /desk/set-password
    passwords.set_password,  #    POST  /desk/set-password
    passwords.forgot_page,  #     GET   /desk/forgot
    passwords.forgot,  #          POST  /desk/forgot
    oidc.start,  #                GET   /desk/oidc/start
    oidc.callback,  #             GET   /desk/oidc/callback
    passkeys.begin_sign_in,  #    POST  /desk/passkey/begin
    passkeys.finish_sign_in,  #   POST  /desk/passkey/finish
    account.account_page,  #      GET   /desk/account
    account.change_password,  #   POST  /desk/account/password
    joining.join_page,  #         GET   /desk/join
    joining.join,  #              POST  /desk/join
    languages.choose_language,  # POST  /desk/language
    # The desk's application
    desk_app.desk,  #             GET   /desk, /desk/{path}
    desk_app.words,  #            GET   /desk/words/{name}
    desk_app.manifest,  #         GET   /desk/manifest.webmanifest
    desk_app.worker,  #           GET   /desk/sw.js
    # The API
    openapi.openapi,  #           GET   /api/openapi.json
    me.me,  #                     GET   /api/me
    passkeys.list_passkeys,  #    GET   /api/me/passkeys
    passkeys.begin_passkey,  #    POST  /api/me/passkeys/begin
    passkeys.finish_passkey,  #   POST  /api/me/passkeys/finish
    passkeys.remove_passkey,  #   DELETE /api/me/passkeys/{passkey_id}
    people.list_people,  #        GET   /api/people
    people.add_person,  #         POST  /api/people
    people.change_person,  #      PATCH /api/people/{person_id}
    people.reset_person,  #       POST  /api/people/{person_id}/reset
    people.sign_out_person,  #    POST  /api/people/{person_id}/sign-out
    audit.read_audit,  #          GET   /api/audit
    coverages.open_coverage,  #   POST  /api/coverages
    coverages.list_coverages,  #  GET   /api/coverages
    coverages.read_coverage,  #   GET   /api/coverages/{slug}
    coverages.describe_coverage,  # PATCH /api/coverages/{slug}
    coverages.change_status,  #   POST  /api/coverages/{slug}/status
    coverages.read_events,  #     GET   /api/coverages/{slug}/events
    members.list_members,  #      GET   /api/coverages/{slug}/members
    members.read_member,  #       GET   /api/coverages/{slug}/members/{person_id}
    members.set_member,  #        PUT   /api/coverages/{slug}/members/{person_id}
    members.remove_member,  #     DELETE /api/coverages/{slug}/members/{person_id}
    members.list_invitations,  #  GET   /api/coverages/{slug}/invitations
    members.invite,  #            POST  /api/coverages/{slug}/invitations
    members.revoke_invitation,  # DELETE /api/coverages/{slug}/invitations/{invitation}
    briefing.read_briefing,  #    GET   /api/coverages/{slug}/briefing
    briefing.set_briefing,  #     PUT   /api/coverages/{slug}/briefing
    topics.read_topics,  #        GET   /api/coverages/{slug}/topics
    topics.set_topics,  #         PUT   /api/coverages/{slug}/topics
    pins.read_pins,  #            GET   /api/coverages/{slug}/pins
    pins.order_pins,  #           PUT   /api/coverages/{slug}/pins
    posts.publish_post,  #        POST  /api/coverages/{slug}/posts
    posts.list_posts,  #          GET   /api/coverages/{slug}/posts
    posts.read_post,  #           GET   /api/coverages/{slug}/posts/{post_id}
    posts.revise_post,  #         PATCH /api/coverages/{slug}/posts/{post_id}
    takedown.read_takedown,  #    GET   /api/coverages/{slug}/posts/{post_id}/takedown
    posts.act,  #                 POST  /api/coverages/{slug}/posts/{post_id}/{action}
    drafts.list_drafts,  #        GET   /api/coverages/{slug}/drafts
    drafts.put_draft,  #          PUT   /api/coverages/{slug}/drafts/{draft_id}
    drafts.read_draft,  #         GET   /api/coverages/{slug}/drafts/{draft_id}
    drafts.discard_draft,  #      DELETE /api/coverages/{slug}/drafts/{draft_id}
    drafts.publish_draft,  #      POST  /api/coverages/{slug}/drafts/{draft_id}/publish
    presence.take_draft,  #       POST  /api/coverages/{slug}/drafts/{draft_id}/take
    drafts.act_on_draft,  #       POST  /api/coverages/{slug}/drafts/{draft_id}/{action}
    api_search.search_posts,  #   GET   /api/search
    uploads.offer,  #             OPTIONS /api/uploads
    uploads.begin,  #             POST  /api/uploads
    uploads.read,  #              GET   /api/uploads/{id}
    uploads.go_on,  #             PATCH /api/uploads/{id}
    uploads.give_up,  #           DELETE /api/uploads/{id}
    media.list_pictures,  #       GET   /api/media
    media.read_picture,  #        GET   /api/media/{id}
    media.change_picture,  #      PATCH /api/media/{id}
    media_uses.read_uses,  #      GET   /api/media/{id}/uses
    numbers.read_numbers,  #      GET   /api/coverages/{slug}/numbers
    presence.report_presence,  #  POST  /api/coverages/{slug}/presence
    desk_stream.desk_stream,  #   GET   /api/desk/stream
]


def make_app(site: Site) -> ASGIApp:
    """The HTTP edge of a site."""

    def provide_site() -> Site:
        return site

    app = Litestar(
        route_handlers=[*_options(), *ROUTES],
        state=State({"site": site}),
        dependencies={"site": Provide(provide_site, sync_to_thread=False)},
        before_request=_check,
        exception_handlers={Exception: handle},
        openapi_config=None,
        request_max_body_size=MAX_BODY,
        logging_config=None,
    )
    # Around the app and not its routes: where there is no route, there is an answer too.
    return with_end(with_head(with_security_headers(with_privacy(app))))


async def _check(request: Request[Any, Any, Any]) -> None:
    check_host(request)
    await check_audience(request)


def _options() -> Iterator[HTTPRouteHandler]:
    """OPTIONS for each address. (Litestar's own names only the method it has met first.)"""
    methods: dict[str, set[str]] = {}
    for handler in ROUTES:
        for path in handler.paths:
            methods.setdefault(path, {"OPTIONS"}).update(map(str, handler.http_methods))
    for path, known in methods.items():
        if path == UPLOADS:
            continue  # it has one of its own, which says more
        yield _allowing(path, ", ".join(sorted(known)))


def _allowing(path: str, allow: str) -> HTTPRouteHandler:
    @route(path, http_method="OPTIONS", status_code=204, name=f"options {path}")
    async def options() -> Response[None]:
        return Response(None, headers={"allow": allow})

    return options
