"""Set up the course and open it, test it, build or export notebooks.

    python course.py                 open the course in JupyterLab
    python course.py 5_4             open one lesson
    python course.py --language ja   open it in Japanese
    python course.py bundle --platform windows
                                     make a zip for a room without network
    python course.py test            run all tests
    python course.py check           look for what is wrong in the lessons
    python course.py build 5_4       build the notebooks of a lesson
    python course.py export --pdf    write the solutions as web pages and PDF

Only Python is needed: a virtual environment is made in .venv at the first
start (this needs the network once, or the folder wheels/ of a bundle).
Options that are not known here go to JupyterLab, such as --port 9999.
"""

# This file must run, as far as the sentence below, on every old Python.
import sys

OLDEST = (3, 10)
SENTENCE = """\
The course needs Python {0}.{1} or newer; this is {2}.{3}. {4}
Python {0}.{1} 以降が必要です（いまの Python は {2}.{3} です）。"""


def newer():
    """Say how to start with a newer Python of this computer."""
    import shutil

    for minor in range(20, OLDEST[1] - 1, -1):
        name = "python3.{}".format(minor)  # noqa: UP032 - no f in old ones
        if shutil.which(name):
            return "There is one here: " + name + " course.py"
    return "Get one from your system or from the web page of Python."


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(SENTENCE.format(*OLDEST, *sys.version_info[:2], newer()))
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from tools.launch.command_line import main

    sys.exit(main(sys.argv[1:], __doc__))
