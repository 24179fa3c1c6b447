"""Turn the message of a check into HTML that reads like prose."""

from __future__ import annotations

import html
import re

INDENT = "    "
SHORT = 40  # characters of code that are kept on one line


def to_html(message: str, language: str) -> str:
    """Return paragraphs, code in code style, and blocks that keep columns.

    message: one paragraph a line; lines that begin with four spaces are a
    block; what stands in backticks is code.
    """
    pieces: list[str] = []
    block: list[str] = []
    for line in [*message.split("\n"), ""]:
        if line.startswith(INDENT):
            block.append(line[len(INDENT) :])
            continue
        if block:
            pieces.append(_block("\n".join(block)))
            block = []
        if line:
            pieces.append(_paragraph(line))
    if not pieces:
        return ""
    return (
        f'<div lang="{language}" style="max-width:62em;'
        f'overflow-wrap:anywhere;line-break:strict">{"".join(pieces)}</div>'
    )


def _paragraph(line: str) -> str:
    return f'<p style="margin:4px 0">{inline(line)}</p>'


def inline(text: str) -> str:
    """Escape a text and set what stands in backticks as code."""
    return re.sub(r"`([^`\n]+)`", _code, html.escape(text, quote=False))


def _code(found: re.Match) -> str:
    code = found.group(1)
    whole = ";white-space:nowrap" if len(code) <= SHORT else ""
    return f'<code style="font-size:inherit{whole}">{code}</code>'


def _block(text: str) -> str:
    wide = max(len(line) for line in text.split("\n")) > 80
    wrap = "pre-wrap" if wide else "pre"
    return (
        f'<pre style="margin:2px 0 4px 1.5em;white-space:{wrap};'
        f'word-break:normal;overflow-x:auto">'
        f"{html.escape(text, quote=False)}</pre>"
    )
