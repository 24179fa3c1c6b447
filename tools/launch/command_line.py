"""Read what course.py is asked for, and do it."""

from __future__ import annotations

import sys

from course_lib import place
from course_lib.text import LANGUAGES
from tools.launch import lab, words
from tools.launch.environment import set_up
from tools.launch.notebooks import copy_all, find, names_in, number_of
from tools.launch.words import say

# The tools of the same names in tools/.
TOOLS = ("build", "check", "export")
COMMANDS = ("open", "bundle", "test", *TOOLS)


def main(arguments: list[str], description: str) -> int:
    """Do what the command line asks for; return the exit code.

    description: the help text.
    """
    words.choose(words.computers_language())
    language, rest = read_language(arguments)
    words.choose(language)
    command = rest.pop(0) if rest[:1] and rest[0] in COMMANDS else "open"
    if command in ("open", "bundle") and {"-h", "--help"} & set(rest):
        print(description)
        return 0
    try:
        return do(command, language, rest)
    except KeyboardInterrupt:
        print()
        return 130


def do(command: str, language: str, rest: list[str]) -> int:
    """Do one command."""
    if command == "bundle":
        from tools.launch.bundle import bundle

        return bundle(rest)
    if command == "test":
        return lab.run(set_up("dev"), "-m", "pytest", *rest)
    if command in TOOLS:
        tool = place.ROOT / "tools" / f"{command}.py"
        return lab.run(set_up("dev"), str(tool), *rest)
    return open_course(language, rest)


def open_course(language: str, rest: list[str]) -> int:
    """Open the course: rest is a lesson and options for JupyterLab."""
    lesson, options = split_lesson(rest, language)
    folder = place.ROOT / "notebooks" / language
    if lesson and find(folder, lesson) is None:
        names = " ".join(names_in(folder))
        sys.exit(say("no_lesson", name=lesson, names=names))
    lab.refuse_root(options)
    home = place.course_home()
    lab.tell_place(home)
    environment = set_up()
    copy_all(home)
    page = lab.page_of(language, lesson)
    return lab.open_lab(environment, home, language, page, options)


def read_language(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the language that is asked for, and the other arguments."""
    language, rest = words.computers_language(), []
    left = iter(arguments)
    for argument in left:
        name, equals, value = argument.partition("=")
        if name != "--language":
            rest.append(argument)
            continue
        language = value if equals else next(left, "")
        if language not in LANGUAGES:
            sys.exit(say("no_value"))
    return language, rest


def split_lesson(
    arguments: list[str], language: str
) -> tuple[str | None, list[str]]:
    """Return the lesson among the arguments, and the options around it.

    A word after an option, such as 9999 after --port, is that option's
    value, unless it is a lesson's name. Exits with a sentence for a first
    word that is neither a lesson nor a command.
    """
    folder = place.ROOT / "notebooks" / language
    lesson, options = None, []
    for k, word in enumerate(arguments):
        named = not word.startswith("-") and is_lesson(word, folder)
        value = k > 0 and arguments[k - 1].startswith("-")
        if lesson is None and named:
            lesson = word
        elif word.startswith("-") or value:
            options.append(word)
        else:
            sys.exit(say("no_command", name=word, names=" ".join(COMMANDS)))
    return lesson, options


def is_lesson(word: str, folder) -> bool:
    """Return whether a word is a lesson, or looks like the number of one."""
    return bool(number_of(word)) or find(folder, word) is not None
