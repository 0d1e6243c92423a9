"""Writes tokens, keys and what PyJWT says of them, for PyJwtTest. Keys and tokens are made up here and guard nothing.

python3 -m pip install pyjwt cryptography
python3 pyjwt_verdicts.py > ../resources/io/jwtrawl/verify/pyjwt-verdicts.json
"""

import base64
import json

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PEM = serialization.Encoding.PEM
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
CLAIMS = {"iss": "https://id.example.org", "sub": "somebody", "aud": "api", "exp": 4102444800}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def pem(key):
    return key.public_key().public_bytes(PEM, SPKI).decode()


def pairs():
    for bits in (256, 384, 512):
        for secret in (b"x", b"a secret that is a little longer than short ones are", bytes(range(33, 97))):
            yield f"HS{bits}", secret, secret.decode(), secret + b"!", secret.decode() + "!"
    rsa_keys = [rsa.generate_private_key(65537, 2048) for _ in range(2)]
    for family in ("RS", "PS"):
        for bits in (256, 384, 512):
            yield f"{family}{bits}", rsa_keys[0], pem(rsa_keys[0]), rsa_keys[1], pem(rsa_keys[1])
    curves = {"ES256": ec.SECP256R1(), "ES256K": ec.SECP256K1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}
    for alg, curve in curves.items():
        keys = [ec.generate_private_key(curve) for _ in range(2)]
        yield alg, keys[0], pem(keys[0]), keys[1], pem(keys[1])
    for make in (ed25519.Ed25519PrivateKey.generate, ed448.Ed448PrivateKey.generate):
        keys = [make() for _ in range(2)]
        yield "EdDSA", keys[0], pem(keys[0]), keys[1], pem(keys[1])


def variants(alg, token):
    header, payload, signature = token.split(".")
    sig = unb64(signature)
    yield "whole", token
    yield "other payload", f"{header}.{b64(json.dumps({**CLAIMS, 'sub': 'root'}).encode())}.{signature}"
    yield "other header", f"{b64(json.dumps({'typ': 'JWT', 'alg': alg, 'kid': 'x'}).encode())}.{payload}.{signature}"
    for place in (0, len(sig) // 2, len(sig) - 1):
        changed = bytearray(sig)
        changed[place] ^= 1
        yield f"bit at byte {place}", f"{header}.{payload}.{b64(bytes(changed))}"
    yield "zeros", f"{header}.{payload}.{b64(bytes(len(sig)))}"
    yield "signature of the other half", f"{header}.{payload}.{b64(sig[len(sig) // 2:] + sig[:len(sig) // 2])}"
    if alg.startswith("ES"):
        half = len(sig) // 2
        r, s = int.from_bytes(sig[:half]), int.from_bytes(sig[half:])
        yield "in DER", f"{header}.{payload}.{b64(encode_dss_signature(r, s))}"


def verdict(token, alg, key):
    try:
        jwt.decode(token, key, algorithms=[alg], options={"verify_aud": False})
        return True
    except jwt.InvalidTokenError:
        return False


cases = []
for alg, private, public, other_private, other_public in pairs():
    token = jwt.encode(CLAIMS, private, algorithm=alg)
    for what, changed in variants(alg, token):
        cases.append({"alg": alg, "what": what, "token": changed, "key": public, "good": verdict(changed, alg, public)})
    cases.append({"alg": alg, "what": "other key", "token": token, "key": other_public, "good": verdict(token, alg, other_public)})

print(json.dumps({"pyjwt": jwt.__version__, "cases": cases}, indent=0))
