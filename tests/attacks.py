"""What a hostile notebook may try, as cells of a notebook of lesson 5_0.

A cell that gets what it wants raises "DONE ...": the report would say so.
HOME is the folder in which the notebook lies, as the report sees it.
"""

START = """
from course_lib.exercises import lesson
check = lesson("5_0")
done = []
def tried(text, attack):
    try:
        if attack():
            done.append(text)
    except BaseException:
        pass
"""
END = "\nif done: raise RuntimeError(f'DONE {done}')\n"
WRONG = """
def affine(x, W, b):
    return x @ W - b
check("affine", affine)
"""
RIGHT = """
def relu_backward(x, dout):
    return dout * (x > 0)
check("relu_backward", relu_backward)
"""

CELLS = {
    "writes the result file": """
import os, json, glob
good = {"version": 1, "last_visit": 1, "exercises": {
    "5_0/affine": {"tries": 1, "outcome": "correct", "diagnosis": None}}}
for place in (os.environ.get("COURSE_PROGRESS"), "progress.json",
              "HOME/progress.json", "HOME/../out.csv", "HOME/../mark"):
    def write(place=place):
        with open(place, "w") as file:
            json.dump(good, file)
    tried("", write)
""",
    "notes in a loop": """
def loop():
    from course_lib.exercises import record
    import threading
    def work():
        while True:
            record.note("5_0", "affine", "correct", None)
    threading.Thread(target=work, daemon=True).start()
tried("", loop)
""",
    "replaces judge": """
import course_lib.exercises as e, sys
e.judge = lambda *a: e.Result("affine", "correct", "")
type(check).__call__.__globals__["judge"] = e.judge
check.answers["affine"] = 1
for module in list(sys.modules.values()):
    if "course_lib" in getattr(module, "__name__", ""):
        for name in ("same", "difference", "close", "isclose", "allclose"):
            if hasattr(module, name):
                setattr(module, name, lambda *a, **k: None)
import numpy as np
np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
""",
    "answers with the course's version": """
check("affine", check.use("affine"))
""",
    "wraps the course's version": """
check("affine", lambda *a: check.use("affine")(*a))
theirs = check.use("affine")
check("affine", lambda *a: theirs(*a))
""",
    "learns the cases by heart": """
import numpy as np
seen = []
def spy(x, W, b):
    seen.append((x, W, b))
    return x @ W
check("affine", spy)
theirs = check.use("affine")
table = [(case, theirs(*case)) for case in seen]
more = []
def looked_up(*case):
    for known, result in table:
        if all(np.array_equal(a, b) for a, b in zip(known, case)):
            return result
    more.append(case)
    return 0
for _ in range(9):
    check("affine", looked_up)
    table += [(case, theirs(*case)) for case in more]
""",
    "appends to judge.py": """
import pathlib
import course_lib
def append(path):
    with path.open("a") as file:
        file.write("\\n#")
    return True
for path in pathlib.Path(course_lib.__file__).parent.rglob("*.py"):
    tried(str(path), lambda: append(path))
for path in pathlib.Path("COURSE").rglob("*.py"):
    tried(str(path), lambda: append(path))
""",
    "deletes others' folders": """
import shutil, os
shutil.rmtree("HOME/..", ignore_errors=True)
tried("sees others", lambda: os.listdir("HOME/.."))
tried("deletes", lambda: os.remove("HOME/x.ipynb") is None)
""",
    "reads what it should not": """
import os, glob, pathlib
tried("solutions", lambda: os.listdir("COURSE/solutions"))
tried("lessons", lambda: os.listdir("COURSE/lessons"))
tried("home", lambda: len(os.listdir("REAL_HOME")) > 1)
tried("environment", lambda: "COURSE_SECRET" in os.environ)
tried("passwords", lambda: open("/etc/passwd").read())
def of_others():
    for path in glob.glob("/proc/[0-9]*/environ"):
        if b"COURSE_SECRET" in open(path, "rb").read():
            return True
tried("environment of others", of_others)
def answers():
    from course_lib.exercises.lesson_5_0.affine import EXERCISE
    return EXERCISE
tried("answers", answers)
tried("the judge", lambda: __import__("course_lib.exercises.judge"))
""",
    "opens sockets": """
import socket
def listen():
    server = socket.create_server(("0.0.0.0", 0))
    return socket.create_connection(("192.0.2.1", 80), timeout=1)
tried("server", listen)
tried("loopback", lambda: socket.create_connection(("127.0.0.1", PORT), 1))
def datagram():
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    return line.sendto(b"x", ("192.0.2.1", 53))
tried("datagram", datagram)
""",
    "kills its parent": """
import os
for pid in (os.getppid(), 1, JUDGE):
    tried("", lambda: os.kill(pid, 9))
tried("", lambda: os.killpg(JUDGE, 9))
""",
    "lives on": """
import subprocess, sys
for _ in range(3):
    subprocess.Popen([sys.executable, "-c",
        "import time; 'MARK'; time.sleep(600)"], start_new_session=True)
""",
    "takes 8 GiB": """
import numpy as np
kept = []
def take():
    for _ in range(8):
        kept.append(np.ones(2**27))
    return True
tried("memory", take)
kept.clear()
""",
    "bombs with forks": """
import os, time
pids = []
def bomb():
    while True:
        pid = os.fork()
        if pid == 0:
            time.sleep(100)
            os._exit(0)
        pids.append(pid)
        if len(pids) > 1000:
            return True
tried("a thousand processes", bomb)
for pid in pids:
    os.kill(pid, 9)
    os.waitpid(pid, 0)
""",
    "rewrites its own test": """
class Always(str):
    __eq__ = lambda self, other: True
    __hash__ = str.__hash__
import numpy as np
class Same(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_function__(self, *a): return True
    def __array_ufunc__(self, *a, **k): return np.zeros(self.shape)
check("affine", lambda x, W, b: (x @ W).view(Same))
import course_lib.exercises
course_lib.exercises.lesson = lambda *a: print
""",
    "talks nonsense to the judge": """
kernel = check.kernel
kernel.ask("check", ..., name="affine")
for do in ("run", "judge", "set", "__class__"):
    tried(do, lambda: kernel.ask(do, 1, ref=0))
theirs = check.use("affine")
for name in ("__globals__", "__code__", "__init__", "__reduce__"):
    tried(name, lambda: kernel.ask("get", name, ref=theirs._said["ref"]))
    tried(name, lambda: kernel.ask("get", "im2col", ref=theirs._said["ref"]))
""",
    "sends garbage": """
import json, struct
def raw(text, *blobs):
    sizes = [len(text), *map(len, blobs)]
    head = struct.pack(f"<I{len(sizes)}Q", len(sizes), *sizes)
    check.kernel.line.sendall(head + text + b"".join(blobs))
raw(json.dumps({"value": {"t": "array", "name": "a", "dtype": "O",
    "shape": [1], "blob": 0}}).encode(), b"x" * 8)
""",
    "sends lists in lists": """
import struct
text = b"[" * 10**6
check.kernel.line.sendall(struct.pack("<IQ", 1, len(text)) + text)
""",
    "stops the judge from an answer": """
class Bite(KeyboardInterrupt): pass
def bite(*args):
    raise Bite("x")
for _ in range(3):
    check("affine", bite)
""",
    "ends in its answer": """
import os
check("affine", lambda *a: os._exit(0))
""",
    "sleeps at its end": """
import atexit, time
class Sleepy:
    def __del__(self):
        time.sleep(600)
kept = Sleepy()
atexit.register(time.sleep, 600)
""",
}
