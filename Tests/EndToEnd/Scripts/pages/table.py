"""The pages that every look is taken at: add a line for each new one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """An address, who sees it ("nobody", "player" or "admin"), and what shows that it is complete."""

    path: str
    who: str = "nobody"
    ready: str = "main h1"


PAGES = [
    Page("/", ready="body > footer a"),
    Page("/", "player", ready='#doors a[href="/account"]'),
    Page("/register"),
    Page("/login"),
    Page("/renew", ready="#place a"),
    Page("/renew", "player", ready="#prove"),
    Page("/claim", ready="#place p"),
    Page("/claim#" + "A" * 43, ready="#claim"),
    Page("/account", "player", ready="#sessions li"),
    Page("/profile", "player", ready="#about .slot"),
    Page("/games", "player", ready="#catalogue .list li"),
    Page("/match", "player", ready="#without, article.match"),
    Page("/match#requests", "player", ready="#outgoing .empty, #outgoing li"),
    Page("/match#teammates", "player", ready="#mates .empty, #mates li"),
    Page("/match#blocks", "player", ready="#blocked .empty, #blocked li"),
    Page("/messages", "player", ready="#conversations .empty, #conversations li"),
    Page("/communities", "player", ready="#communities .empty, #communities h2"),
    Page("/notifications", "player", ready="#notifications .empty, #notifications li"),
    Page("/admin", "player", ready="main .failure"),
    Page("/admin", "admin", ready="#tiles section:nth-child(4) p"),
    Page("/admin/accounts", "admin", ready="#accounts li"),
    Page("/admin/audit", "admin", ready="#events .event"),
    Page("/admin/reports", "admin", ready="#reports .empty, #reports li"),
    Page("/admin/functions", "admin", ready="#functions tbody tr"),
    Page("/admin/queue", "admin", ready="#calls .empty, #calls li"),
    Page("/admin/master-key", "admin", ready="#place ol"),
    Page("/admin/backups", "admin", ready="#backups .empty, #backups table"),
    Page("/docs", ready=".operation"),
    Page("/legal"),
    Page("/privacy"),
    Page("/terms"),
    Page("/nothing"),
]
