"""The whole table of routes, and the ASGI app they make."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide

from dateline.web import delta, files, reader, stream
from dateline.web.api import coverages, openapi, posts
from dateline.web.api.incoming import MAX_BODY
from dateline.web.errors import handle
from dateline.web.headers import with_security_headers
from dateline.web.site import Site

ROUTES = [
    # Readers
    reader.front,  #              GET   /
    reader.live,  #               GET   /live/{slug}
    reader.post_address,  #       GET   /live/{slug}/p/{post_id}
    stream.stream,  #             GET   /live/{slug}/stream
    delta.delta,  #               GET   /live/{slug}/changes/{after}
    files.static,  #              GET   /static/{name}
    files.media,  #               GET   /media/{name}
    # The API
    openapi.openapi,  #           GET   /api/openapi.json
    coverages.open_coverage,  #   POST  /api/coverages
    coverages.list_coverages,  #  GET   /api/coverages
    coverages.read_coverage,  #   GET   /api/coverages/{slug}
    coverages.describe_coverage,  # PATCH /api/coverages/{slug}
    coverages.change_status,  #   POST  /api/coverages/{slug}/status
    coverages.read_events,  #     GET   /api/coverages/{slug}/events
    posts.publish_post,  #        POST  /api/coverages/{slug}/posts
    posts.list_posts,  #          GET   /api/coverages/{slug}/posts
    posts.read_post,  #           GET   /api/coverages/{slug}/posts/{post_id}
    posts.revise_post,  #         PATCH /api/coverages/{slug}/posts/{post_id}
    posts.act,  #                 POST  /api/coverages/{slug}/posts/{post_id}/{action}
]


def make_app(site: Site) -> Litestar:
    """The HTTP edge of a site."""

    def provide_site() -> Site:
        return site

    return Litestar(
        route_handlers=ROUTES,
        state=State({"site": site}),
        dependencies={"site": Provide(provide_site, sync_to_thread=False)},
        exception_handlers={Exception: handle},
        openapi_config=None,
        middleware=[with_security_headers],
        request_max_body_size=MAX_BODY,
        logging_config=None,
    )
