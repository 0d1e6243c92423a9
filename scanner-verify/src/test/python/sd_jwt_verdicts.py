"""Writes down what another implementation of RFC 9901, the reference one, says of SD-JWTs, for SelectiveDisclosureTest.

pip install sd-jwt
python3 sd_jwt_verdicts.py > ../resources/io/jwtrawl/verify/sd-jwt-verdicts.json
"""

import base64
import json
import logging

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

logging.disable(logging.CRITICAL)

AUDIENCE = "https://verifier.example.org"
NONCE = "1234567890"
ISSUER_KEY = JWK.generate(kty="EC", crv="P-256", kid="issuer")
HOLDER_KEY = JWK.generate(kty="EC", crv="P-256")
OTHER_KEY = JWK.generate(kty="EC", crv="P-256")

CLAIMS = {
    "iss": "https://id.example.org",
    "sub": "x",
    "exp": 4102444800,
    SDObj("given_name"): "Erika",
    SDObj("age"): 44,
    SDObj("address"): {SDObj("country"): "DE", "region": "BY"},
    "nationalities": [SDObj("DE"), SDObj("FR")],
}


def issue(claims=CLAIMS, holder=HOLDER_KEY):
    SDJWTIssuer.unsafe_randomness = False
    return SDJWTIssuer(claims, ISSUER_KEY, holder, sign_alg="ES256").sd_jwt_issuance


def present(issued, disclosed, bound=True, aud=AUDIENCE, nonce=NONCE, key=HOLDER_KEY):
    holder = SDJWTHolder(issued)
    if bound:
        holder.create_presentation(disclosed, nonce, aud, key, sign_alg="ES256")
    else:
        holder.create_presentation(disclosed)
    return holder.sd_jwt_presentation


def encode(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def good(token):
    """Whether the other implementation takes the token."""
    bound = not token.endswith("~")
    try:
        SDJWTVerifier(
            token,
            lambda issuer, header: ISSUER_KEY,
            AUDIENCE if bound else None,
            NONCE if bound else None,
        )
        return True
    except Exception:
        return False


ALL = {"given_name": True, "age": True, "address": {"country": True}, "nationalities": [True, True]}
SOME = {"given_name": True}
cases = []


def case(what, token):
    cases.append({"what": what, "token": token, "good": good(token)})


def changed(text, at):
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


issued = issue()
other = issue()
for name, disclosed in (("all", ALL), ("some", SOME), ("nothing", {})):
    case(f"discloses {name}", present(issued, disclosed, bound=False))
    case(f"discloses {name}, bound", present(issued, disclosed))
unbound = issue(holder=None)
case("without a holder", present(unbound, ALL, bound=False))

whole = present(issued, ALL)
parts = whole.split("~")
proof = parts[-1]
case("a disclosure less than the proof is of", "~".join(parts[:-2] + [proof]))
case("disclosures in another order than the proof is of", "~".join([parts[0]] + parts[-2:0:-1] + [proof]))
plain = present(issued, ALL, bound=False)
pieces = plain.split("~")
case("disclosures in another order", "~".join([pieces[0]] + pieces[-2:0:-1] + [""]))
case("a disclosure of another token", plain + other.split("~")[1] + "~")
case("a disclosure twice", plain + pieces[1] + "~")
case("a made-up disclosure", plain + encode(["salt", "admin", True]) + "~")
case("a disclosure that is changed", "~".join([pieces[0], changed(pieces[1], 12)] + pieces[2:]))
case("a disclosure that is no JSON", plain + "AAAA~")
case("a nested disclosure without what holds it", "~".join(
    [pieces[0]] + [p for p in pieces[1:-1] if b'"address"' not in base64.urlsafe_b64decode(p + "==")] + [""]))
case("a proof by another key", present(issued, SOME, key=OTHER_KEY))
case("a proof for another audience", present(issued, SOME, aud="https://other.example.org"))
case("a proof of another presentation", "~".join(present(issued, {}).split("~")[:-1] + [proof]))
signature = proof.rindex(".") + 1
case("a proof with another signature", "~".join(parts[:-1] + [changed(proof, signature + 5)]))
header, payload, sig = proof.split(".")
case("a proof of another type", "~".join(parts[:-1] + [".".join([encode({"alg": "ES256", "typ": "JWT"}), payload, sig])]))
case("a proof with other claims", "~".join(parts[:-1] + [".".join([header, encode({"aud": AUDIENCE, "nonce": NONCE, "iat": 1}), sig])]))
case("a changed issuer's part", changed(plain, plain.index(".") + 20))

print(json.dumps({"key": json.loads(ISSUER_KEY.export_public()), "audience": AUDIENCE, "cases": cases}, indent=1))
