"""A text of the course in both of its languages."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "ja")


@dataclass(frozen=True)
class Text:
    """Hold one text in English and in Japanese: `Text("Yes", "はい")`."""

    en: str
    ja: str

    def of(self, language: str) -> str:
        """Return the text in "en" or "ja".

        Raises ValueError for another language.
        """
        check_language(language)
        return self.ja if language == "ja" else self.en


def check_language(language: str) -> None:
    """Raise ValueError unless language is "en" or "ja"."""
    if language not in LANGUAGES:
        raise ValueError(f'language is {language!r}, expected "en" or "ja"')
