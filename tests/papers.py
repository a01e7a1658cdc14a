"""Documents that the tests write: plain ones, and those that tell or do more than they should."""

import zlib
from collections.abc import Callable
from io import BytesIO

from pikepdf import (
    Array,
    AttachedFileSpec,
    Dictionary,
    Encryption,
    Name,
    ObjectStreamMode,
    Pdf,
    Stream,
    StreamDecodeLevel,
    String,
)
from PIL import Image

from drawing import a_picture

CSV = "State;Seats\nBelgium;21\nEspaña;59\n".encode()
TEXT = "The parties agree.\n\nThey will meet again in Genève.\n".encode()
SECRET = b"SECRET"
Change = Callable[[Pdf], None]


def a_pdf(pages: int = 1, *changes: Change, encryption: Encryption | None = None) -> bytes:
    """Pages of A4 with a line on each, and what is done to it besides."""
    with Pdf.new() as pdf:
        for n in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            page = pdf.pages[-1]
            page.Resources = Dictionary(
                Font=Dictionary(
                    F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
                )
            )
            page.Contents = Stream(pdf, f"BT /F 24 Tf 72 720 Td (Page {n + 1}) Tj ET".encode())
        for change in changes:
            change(pdf)
        out = BytesIO()
        pdf.save(out, encryption=encryption or False, compress_streams=False)
        return out.getvalue()


def plain(data: bytes) -> bytes:
    """The same PDF with nothing packed, so that one can look for words."""
    out = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.generalized,
            object_stream_mode=ObjectStreamMode.disable,
        )
    return out.getvalue()


def says(secret: str) -> str:
    """Words that must not reach readers, recognised wherever they turn up."""
    return f"{SECRET.decode()}-{secret}"


def with_author(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = says("author")
    pdf.docinfo["/Producer"] = says("program")
    layers = Dictionary(Creator=String(says("program")), Order=Array([]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=layers)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["dc:creator"] = [says("xmp")]


def with_script(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{says('script')}')"))
    pdf.Root.OpenAction = action
    pdf.Root.AA = Dictionary(WC=action)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))
    pdf.pages[0].AA = Dictionary(O=action)


def with_attachment(pdf: Pdf) -> None:
    name = f"{says('attachment')}.docx"
    pdf.attachments[name] = AttachedFileSpec(pdf, says("attached").encode(), filename=name)
    inner = Dictionary(EF=Dictionary(F=Stream(pdf, says("attached").encode())))
    annotate(pdf, Dictionary(Subtype=Name.FileAttachment, FS=inner))


def with_actions(pdf: Pdf) -> None:
    """Links that start a program, send a form, open a file; and one to the web, which may stay."""
    where = String(f"file:///{says('address')}")
    form = Dictionary(S=Name.SubmitForm, F=String(f"https://example.org/{says('form')}"))
    for action in (
        Dictionary(S=Name.Launch, F=String(says("program"))),
        Dictionary(S=Name.GoToR, F=String(says("file")), D=Array([0, Name.Fit])),
        Dictionary(S=Name.URI, URI=String(f"javascript:{says('script')}")),
        Dictionary(S=Name.URI, URI=where),
        Dictionary(S=Name.URI, URI=String("https://example.org/one"), Next=Array([form])),
        form,
    ):
        annotate(pdf, Dictionary(Subtype=Name.Link, A=action))


def with_remark(pdf: Pdf) -> None:
    """A note in the margin, with who wrote it and when."""
    note = {"T": says("reader"), "M": says("time"), "CreationDate": says("time"), "NM": says("id")}
    remark = Dictionary(Subtype=Name.Text, Contents=String("See page 3"))
    for name, said in note.items():
        remark[f"/{name}"] = String(said)
    annotate(pdf, remark)


def with_form(pdf: Pdf) -> None:
    """A field that was filled in, a button that does something, and a signature."""
    field = Dictionary(
        Subtype=Name.Widget, FT=Name.Tx, T=String("case"), V=String("C-333/21"),
        AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=String(says("script")))),
    )  # fmt: skip
    sent = Dictionary(S=Name.SubmitForm, F=String(says("form")))
    press = Dictionary(Subtype=Name.Widget, FT=Name.Btn, T=String("send"), A=sent)
    value = Dictionary(Type=Name.Sig, Name=String(says("signer")), ByteRange=Array([0, 1, 2, 3]))
    signed = Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("sign"), V=value)
    made = [annotate(pdf, one) for one in (field, press, signed)]
    pdf.Root.AcroForm = Dictionary(Fields=Array(made), XFA=String(says("xfa")))


def with_photo(pdf: Pdf) -> None:
    """A photograph that says where it was taken: as it is, and packed once more."""
    exif = Image.Exif()
    exif[0x010F] = says("camera")
    out = BytesIO()
    a_picture((60, 40)).save(out, "JPEG", exif=exif, comment=says("comment").encode())
    jpeg = out.getvalue()
    drawn = []
    for n, (data, filters) in enumerate(
        [
            (jpeg, Name.DCTDecode),
            (zlib.compress(jpeg), Array([Name.FlateDecode, Name.DCTDecode])),
        ]
    ):
        image = Stream(pdf, data)
        told = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceRGB}
        sizes = {"Width": 60, "Height": 40, "BitsPerComponent": 8}
        for name, value in {**told, **sizes, "Filter": filters}.items():
            image[f"/{name}"] = value
        pdf.pages[0].add_resource(image, Name.XObject, Name(f"/Im{n}"))
        drawn.append(f"q 60 0 0 40 {100 * n} 100 cm /Im{n} Do Q")
    pdf.pages[0].contents_add(" ".join(drawn).encode())


def annotate(pdf: Pdf, note: Dictionary) -> Dictionary:
    note["/Type"], note["/Rect"] = Name.Annot, Array([10, 10, 60, 30])
    held = pdf.make_indirect(note)
    page = pdf.pages[0]
    if "/Annots" not in page:
        page["/Annots"] = Array([])
    page["/Annots"].append(held)
    return held
