#!/usr/bin/env python3
"""Makes chromium-profile.tar.xz: what Chromium keeps of a page with tokens in every storage.

    chromium-profile.py WORK-FOLDER OUTPUT.tar.xz

Each storage is written, and then read again by a second start, which turns logs into tables; what the page writes then
stays in logs. The tokens are made up here, by a key that guards nothing.
"""

import http.server, os, shutil, subprocess, sys, tarfile, threading, time

from made_up import token

PAGE = """<script>
var first = location.pathname == '/1';
function put(store, name, value) { if (!store.getItem(name)) store.setItem(name, value); }
if (first) {
  localStorage.setItem('accessToken', '%(local-old)s');
  localStorage.setItem('accessToken', '%(local)s');
  localStorage.setItem('wide', '\u4e16\u754c %(local-wide)s');
  for (var i = 0; i < 1500; i++) localStorage.setItem('filler' + i, 'x'.repeat(3000) + i);
} else {
  localStorage.setItem('later', '%(local-later)s');
}
sessionStorage.setItem('idToken', '%(session)s');
document.cookie = 'sid=%(cookie)s; max-age=100000000';
var request = indexedDB.open('auth-db', 1);
request.onupgradeneeded = function() { request.result.createObjectStore('tokens'); };
request.onsuccess = function() {
  var change = request.result.transaction('tokens', 'readwrite');
  var store = change.objectStore('tokens');
  if (first) {
    store.put({access: '%(indexed)s'}, 'current');
    for (var i = 0; i < 60; i++) store.put({pad: ('' + i).repeat(50000)}, 'filler' + i);
    store.put({pad: 'some words '.repeat(8000), big: '%(indexed-large)s'}, 7);
  } else {
    store.put({access: '%(indexed-later)s'}, 'later');
  }
  change.oncomplete = function() { setTimeout(function() { fetch('/done'); }, 3000); };
};
</script>"""

NAMES = ["local-old", "local", "local-wide", "local-later", "session", "cookie", "indexed", "indexed-large", "indexed-later"]
PORT = 48213
done = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/done":
            done.set()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path in ("/1", "/2"):
            self.wfile.write((PAGE % {name: token("chromium-" + name) for name in NAMES}).encode())

    def log_message(self, *_):
        pass


def visit(profile, path):
    done.clear()
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--password-store=basic",
               "--remote-debugging-port=0", "--user-data-dir=" + profile, "http://127.0.0.1:%d%s" % (PORT, path)]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not done.wait(90):
        sys.exit("the page did not finish")
    time.sleep(6)
    browser.terminate()
    browser.wait(30)


def main(work, output):
    profile = os.path.join(work, "profile")
    shutil.rmtree(profile, ignore_errors=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    visit(profile, "/1")
    visit(profile, "/2")
    with tarfile.open(output, "w:xz") as archive:
        for name in ["Cookies", "IndexedDB", "Local Storage", "Session Storage"]:
            archive.add(os.path.join(profile, "Default", name), "Default/" + name)


main(sys.argv[1], sys.argv[2])
