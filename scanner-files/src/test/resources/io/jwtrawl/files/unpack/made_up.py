"""Tokens of nobody, for the scripts beside it that make what tests read."""

import base64, hashlib, hmac, json


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(subject, **claims):
    text = encode(b'{"alg":"HS256","typ":"JWT"}') + "." + encode(json.dumps({"sub": subject, **claims}).encode())
    return text + "." + encode(hmac.new(b"a key of nobody", text.encode(), hashlib.sha256).digest())
