"""The composition root: settings become objects, objects become a site and the jobs beside it."""

import time
from collections.abc import Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from dateline.auth.keys import own_key
from dateline.auth.mailing import Mail
from dateline.auth.mailing import Server as MailServer
from dateline.auth.oidc import Oidc, Provider
from dateline.auth.staff import Staff
from dateline.auth.tokens import Tokens
from dateline.delivery.figures import Figures
from dateline.delivery.hub import Hub
from dateline.delivery.places import Places
from dateline.desk.clock import Clock
from dateline.domain.rights import Role
from dateline.enrich.embeds import Embeds
from dateline.enrich.fetching import Fetcher
from dateline.media.pictures import pictures_of
from dateline.projections.background import BackgroundSearches
from dateline.projections.front import FrontProjection
from dateline.projections.naming import Naming
from dateline.projections.related import Related, SharedWords
from dateline.projections.searching import Searching
from dateline.projections.vocabulary import Counting, Vocabulary
from dateline.render.environment import use_newsroom
from dateline.render.page import Assets
from dateline.render.theme import use_templates
from dateline.settings import Settings
from dateline.sockets import most_readers
from dateline.store.drafts import SqliteDrafts
from dateline.store.presence import SqlitePresence
from dateline.store.search import SearchIndex
from dateline.store.signals import RIGHTS
from dateline.store.sqlite import SqliteEventLog
from dateline.web.door import Door
from dateline.web.files import load_assets
from dateline.web.ready import Ready
from dateline.web.site import Site
from dateline.web.theme import with_theme

STATIC = Path(__file__).parent / "web" / "static"


class Job(NamedTuple):
    """Work that goes on for as long as the server does."""

    name: str
    work: Coroutine[Any, Any, None]


def compose(
    settings: Settings,
    log: SqliteEventLog,
    figures: Figures,
    demo_people: Mapping[Role, str],
) -> tuple[Site, list[Job]]:
    """What answers requests, and the jobs that each worker of a server has."""
    vocabulary = Vocabulary()
    hub = Hub(
        log,
        figures=figures,
        idle_seconds=settings.idle,
        heartbeat=settings.heartbeat,
        finders=partial(Naming, vocabulary),
    )
    front, index = FrontProjection(log), SearchIndex(log.database)
    ready = Ready()
    searching = Searching(log, index, ready.clear)
    likeness = SharedWords(searching, time.monotonic, BackgroundSearches(ready.clear))
    tell_of_rights = partial(log.signals.give, RIGHTS)
    staff = Staff.of(log.database, tell_of_rights)
    mail = _mail(settings)
    site = Site(
        log=log,
        drafts=SqliteDrafts(log.database, log.signals),
        presence=SqlitePresence(log.database, log.signals),
        signals=log.signals,
        hub=hub,
        tokens=Tokens(log.database, tell_of_rights),
        staff=staff,
        demo_people=demo_people,
        mail=mail,
        oidc=_oidc(settings, staff, log),
        front=front,
        searching=searching,
        related=Related(front, likeness, searching.headlines),
        door=Door(time.monotonic),
        ready=ready,
        places=Places(settings.readers or most_readers(), settings.readers_per_address),
        figures=figures.all,
        assets=_assets(settings),
        static=STATIC,
        media=settings.data / "media",
        pictures=pictures_of(
            log.database,
            settings.data,
            mib=settings.upload_mib,
            megapixels=settings.upload_megapixels,
            hours=settings.upload_hours,
        ),
        lifetime=settings.lifetime,
        url=settings.url,
        theme=_theme(settings),
        security_contact=settings.security_contact,
    )
    jobs = [
        Job("hub: close idle channels", hub.run()),
        Job("searching: follow the log", searching.run()),
        Job("vocabulary: count", Counting(vocabulary, index).run()),
    ]
    if mail:
        jobs.append(Job("mail: send letters", mail.run()))
    return site, jobs


def once(settings: Settings, log: SqliteEventLog, site: Site) -> list[Job]:
    """The jobs that a server has once, however many workers it has."""
    jobs = [
        Job("darkroom: make pictures", site.pictures.darkroom.run()),
        Job("clock: what is due", Clock(log, site.drafts).run()),
    ]
    if settings.embeds:
        secret = partial(log.database.write, partial(own_key, name="embeds"))
        embeds = Embeds(log, Fetcher(), site.media, secret=secret)
        jobs.append(Job("embeds: follow the log", embeds.run()))
    return jobs


def _theme(settings: Settings) -> Path | None:
    return Path(settings.theme) if settings.theme else None


def _assets(settings: Settings) -> Assets:
    assets = load_assets(STATIC, settings.newsroom)
    use_newsroom(settings.newsroom)
    if theme := _theme(settings):
        assets = with_theme(assets, theme)
        use_templates(theme / "templates")
    return assets


def _oidc(settings: Settings, staff: Staff, log: SqliteEventLog) -> Oidc | None:
    if not settings.oidc_issuer:
        return None
    provider = Provider(
        settings.oidc_issuer, settings.oidc_client, settings.oidc_secret, settings.oidc_name
    )
    return Oidc(provider, log.database, staff.challenges)


def _mail(settings: Settings) -> Mail | None:
    if not settings.smtp_host:
        return None
    server = MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_encryption,
        settings.smtp_sender,
    )
    return Mail(server, settings.newsroom)
