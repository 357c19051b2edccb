"""What leaves the program, at every width: no line too wide, no stray byte.

Runs the real executable with every page, every help, every kind of plot, mistakes, the course and the
start of every lesson, on pseudo-terminals of 40, 60, 80 and 120 columns, as UTF-8, with --ascii and
with each canvas; then through pipes.
Widths are those of the Unicode database of Python, not the program's own.
"""

import concurrent.futures
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata

program = os.path.abspath(sys.argv[1])
environment = {
    "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "HOME": "/nonexistent",
}
problems = []
count = 0


def width(line):
    """Columns by East Asian Width; marks and format characters have none, VS16 makes two."""
    columns = 0
    for character, following in zip(line, line[1:] + " "):
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            continue
        is_wide = unicodedata.east_asian_width(character) in "WF" or following == "\ufe0f"
        columns += 2 if is_wide else 1
    return columns


def run(arguments, text="", **more):
    done = subprocess.run(
        [program, *arguments], input=text.encode(), capture_output=True, env=environment | more,
        timeout=120)
    if done.returncode < 0 or done.returncode == 4:
        problems.append(f"{arguments}: status {done.returncode}")
    return done.stdout, done.stderr


def screen(arguments, columns, text=""):
    """What a terminal of so many columns gets to see."""
    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(
        [program, *arguments], stdin=subprocess.PIPE, stdout=writer, stderr=writer,
        env=environment | {"NO_COLOR": "1"})
    os.close(writer)
    child.stdin.write(text.encode())
    child.stdin.close()
    output = b""
    while True:
        try:
            part = os.read(reader, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    os.close(reader)
    if child.wait() < 0 or child.returncode == 4:
        problems.append(f"{arguments}: status {child.returncode}")
    # The line that shows how far a run has come is drawn and cleared in place.
    return re.sub(rb"[^\n]*\r(?!\n)(\x1b\[K)?", b"", output.replace(b"\r\n", b"\n"))


def check(name, output, columns, is_ascii):
    global count
    for raw in output.split(b"\n"):
        line = raw.decode("utf-8", "replace")
        count += 1
        # A model may say bytes that are no text; they are shown as U+FFFD, which is UTF-8 itself.
        if line.encode() != raw:
            problems.append(f"{name}: not UTF-8: {raw!r}")
        if re.search("[\x00-\x1f\x7f-\x9f]", line):
            problems.append(f"{name}: a control character: {line!r}")
        if is_ascii and not line.isascii():
            problems.append(f"{name}: not ASCII: {line!r}")
        if width(line) > columns:
            problems.append(f"{name}: {width(line)} columns: {line}")


reference = json.loads(run(["commands", "--json"])[0])
verbs = [command["verb"] for command in reference["commands"]]
usages = {command["verb"]: command["usage"] for command in reference["commands"]}


def choices(verb, name):
    found = re.search(rf"\[?{name}=?([a-z|]+)\]?" if name else r"\[?([a-z]+(?:\|[a-z]+)+)\]?", usages[verb])
    return found.group(1).split("|")


pages = choices("show", "")
kinds = choices("plot", "kind=")
scene = ["new shop", "run 1 day", "mark busy", "demand 6 during 2004-03-02..2004-03-03", "buy server",
         "run 26 h"]
statements = ["help"] + [f"help {verb}" for verb in verbs] + ["commands facts", "lessons", "show"]
statements += [f"show {page}" for page in pages]
statements += scene[:1] + [f"show {page}" for page in pages] + scene[1:]
statements += [f"show {page}" for page in pages] * 2 + ["run 1 h"] + [f"show {page}" for page in pages]
statements += [f"plot shop.visits kind={kind}" for kind in kinds]
statements += [
    "plot shop.response.p99", "plot shop.visits by=shop.orders", "table shop.visits", "explain shop.lost",
    "history", "history --script", "source shop.visits", "fork other", "show world", "compare main",
    "queue customers=2000", "expect shop.lost > 1000000", "version",
]
statements += [
    "new shop servers=12 cash=$90000 room=furnished uplink=t3", "show room", "run 11 h", "buy feed", "buy ups",
    "connect rack r1 feed=A second=B", "fail cooling", "run 3 h", "show room", "explain room", "explain r1",
    "repair all", "fail server 3", "run 2 h", "show room", "trace slowest", "tco", "refresh", "insure",
    "set set-point 24C", "set containment aisles", "set staff 1", "set security cameras",
    "plot room.inlet.high during 2004-03-01T10:00..2004-03-01T14:00", "plot room.power kind=heat",
    "new hall servers=400 start=2012-01-01", "run 1 day", "show room",
    "new shop cash=$90000", "build area=20m2 power=16kW", "show room", "set storage raid5", "fail storage",
    "borrow $2000", "show ledger", "source 1u-2004", "flows", "flows topology=fat-tree ports=4 traffic=incast",
    "new shop start=2006-09-01 visits=500/day", "providers", "price", "price m1.small", "rent m1.small count=2",
    "scale m1.small max=4", "run 1 h", "show bill", "show shop", "fail host", "release m1.small",
    "pool", "pool gifts=100%", "offer hosts=100 days=9 outage=1 oversell=2", "breakeven m1.small",
    "new shop start=2010-11-25 servers=0 visits=500/day", "rent m1.small count=3 zone=all", "rent balancer",
    "rent m1.small kind=spot", "rent db.m1.small standby=yes", "rent cdn", "rent storage amount=40GB",
    "scale m1.small min=3 max=8 zones=3 warm=1 predict=yes from=19 to=22 then=5 stabilization=10min",
    "budget $20", "run 1 day", "fail zone a for=3h", "fail neighbor", "run 5 h", "show bill",
    "explain shop.lost", "fail zone busiest at=2010-11-28T12:00 for=1h", "leave", "migrate services=6",
    "runway m1.small", "fork own", "buy server", "release cdn", "run 1 h", "compare main", "source story",
    "source aws", "source aws-origin", "source db.m1.small", "validate cloud",
    "offer hosts=100 days=9 spot=30% rival=$0.04 rival-cut=20% quota=64 promised=20% why=yes refresh=4",
    "new shop start=2019-12-01", "providers", "price", "breakeven m5.large",
]
mistakes = [
    "buy server count=900", "buy rack", "place server", "fail cooling 9", "repair nothing", "set staff many",
    "set containment tight", "build power=9GW", "explain r77", "buy server 1u-2024", "rent m1.smal",
    "rent m3.medium", "release m1.small", "reserve nothing", "offer outage=9", "catalog add nothing.yaml",
    "flows down=7", "borrow $9000000", "rent m1.small zone=e", "fail zone q", "scale m5.large from=3 to=3 then=2",
    "release m5.large machine=77", "rent db.m9.small", "budget many", "offer spot-price=20%",
    "shwo", "show nothing", "buy sever", "run", "run 5", "plot shop.vists", "set uplink t9", "learn nothing",
    "plot shop.bottleneck kind=box", "expect 1 s > 2 kg", "run until 25:03", "undo undo undo", "table \u4f60\u597d",
    "plot 'a very long name of nothing that there is, to be quoted in the message'",
]
script = "\n".join(statements + mistakes) + "\n"
lessons = run(["lessons", "--json"])[0]
ids = [re.search(r"\S+ \d+ (\S+)", row[0]).group(1)
       for row in json.loads(lessons)["tables"][0]["rows"]]

# Through a whole lesson: a wrong answer, all hints, and the solution of every step.
answers = "help\n" + "\n5\nhint\nhint\nhint\nhint\nwhy\nskip\n" * 20



# These train models, for a minute each: two widths show what they look like.
trainings = {"training", "inference"}


def look(columns, options):
    """Every statement, form and lesson on a terminal of so many columns."""
    is_ascii, is_plain = "--ascii" in options, not options
    name = " ".join([str(columns), *options])
    options = options + ["--no-session"]
    check(name, screen(["run", "--keep-going", "-c", script, *options], columns), columns, is_ascii)
    for form in [["lessons"], ["doctor"]]:
        check(f"{name} {form[0]}", screen([*form, *options], columns), columns, is_ascii)
    # In ASCII the lessons' words are the same; the narrowest and a usual width show what else differs.
    for id in ids if not is_ascii or columns in (40, 80) else []:
        if id in trainings and not (is_plain and columns in (40, 80)):
            continue
        check(f"{name} {id}", screen(["learn", id, *options], columns, answers), columns, is_ascii)


canvases = [["--canvas", "block"], ["--canvas", "ascii"]]
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    looks = [pool.submit(look, columns, options) for columns in (40, 60, 80, 120)
             for options in [[], ["--ascii"], *(canvases if columns == 40 else [])]]
    for done in looks:
        done.result()

# Whoever asks for colours gets them; a pipe and NO_COLOR do not.
if b"\x1b[" not in run(["run", "--color", "always", "-c", "help"])[0]:
    problems.append("--color always: no colour, so the checks above prove nothing")
for more in ({"NO_COLOR": "1"}, {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, {"TERM": "dumb"}, {}):
    for arguments in [["run", "--keep-going", "-c", script, "--ascii"], ["learn", ids[0], "--ascii"]]:
        output = b"".join(run(arguments, "5\n", **more))
        if b"\x1b" in output:
            problems.append(f"an escape sequence with {more}: {arguments[0]}")
        if not output.isascii():
            problems.append(f"not ASCII in a pipe: {arguments[0]}")
if count < 10_000:
    problems.append(f"only {count} lines were checked")
print("\n".join(problems[:40]))
print(f"{count} lines of {len(statements + mistakes)} statements and {len(ids)} lessons: {len(problems)} problems")
sys.exit(1 if problems else 0)
