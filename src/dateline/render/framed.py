"""The page around another site's player: it fills the frame that a reader has opened by a click."""

from dateline.domain.blocks import Embed
from dateline.render.environment import environment_of
from dateline.render.page import Assets
from dateline.render.players import Player


def player_html(embed: Embed, player: Player, lang: str, assets: Assets) -> bytes:
    template = environment_of(lang).get_template("player.html.j2")
    title = embed.title or player.name
    return template.render(title=title, player=player, assets=assets).encode()
