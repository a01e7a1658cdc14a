"""What a reader can take (RFC 9110, 12.5.3)."""


def accepts(header: str, coding: str) -> bool:
    """Whether an `Accept-Encoding` names this coding, and does not refuse it with q=0."""
    for one in header.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "").rstrip("0").rstrip(".") != "q="
    return False
