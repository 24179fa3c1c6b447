"""Measure the checks with the bank: python -m tests.bank [5_5 ...]."""

import argparse
import os

from tests.bank import COLUMNS, bank_of, counted, lessons_with_bank, verdict

GOOD = {"accepted", "specific"}


def main() -> None:
    """Print one line for each exercise and lesson, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", help="such as 5_5")
    parser.add_argument("--language", default="en")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    os.environ["COURSE_PROGRESS"] = "off"
    heads = "".join(f"{key:>11}" for key in COLUMNS)
    print(f"{'exercise':26}{heads}{'specific':>11}")
    everything = []
    for number in options.lessons or lessons_with_bank():
        lesson = []
        for entry in bank_of(number):
            kind, result = verdict(number, entry, options.language)
            lesson.append((entry, kind))
            if options.list and kind not in GOOD:
                said = getattr(result, "diagnosis", result)
                print(f"  {entry.exercise}: {entry.note}: {kind}: {said!r}")
        for name in dict.fromkeys(entry.exercise for entry, _ in lesson):
            part = [pair for pair in lesson if pair[0].exercise == name]
            print(counted(f"{number}/{name}", part))
        print(counted(f"sum of {number}", lesson))
        everything += lesson
    print(counted("sum", everything))


main()
