"""What the API can do with uploads: tus 1.0.0, whose words stand in headers."""

from dateline.web.api.operation import Header, Operation
from dateline.web.api.uploads import UploadAnswer
from dateline.web.errors import UPLOADS

BYTES = "application/offset+octet-stream"
_NUMBER = "^[0-9]{1,15}$"
_BASE64 = "[A-Za-z0-9+/]+={0,2}"
_VERSION = Header("Tus-Resumable", r"^1\.0\.0$", "The version of tus.")
_LENGTH = Header("Upload-Length", _NUMBER, "How many bytes the whole file has.")
_OFFSET = Header("Upload-Offset", _NUMBER, "How many bytes are there.")
_METADATA = Header(
    "Upload-Metadata",
    f"^filename {_BASE64},id {_BASE64}$",
    "`filename` and `id`, a UUID made on the device, each with its value in base64.",
)
_CHECKSUM = Header(
    "Upload-Checksum",
    "^(sha1 [A-Za-z0-9+/]{27}=|sha256 [A-Za-z0-9+/]{43}=)$",
    "What the bytes of this request come to, in base64.",
)
_LOCATION = Header("Location", f"^{UPLOADS}/", "The address of the upload.")
_ONE = f"{UPLOADS}/{{upload_id}}"
OF_UPLOADS = (
    Operation(
        "options",
        UPLOADS,
        "What this server can of tus",
        None,
        status=204,
        gives=(
            _VERSION,
            Header("Tus-Version", r"^1\.0\.0$", "All the versions there are."),
            Header("Tus-Extension", "^creation,termination,checksum$", "What there is of tus."),
            Header("Tus-Checksum-Algorithm", "^sha1,sha256$", "Of what there can be checksums."),
            Header("Tus-Max-Size", _NUMBER, "The most bytes that a file may have."),
        ),
        takes_key=False,
    ),
    Operation(
        "post",
        UPLOADS,
        "Begin an upload; with an id that was used, the same one",
        UploadAnswer,
        status=201,
        needs=(_VERSION, _LENGTH, _METADATA),
        gives=(_VERSION, _LOCATION, _LENGTH, _OFFSET),
        takes_key=False,
    ),
    Operation(
        "get",
        _ONE,
        "How far an upload is. tus asks by HEAD, which is answered without the body",
        UploadAnswer,
        needs=(_VERSION,),
        gives=(_VERSION, _LENGTH, _OFFSET),
        is_for_desk=True,
    ),
    Operation(
        "patch",
        _ONE,
        "The next bytes",
        None,
        status=204,
        needs=(_VERSION, _OFFSET),
        takes=(_CHECKSUM,),
        gives=(_VERSION, _LENGTH, _OFFSET),
        content=BYTES,
        takes_key=False,
        faults=(("460", "What arrived is not what was sent; nothing of it was kept"),),
    ),
    Operation(
        "delete",
        _ONE,
        "Give an upload up that is not whole",
        None,
        status=204,
        needs=(_VERSION,),
        gives=(_VERSION,),
        takes_key=False,
    ),
)
