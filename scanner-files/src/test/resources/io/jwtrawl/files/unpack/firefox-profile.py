#!/usr/bin/env python3
"""Makes firefox-profile.tar.xz: what Firefox keeps of a page with tokens in every storage.

    firefox-profile.py WORK-FOLDER OUTPUT.tar.xz

Needs firefox-esr or firefox. The tokens are made up here, by a key that guards nothing.
"""

import http.server, json, os, shutil, subprocess, sys, tarfile, threading, time

from made_up import token

# Long values are compressed; what is larger than a megabyte lies in a file of its own.
PAGE = """<script>
localStorage.setItem('accessToken', '%(local)s');
localStorage.setItem('wide', '\u4e16\u754c %(local-wide)s');
localStorage.setItem('state', JSON.stringify({pad: 'some words '.repeat(2000), jwt: '%(local-large)s'}));
sessionStorage.setItem('idToken', '%(session)s');
document.cookie = 'sid=%(cookie)s; max-age=100000000';
var noise = '';
for (var i = 0; i < 400000; i++) noise += String.fromCharCode(33 + Math.random() * 90);
var request = indexedDB.open('auth-db', 1);
request.onupgradeneeded = function() { request.result.createObjectStore('tokens'); };
request.onsuccess = function() {
  var change = request.result.transaction('tokens', 'readwrite');
  var store = change.objectStore('tokens');
  store.put({access: '%(indexed)s'}, 'current');
  store.put({pad: 'some words '.repeat(200000), big: '%(indexed-large)s'}, 7);
  store.put(new Blob(['t=%(indexed-file)s ', 'a blob lies in a file of its own']), 'file');
  change.oncomplete = function() { setTimeout(function() { fetch('/done'); }, 3000); };
};
</script>"""

NAMES = ["local", "local-wide", "local-large", "session", "cookie", "indexed", "indexed-large", "indexed-file"]
PORT = 48214
done = threading.Event()

PREFERENCES = {
    "dom.storage.next_gen": True,
    "dom.indexedDB.dataThreshold": 1048576,
    "browser.shell.checkDefaultBrowser": False,
    "browser.sessionstore.interval": 1000,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.proxy.type": 0,
    "app.update.enabled": False,
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/done":
            done.set()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write((PAGE % {name: token("firefox-" + name) for name in NAMES}).encode())

    def log_message(self, *_):
        pass


def main(work, output):
    profile = os.path.join(work, "profile")
    shutil.rmtree(profile, ignore_errors=True)
    os.makedirs(profile)
    with open(os.path.join(profile, "user.js"), "w") as file:
        for name, value in PREFERENCES.items():
            file.write("user_pref(%s, %s);\n" % (json.dumps(name), json.dumps(value)))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    browser = subprocess.Popen([program, "--headless", "--no-remote", "--profile", profile, "http://127.0.0.1:%d/" % PORT],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not done.wait(120):
        browser.kill()
        sys.exit("the page did not finish")
    time.sleep(8)
    browser.terminate()
    browser.wait(60)
    with tarfile.open(output, "w:xz", preset=9) as archive:
        for folder, _, files in os.walk(profile):
            for name in sorted(files):
                path = os.path.relpath(os.path.join(folder, name), profile)
                if path.startswith("storage/default/http+++127") or path in ("cookies.sqlite", "cookies.sqlite-wal", "sessionstore-backups/recovery.jsonlz4"):
                    archive.add(os.path.join(profile, path), path)


main(sys.argv[1], sys.argv[2])
