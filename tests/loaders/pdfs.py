"""PDFs of our own making: two columns, running heads, superscripts, cut words, a list of references."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

WIDTH, HEIGHT = A4
TITLE = "Vesicles from stem cells in the joints of rats: a made up study of repair"
HEAD = "Journal of Made Up Vesicles 2024, 7"
TOPICS = ("the knee", "the hip", "the spine", "the hand", "the jaw", "the shoulder", "the foot")
BODY = ParagraphStyle(
    "body", fontName="Times-Roman", fontSize=10, leading=12, firstLineIndent=10, alignment=4
)
HEADING = ParagraphStyle(
    "heading", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4
)
ENTRY = ParagraphStyle(
    "entry", fontName="Times-Roman", fontSize=8, leading=10, leftIndent=12, firstLineIndent=-12
)
LARGE = ParagraphStyle("large", fontName="Helvetica-Bold", fontSize=18, leading=22)


def sentences_of(number: int, topic: str) -> list[str]:
    """The sentences of one paragraph, as a reader should get them."""
    first, second = number % 12 + 1, (number + 1) % 12 + 1
    return [
        f"In group {number} vesicles lowered interleukin-6 in {topic} of rats<sup>{first}</sup>.",
        f"They carried microRNA-21 and reached the joint of {topic} within two days.<sup>{second},13</sup>",
        f"An immunomodulatory effect of MSC-derived vesicles was seen in {topic} of all animals.",
    ]


def article(*, doi: str | None = "10.1234/pdf.7", password: str | None = None) -> bytes:
    """A PDF of several pages in two columns."""
    story: list[Any] = [
        NextPageTemplate("rest"),
        Paragraph(TITLE, LARGE),
        Paragraph("Jane Doe, Ali Khan", BODY),
    ]
    story += [Paragraph(f"https://doi.org/{doi}", BODY)] if doi else []
    story.append(FrameBreak())
    number = 0
    for name in ("Abstract", "Introduction", "Methods", "Results", "Discussion"):
        story.append(Paragraph(name, HEADING))
        for topic in TOPICS:
            number += 1
            first, *_ = sentences_of(number, topic)
            marked = " ".join([first, *sentences_of(number, topic)[1:]]).replace("sup>", "super>")
            cut = marked.replace("immunomodulatory", "immuno-<br/>modulatory").replace("MSC-", "MSC-<br/>")
            story.append(Paragraph(cut, BODY))
    story.append(Paragraph("References", HEADING))
    story += [
        Paragraph(
            f"{i}. Doe J, Roe A. A title about vesicles and joints with the number {i} and a long end to it. "
            f"J Ves Res. 20{i:02};{i}(2):{i}-{i + 9}. doi: 10.1234/ves.{i}",
            ENTRY,
        )
        for i in range(1, 14)
    ]
    out = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="owner") if password else None
    document = BaseDocTemplate(out, pagesize=A4, encrypt=encrypt, invariant=1)
    column = (WIDTH - 120) / 2

    def columns(height: float) -> list[Frame]:
        return [Frame(50, 50, column, height, id="left"), Frame(70 + column, 50, column, height, id="right")]

    first_page = [Frame(50, HEIGHT - 200, WIDTH - 100, 140, id="top"), *columns(HEIGHT - 260)]
    document.addPageTemplates(
        [
            PageTemplate("first", first_page, onPage=_furniture),
            PageTemplate("rest", columns(HEIGHT - 120), onPage=_furniture),
        ]
    )
    document.build(story)
    return out.getvalue()


def pages(texts: Sequence[str]) -> bytes:
    """A PDF with one line of text a page; an empty one holds a rectangle alone, as a scan holds a picture."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for text in texts:
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def stream_of(stream: bytes, filters: str) -> bytes:
    """A PDF of one page that is drawn by this stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        f"<</Length {len(stream)}/Filter{filters}>>stream\n".encode() + stream + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", [b"0000000000 65535 f \n"]
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"xref\n0 5\n" + b"".join(places) + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n" % len(out)
    return out + table + b"%%EOF"


def _furniture(canvas: Canvas, document: Any) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, HEIGHT - 30, HEAD)
    canvas.drawCentredString(WIDTH / 2, 25, f"Page {document.page} of 9")
