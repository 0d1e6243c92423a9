#!/usr/bin/env python3
"""Makes program.exe.xz: a program for Windows with tokens in its data, its wide texts and its resources.

    program.py WORK-FOLDER OUTPUT.xz

Needs the compiler and the binutils of MinGW (gcc-mingw-w64-x86-64). The tokens are made up here, by a key that guards nothing.
"""

import lzma, pathlib, subprocess, sys

import made_up


def token(name):
    return made_up.token("program-" + name)


SOURCE = """
const char constant[] = "%(constant)s";
char variable[] = "t=%(variable)s";
const unsigned short wide[] = u"\\u4e16 %(wide)s";
int start(void) { return constant[0] + variable[0] + wide[0]; }
"""


def main(work, output):
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    (work / "a.c").write_text(SOURCE % {name: token(name) for name in ["constant", "variable", "wide"]})
    (work / "a.rc").write_text('STRINGTABLE { 1 "%s" }\n' % token("resource"))
    subprocess.run(["x86_64-w64-mingw32-windres", "a.rc", "rc.o"], cwd=work, check=True)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-s", "-nostdlib", "-Wl,-e,start", "-o", "a.exe", "a.c", "rc.o"], cwd=work, check=True)
    with lzma.open(output, "wb", preset=9) as out:
        out.write((work / "a.exe").read_bytes())


main(sys.argv[1], sys.argv[2])
