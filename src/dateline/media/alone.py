"""What the processes share that have one file each: little memory and time, and lines of JSON.

A decoder that is led astray dies there, alone. It knows no database and no network.
"""

import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import msgspec

from dateline.domain.pictures import Edition
from dateline.media.details import Details, Job, Told
from dateline.media.kinds import Refused

MOST_MEMORY = 4 * 1024**3
MOST_SECONDS = 90


def work_alone(work: Callable[[Job], tuple[Details, Edition]]) -> None:
    """The life of the process. It ends with 0 whenever it has said what came of the file."""
    # Whoever stops the server may stop all its processes. To die of that would look as if the
    # file were to blame: the server ends this one itself, and begins it again.
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    try:
        details, edition = work(job)
        _tell(Told(progress=100, details=details, edition=edition))
    except Refused as error:
        _tell(Told(refused=str(error)))
    except OSError as error:
        _tell(Told(waits=str(error)))
    except MemoryError:
        _tell(Told(refused="It takes more memory than there is for one file. Make it smaller."))


def read_original(job: Job) -> bytes:
    """:raises Refused: it is not there any more."""
    try:
        return Path(job.original).read_bytes()
    except FileNotFoundError as error:
        raise Refused("The original is not there any more. Send the file again.") from error


def tell_progress(percent: int) -> None:
    _tell(Told(progress=percent))


def _tell(told: Told) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()
