"""One document in a process of its own: `python -m dateline.media.rewriting`.

Apart from that of pictures, since what reads PDFs takes longer to load than a picture's program.
"""

import hashlib
from pathlib import Path

from dateline.domain.documents import ENDINGS, Document
from dateline.domain.pictures import Edition
from dateline.media.alone import read_original, tell_progress, work_alone
from dateline.media.details import Details, Job
from dateline.media.documents import format_of
from dateline.media.pdf import clean_pdf
from dateline.media.whole import write_whole

RECIPE = 1
"""Part of the names: other bytes under an old name would stay unseen in caches for ever."""


def rewrite(job: Job) -> tuple[Details, Edition]:
    """What the desk has said of the document, and the one file for readers.

    :raises Refused: it is none that we take.
    """
    data = read_original(job)
    kind = format_of(data)
    tell_progress(10)
    public, pages = clean_pdf(data) if kind == "pdf" else (data, None)
    tell_progress(90)
    # Its id too: the same file sent twice is two documents, and each can be taken down.
    digest = hashlib.sha256(f"{RECIPE} {job.picture}\n".encode() + data).hexdigest()
    media = digest[:32] + ENDINGS[kind]
    write_whole(Path(job.folder) / media, lambda file: file.write(public))
    details = job.known or Details(kind=kind.upper()).with_said(job.said)
    return details, Edition(media, 0, 0, (), document=Document(kind, len(public), pages))


if __name__ == "__main__":
    work_alone(rewrite)
