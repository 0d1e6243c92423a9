#!/usr/bin/env python3
"""Makes hive.xz: a hive of the Windows registry, written by hivexsh (Debian: libhivex-bin) from an empty one made here.

    hive.py WORK-FOLDER OUTPUT.xz

The last value is larger than a cell can be: hivexsh does not write those, so its segments are written here.
"""

import lzma, os, struct, subprocess, sys

import made_up


def token(name):
    return made_up.token("hive-" + name, more="")


def cell(content):
    size = (4 + len(content) + 7) & ~7
    return struct.pack("<i", -size) + content.ljust(size - 4, b"\0")


def root(security):
    return b"nk" + struct.pack("<HQIiIIiiIiiiIIIIIHH", 0x2c, 0, 0, -1, 0, 0, -1, -1, 0, -1, security,
                               -1, 0, 0, 0, 0, 0, 4, 0) + b"ROOT"


def bin(at, cells):
    length = (32 + len(cells) + 4095) & ~4095
    body = b"hbin" + struct.pack("<IIQQI", at, length, 0, 0, 0) + cells
    if len(body) < length:
        body += struct.pack("<i", length - len(body))
    return body.ljust(length, b"\0")


def checksum(header):
    check = 0
    for (word,) in struct.iter_unpack("<I", header):
        check ^= word
    return struct.pack("<I", check)


def hive(cells):
    body = bin(0, cells)
    length = len(body)
    header = b"regf" + struct.pack("<IIQIIIIII", 1, 1, 0, 1, 5, 0, 1, 32, length) + struct.pack("<I", 1)
    header = header.ljust(508, b"\0")
    return (header + checksum(header)).ljust(4096, b"\0") + body


def large(path, name, value):
    """Gives the first key a value in segments, behind all else."""
    data = bytearray(open(path, "rb").read())
    at = len(data) - 4096 + 32
    cells = b""
    segments = []
    for i in range(0, len(value), 16344):
        segments.append(at + len(cells))
        cells += cell(value[i:i + 16344])
    list_at = at + len(cells)
    cells += cell(struct.pack("<%dI" % len(segments), *segments))
    db_at = at + len(cells)
    cells += cell(b"db" + struct.pack("<HI", len(segments), list_at))
    vk_at = at + len(cells)
    cells += cell(b"vk" + struct.pack("<HIiIHH", len(name), len(value), db_at, 1, 1, 0) + name.encode())
    values_at = at + len(cells)
    cells += cell(struct.pack("<I", vk_at))
    data += bin(at - 32, cells)
    root = 4096 + struct.unpack_from("<I", data, 36)[0] + 4
    struct.pack_into("<Ii", data, root + 36, 1, values_at)
    struct.pack_into("<I", data, 40, len(data) - 4096)
    data[508:512] = checksum(data[:508])
    open(path, "wb").write(data)


def main(work, output):
    path = os.path.join(work, "x.hive")
    with open(path, "wb") as out:
        security = 32 + len(cell(root(0)))
        out.write(hive(cell(root(security)) + cell(b"sk" + struct.pack("<HIIII", 0, security, security, 1, 20) + bytes(20))))
    text = lambda name: "string:" + token(name)
    script = "\n".join([
        "cd \\", "add Software", "cd Software", "add App", "cd App",
        "setval 2", "Token", text("first"), "Other", "string:short",
        "cd ..", "add Old", "cd Old", "setval 1", "@", text("default"), "commit " + path, ""])
    subprocess.run(["hivexsh", "-w", path], input=script.encode(), check=True)
    # The value is cut in the middle of the token.
    large(path, "Large", ("words " * 1330 + token("large") + " words" * 3000).encode("utf-16-le"))
    with open(path, "rb") as made, lzma.open(output, "wb") as out:
        out.write(made.read())


main(sys.argv[1], sys.argv[2])
