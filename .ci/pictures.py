"""Opens every SVG of a folder: a strict XML parse, and a browser where there is one.

CI does not install a browser, which is some hundred megabytes; the runners that have one use it. The
browser tells what a parser cannot: that the document is drawn, and that no word leaves the picture.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"
folder = sys.argv[1]
paths = sorted(glob.glob(os.path.join(folder, "*.svg")))
browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"]
browser = next((found for found in map(shutil.which, browsers) if found), None)
problems = []

# Every word must lie within the picture, and none on another.
SCRIPT = """
const paper = document.querySelector('svg').getBoundingClientRect(), said = [];
const words = [...document.querySelectorAll('svg text')].filter(t => t.textContent.trim());
const boxes = words.map(t => t.getBoundingClientRect());
boxes.forEach((b, i) => {
  if (b.left < paper.left || b.top < paper.top || b.right > paper.right || b.bottom > paper.bottom)
    said.push('outside: ' + words[i].textContent);
  for (let j = 0; j < i; j++) {
    const c = boxes[j];
    const across = Math.min(b.right, c.right) - Math.max(b.left, c.left);
    const upright = Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top);
    if (across > 1 && upright > 4)
      said.push('overlap: ' + words[i].textContent + ' / ' + words[j].textContent);
  }
});
document.body.dataset.said = said.length ? said.join('; ') : 'nothing';
"""


def dom(path):
    """The document as the browser has it after loading."""
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://" + path],
        capture_output=True, timeout=120, text=True)
    if done.returncode != 0:
        problems.append(f"{path}: the browser ended with {done.returncode}")
    return done.stdout


for path in paths:
    name = os.path.basename(path)
    text = open(path, encoding="utf-8").read()
    root = xml.fromstring(text)
    if root.tag != SVG + "svg" or root.get("role") != "img":
        problems.append(f"{name}: no image with a role")
    for needed in ("title", "desc"):
        if not (root.findtext(SVG + needed) or "").strip():
            problems.append(f"{name}: no {needed}")
    for outside in ("href", "url(", "<script", "@import", "<image"):
        if outside in text:
            problems.append(f"{name}: needs something else: {outside}")
    if not browser:
        continue
    if "parsererror" in dom(os.path.abspath(path)):
        problems.append(f"{name}: the browser does not read it")
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False) as page:
        page.write(f"<!doctype html><meta charset=utf-8><body>{text}<script>{SCRIPT}</script>")
    said = re.search('data-said="([^"]*)"', dom(page.name))
    os.unlink(page.name)
    if not said or said.group(1) != "nothing":
        problems.append(f"{name}: {said.group(1) if said else 'the browser did not draw it'}")

if len(paths) < 12:
    problems.append(f"only {len(paths)} pictures")
print("\n".join(problems))
print(f"{len(paths)} pictures, {browser or 'no browser: parsed only'}: {len(problems)} problems")
sys.exit(1 if problems else 0)
