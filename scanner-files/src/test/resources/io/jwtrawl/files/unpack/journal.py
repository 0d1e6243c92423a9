#!/usr/bin/env python3
"""Makes journal.xz: a journal of systemd with one short and one compressed message.

    journal.py WORK-FOLDER OUTPUT.xz
"""

import base64, hashlib, hmac, json, lzma, os, subprocess, sys


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(name, more=""):
    text = encode(b'{"alg":"HS256","typ":"JWT"}') + "." + encode(json.dumps({"sub": "journal-" + name, "more": more}).encode())
    return text + "." + encode(hmac.new(b"a key of nobody", text.encode(), hashlib.sha256).digest())


def main(work, output):
    entries = ["started, token=" + token("short"), "payload " + "again and again " * 80 + token("long")]
    export = ""
    for i, message in enumerate(entries):
        export += "__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%032x\nMESSAGE=%s\n_SYSTEMD_UNIT=app.service\n\n" % (
            1767225600000000 + i, 1 + i, 1, message)
    path = os.path.join(work, "x.journal")
    subprocess.run(["/lib/systemd/systemd-journal-remote", "--compress=yes", "-o", path, "-"], input=export.encode(), check=True)
    with open(path, "rb") as made, lzma.open(output, "wb") as out:
        out.write(made.read())


main(sys.argv[1], sys.argv[2])
