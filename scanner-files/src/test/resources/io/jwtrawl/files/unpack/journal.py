#!/usr/bin/env python3
"""Makes journal.xz: a journal of systemd with one short and one compressed message.

    journal.py WORK-FOLDER OUTPUT.xz
"""

import lzma, os, subprocess, sys

import made_up


def token(name):
    return made_up.token("journal-" + name, more="")


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
