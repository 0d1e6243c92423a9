package io.jwtrawl.bench;

import io.jwtrawl.testkit.Tokens;
import java.util.Random;

/// Tokens in the JSON serializations of RFC 7515 and RFC 7516. Their id is that of the first signature's or recipient's
/// compact serialization.
final class JsonForms {

    private JsonForms() {}

    static MadeUp signed(Random random) {
        String[] parts = Forms.jws("ES256", random).split("\\.");
        return MadeUp.written(
                "{\"payload\":\""
                        + parts[1]
                        + "\",\"protected\":\""
                        + parts[0]
                        + "\",\"header\":{\"kid\":\"e9\"},\"signature\":\""
                        + parts[2]
                        + "\"}",
                String.join(".", parts));
    }

    static MadeUp signedTwice(Random random) {
        String[] first = Forms.jws("RS256", random).split("\\.");
        return MadeUp.written(
                "{\n  \"payload\": \""
                        + first[1]
                        + "\",\n  \"signatures\": [\n    {\"protected\": \""
                        + first[0]
                        + "\", \"header\": {\"kid\": \"2026\"}, \"signature\": \""
                        + first[2]
                        + "\"},\n    {\"protected\": \""
                        + Tokens.encode("{\"alg\":\"ES256\"}")
                        + "\", \"signature\": \""
                        + Tokens.encode(Tokens.bytes(random, 64))
                        + "\"}\n  ]\n}",
                String.join(".", first));
    }

    static MadeUp encrypted(Random random) {
        var parts = new Encrypted("{\"alg\":\"A128KW\",\"enc\":\"A128GCM\"}", random);
        return MadeUp.written(
                "{\"protected\":\""
                        + parts.header
                        + "\",\"encrypted_key\":\""
                        + parts.key
                        + "\","
                        + parts.content()
                        + "}",
                parts.compact());
    }

    static MadeUp encryptedForTwo(Random random) {
        var parts = new Encrypted("{\"enc\":\"A128GCM\"}", random);
        return MadeUp.written(
                "{\"protected\":\""
                        + parts.header
                        + "\",\"recipients\":[{\"header\":{\"alg\":\"A128KW\",\"kid\":\"7\"},\"encrypted_key\":\""
                        + parts.key
                        + "\"},{\"header\":{\"alg\":\"A256KW\"},\"encrypted_key\":\""
                        + Tokens.encode(Tokens.bytes(random, 40))
                        + "\"}],"
                        + parts.content()
                        + "}",
                parts.compact());
    }

    private static final class Encrypted {
        final String header;
        final String key;
        private final String iv;
        private final String ciphertext;
        private final String tag;

        Encrypted(String header, Random random) {
            this.header = Tokens.encode(header);
            key = Tokens.encode(Tokens.bytes(random, 24));
            iv = Tokens.encode(Tokens.bytes(random, 12));
            ciphertext = Tokens.encode(Tokens.bytes(random, 80));
            tag = Tokens.encode(Tokens.bytes(random, 16));
        }

        String content() {
            return "\"iv\":\""
                    + iv
                    + "\",\"ciphertext\":\""
                    + ciphertext
                    + "\",\"tag\":\""
                    + tag
                    + "\"";
        }

        String compact() {
            return String.join(".", header, key, iv, ciphertext, tag);
        }
    }
}
